"""How somebody signs in, changed: each such change is noted, whoever made it knew how to.

Allauth makes these changes and says so at one place only, where it has a notice sent; `AccountAdapter` asks here then.
"""

from django.db import transaction

from momentum.accounts.models import User
from momentum.events.actions.record import record
from momentum.events.models import Event

# The notice that is sent, and what happened.
CHANGES = {
    "account/email/password_changed": "user.password_changed",
    "account/email/password_set": "user.password_changed",
    "account/email/password_reset": "user.password_recovered",
    "mfa/email/totp_activated": "user.second_step_added",
    "mfa/email/totp_deactivated": "user.second_step_removed",
    "mfa/email/recovery_codes_generated": "user.recovery_codes_made",
    "mfa/email/webauthn_added": "user.passkey_added",
    "mfa/email/webauthn_removed": "user.passkey_removed",
    "socialaccount/email/account_connected": "user.identity_linked",
    "socialaccount/email/account_disconnected": "user.identity_unlinked",
}
# Those after which other browsers and programs have to sign in anew.
NEW_PASSWORD = frozenset(notice for notice, name in CHANGES.items() if name.startswith("user.password"))


@transaction.atomic
def note_change(*, notice: str, user: User) -> Event | None:
    """Record what this notice tells somebody of; None where it is of something else than how one signs in."""
    if (name := CHANGES.get(notice)) is None:
        return None
    return record(name, actor_id=user.id, subject_id=user.id)
