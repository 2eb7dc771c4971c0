"""Having courses generated: the administrator’s pages."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section

SECTIONS = (Section(_("Studio"), "list", "studio:jobs", 30, within=("studio:",)),)
