"""The inbox of support in the administrator's panel."""

from django.utils.translation import gettext_lazy as _

from momentum.core.panel_sections import Section
from momentum.support.queries.conversations import waiting_count

SECTIONS = (
    Section(
        _("Support"),
        "chat",
        "panel:support:conversations",
        45,
        within=("panel:support:",),
        waiting=waiting_count,
    ),
)
