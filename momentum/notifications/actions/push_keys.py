"""The key pair of Web Push: given by the environment, or made once and kept."""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from momentum.core.errors import UnavailableError
from momentum.core.sealing import box
from momentum.notifications.models import PushKey
from momentum.providers.push.vapid import VapidKey

_PURPOSE = "push-key"


def push_key() -> VapidKey:
    """Return the key pair, made now where there is none yet.

    Raises:
        UnavailableError: where it was sealed with a secret key that is lost. It isn't exchanged for another by itself:
            that would lose every subscription, and the secret key may only be mislaid.
    """
    if settings.VAPID_PRIVATE_KEY:
        return VapidKey(settings.VAPID_PRIVATE_KEY)
    kept = PushKey.objects.first()
    if kept is None:
        sealed = box(_PURPOSE).encrypt(VapidKey.new().private.encode()).decode()
        # Where two make one at once, the first stays.
        PushKey.objects.bulk_create([PushKey(sealed_private=sealed)], ignore_conflicts=True)
        kept = PushKey.objects.get()
    try:
        return VapidKey(box(_PURPOSE).decrypt(kept.sealed_private.encode()).decode())
    except InvalidToken as error:
        raise UnavailableError(
            _("Notifications in browsers aren’t available right now."), code="push_key_unreadable"
        ) from error
