"""What people are told about their account. `notifications.domain.kinds` says how this is read."""

from django.utils.translation import gettext_lazy as _

from momentum.accounts import letters
from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.domain.topics import ACCOUNT

NEW_BROWSER = NotificationKind(letters.NEW_BROWSER, topic=ACCOUNT)
WELCOME = NotificationKind(letters.WELCOME, immediate=True, description=_("Once, when you join."))
# By the names of the notices that allauth asks for.
CREDENTIAL_CHANGES = {
    notice: NotificationKind(letters.ALLAUTH[notice], topic=ACCOUNT)
    for notice in (
        "account/email/password_changed",
        "account/email/password_set",
        "account/email/password_reset",
        "mfa/email/totp_activated",
        "mfa/email/totp_deactivated",
        "mfa/email/recovery_codes_generated",
        "mfa/email/webauthn_added",
        "mfa/email/webauthn_removed",
        "socialaccount/email/account_connected",
        "socialaccount/email/account_disconnected",
    )
}
NOTIFICATIONS = (NEW_BROWSER, WELCOME, *CREDENTIAL_CHANGES.values())
