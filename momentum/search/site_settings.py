"""What an administrator may change about search."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from momentum.site.domain.sections import Section, Setting


class SearchSettings(Section):
    """How long searches are remembered."""

    name = "search"
    title = _("Search")

    # Long enough to see whether a search led somewhere; after that nobody needs to know whose it was.
    user_kept_days: Annotated[
        int, Field(ge=0, le=395), Setting(_("Days that a search is kept with the learner’s name"))
    ] = 90
    # Suggestions are made from the last 30 days.
    kept_days: Annotated[int, Field(ge=30, le=3650), Setting(_("Days that a search is kept"))] = 395


SECTIONS = (SearchSettings,)
