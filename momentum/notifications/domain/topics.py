"""What kinds of notifications are about: what the page of preferences groups them by."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Topic:
    """Something that people are told about.

    Args:
        title: what it is called.
        reason: why what is essential of it always comes.
        for_admins: whether nobody but administrators is told of it.
    """

    title: str | Promise
    reason: str | Promise = ""
    for_admins: bool = False


LEARNING = Topic(_("Learning"), _("You’re only told about what you asked for."))
DIGESTS = Topic(_("Digest"))
PAYMENTS = Topic(
    _("Payments"),
    _("So that you have a record of what you paid and know when a payment needs your attention."),
)
ACCOUNT = Topic(
    _("Account and security"),
    _("So that nobody changes your account or signs in to it without your knowing."),
)
STUDIO = Topic(_("Course generation"), _("You’re told when what you started is done."), for_admins=True)
HELP = Topic(_("Help"), _("So that you get the answer to what you asked us."))
SUPPORT = Topic(_("Support"), for_admins=True)
# In the order in which they are listed.
TOPICS = (LEARNING, SUPPORT, STUDIO, DIGESTS, PAYMENTS, HELP, ACCOUNT)
