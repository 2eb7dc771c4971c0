"""What administrators do with mail. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = (
    "mail.resent",
    "mail.suppression_revoked",
    "mail.switched_off",
    "mail.switched_on",
    "mail.tested",
    "mail.text_saved",
)

AUDITED: dict[str, str | Promise] = {
    "mail.resent": _("Resent an email"),
    "mail.switched_off": _("Switched off an email"),
    "mail.switched_on": _("Switched on an email"),
    "mail.suppression_revoked": _("Allowed email to a suppressed address"),
    "mail.tested": _("Sent themselves a test email"),
    "mail.text_saved": _("Changed what an email says"),
}
