"""The administrator's pages of the catalogue."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section

SECTIONS = (Section(_("Courses"), "book", "panel:catalog:courses", 20, within=("panel:catalog:",)),)
