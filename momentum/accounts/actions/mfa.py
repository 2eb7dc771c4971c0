"""Codes of the second step that nobody can check any more: whose they are, and turning them off."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken, MultiFernet
from django.db import transaction

from momentum.accounts.models import User
from momentum.core.sealing import box

_CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def codes_box() -> MultiFernet:
    """Return what seals codes with the secret key, and opens what was sealed with that or with an earlier one."""
    return box("second-step")


def codes_of(user: User, *, readable: bool) -> list[Authenticator]:
    """Return what somebody's codes are held against, the app first: what can be read, or what can't."""
    held = Authenticator.objects.filter(user=user, type__in=_CODES).order_by("-type")
    return [each for each in held if _is_readable(each) == readable]


def are_codes_lost(user: User) -> bool:
    """Say whether somebody has codes, and none of them can be checked any more."""
    return bool(codes_of(user, readable=False)) and not codes_of(user, readable=True)


def is_lost(user: User) -> bool:
    """Say whether somebody can't take the second step any more: their codes are lost, and there is no passkey."""
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return are_codes_lost(user) and not passkeys.exists()


def unreadable() -> list[User]:
    """Return whose codes were sealed with a key that is lost."""
    held = Authenticator.objects.filter(type__in=_CODES).select_related("user").order_by("user__email")
    return list(dict.fromkeys(each.user for each in held if not _is_readable(each)))


@transaction.atomic
def forget_unreadable(*, user: User) -> None:
    """Turn off the codes that somebody can't use any more, and tell them; what can be read stays.

    Until they set up a second step again, their password may be enough: ask first who they are.
    """
    for each in codes_of(user, readable=False):
        each.delete()
    get_adapter().send_notification_mail("mfa/email/totp_deactivated", user)


def _is_readable(held: Authenticator) -> bool:
    sealed = [held.data[name] for name in ("secret", "seed") if name in held.data]
    try:
        for text in [*sealed, *held.data.get("migrated_codes", ())]:
            codes_box().decrypt(text.encode())
    except InvalidToken:
        return False
    return True
