"""The second step of signing in, as allauth asks how Momentum does it: what it keeps, and how it names things."""

import base64
import hashlib
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathImage

from momentum.accounts.models import User
from momentum.core.errors import UnavailableError

UNREADABLE = gettext_lazy(
    "Your two-factor codes can’t be checked any more, because the key that sealed them is lost. Sign in on the "
    "website: it says what to do."
)
_CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Authenticator apps, passkeys and recovery codes as Momentum wants them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": gettext_lazy("Set up an authenticator app or a passkey first."),
        "incorrect_code": gettext_lazy("Incorrect code. Try again with a new one."),
        "unverified_email": gettext_lazy("Confirm your email address first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal what codes are made from: whoever reads the table alone can make none."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was sealed.

        Raises:
            UnavailableError: where it was sealed with a key that is lost.
        """
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise UnavailableError(UNREADABLE, code="second_step_unreadable") from error

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's signature
        held = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": held + 1} if held else _("Passkey")

    def build_totp_svg(self, url: str) -> str:
        """Draw the code on white: cameras read dark on light, whatever the page's theme."""
        picture = BytesIO()
        qrcode.make(url, image_factory=_OnPaper, border=3).save(picture)
        return picture.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        # In production passkeys belong to the configured host, never to what a Host header says.
        if settings.DEVELOPMENT:
            entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
            return entity | {"name": "Momentum"}
        return {"id": urlsplit(settings.BASE_URL).hostname, "name": "Momentum"}


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
            _box().decrypt(text.encode())
    except InvalidToken:
        return False
    return True


class _OnPaper(SvgPathImage):  # type: ignore[misc]  # untyped too
    background = "white"


def _box() -> MultiFernet:
    # The first seals; the others open what was sealed before the secret was changed.
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    sealed = (hashlib.sha256(b"momentum.second-step:" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in sealed])
