"""What an administrator may change about notifications."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from momentum.site.domain.sections import Section, Setting


class NotificationSettings(Section):
    """How long notifications are remembered."""

    name = "notifications"
    title = _("Notifications")

    kept_days: Annotated[int, Field(ge=90, le=3650), Setting(_("Days that notifications are kept"))] = 365


SECTIONS = (NotificationSettings,)
