"""Search in the administrator's panel."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section

SECTIONS = (Section(_("Search"), "search", "panel:search:searches", 80),)
