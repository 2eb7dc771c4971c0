"""What administrators see of learners' doings."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section

SECTIONS = (
    Section(_("Reviews"), "star", "panel:learning:reviews", 40),
    Section(_("Certificates"), "sun", "panel:learning:certificates", 50),
)
