"""The stand-in provider's desk in the panel."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section, in_sandbox

SECTIONS = (Section(_("Sandbox"), "gear", "sandbox:desk", 120, shown=in_sandbox),)
