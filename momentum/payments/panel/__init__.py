"""What administrators see of money: what came, what went back, what was promised, and what the provider told."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section

SECTIONS = (Section(_("Payments"), "card", "panel:payments:payments", 70, within=("panel:payments:",)),)
