"""What an administrator may change about support."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from momentum.site.domain.sections import Section, Setting


class SupportSettings(Section):
    """When an answer is due, and how long conversations are kept."""

    name = "support"
    title = _("Support")

    answer_hours: Annotated[
        int,
        Field(ge=1, le=720),
        Setting(_("Hours within which people are answered; administrators are reminded after that")),
    ] = 24
    kept_days: Annotated[
        int, Field(ge=7, le=3650), Setting(_("Days that conversations are kept after the last message"))
    ] = 365


SECTIONS = (SupportSettings,)
