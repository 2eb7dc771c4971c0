"""What administrators do with mail. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = (
    "mail.resent",
    "mail.tested",
)

AUDITED: dict[str, str | Promise] = {
    "mail.resent": _("Resent an email"),
    "mail.tested": _("Sent themselves a test email"),
}
