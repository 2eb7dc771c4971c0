"""The second step of signing in, as allauth asks how Momentum does it: what it keeps, and how it names things."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathImage

from momentum.accounts.actions.mfa import codes_box
from momentum.accounts.models import User
from momentum.core.errors import UnavailableError

UNREADABLE = gettext_lazy(
    "Your two-factor codes can’t be checked any more, because the key that sealed them is lost. Sign in on the "
    "website: it says what to do."
)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Authenticator apps, passkeys and recovery codes as Momentum wants them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": gettext_lazy("Set up an authenticator app or a passkey first."),
        "incorrect_code": gettext_lazy("Incorrect code. Try again with a new one."),
        "unverified_email": gettext_lazy("Confirm your email address first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal what codes are made from: whoever reads the table alone can make none."""
        return codes_box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was sealed.

        Raises:
            UnavailableError: where it was sealed with a key that is lost.
        """
        try:
            return codes_box().decrypt(encrypted_text.encode()).decode()
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


class _OnPaper(SvgPathImage):  # type: ignore[misc]  # untyped too
    background = "white"
