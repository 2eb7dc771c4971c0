"""What an administrator may change about accounts."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from momentum.site.domain.sections import Section, Setting


class UserSettings(Section):
    """What becomes of accounts that nobody uses."""

    name = "users"
    title = _("Users")

    # Somebody mistyped an address, or typed another's.
    unconfirmed_kept_days: Annotated[
        int,
        Field(ge=7, le=365),
        Setting(_("Days after which an account is deleted that nobody ever confirmed")),
    ] = 30


SECTIONS = (UserSettings,)
