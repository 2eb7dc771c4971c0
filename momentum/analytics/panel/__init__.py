"""Figures in the administrator's panel."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section

SECTIONS = (Section(_("Visits"), "chart", "panel:analytics:visits", 90),)
