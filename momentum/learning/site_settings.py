"""What an administrator may change about learning."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from momentum.site.domain.sections import Section, Setting


class ReviewSettings(Section):
    """How reviews are moderated."""

    name = "reviews"
    title = _("Reviews")

    wait: Annotated[
        bool,
        Setting(_("Hold reviews until a moderator publishes them"), variable="MOMENTUM_REVIEWS_WAIT"),
    ] = True


SECTIONS = (ReviewSettings,)
