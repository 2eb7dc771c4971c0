"""What administrators look at. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDITED: dict[str, str | Promise] = {
    "users.listed": _("Viewed the list of accounts"),
    "users.exported": _("Exported the list of accounts"),
    "user.viewed": _("Viewed an account"),
    "mail.listed": _("Viewed the email log"),
    "suppressions.listed": _("Viewed the list of suppressed addresses"),
    "letter.read": _("Viewed an email"),
    "letter.previewed": _("Previewed an email for someone"),
    "audit.listed": _("Viewed the audit log"),
    "audit.exported": _("Exported the audit log"),
}
