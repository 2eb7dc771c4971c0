"""Which telephones somebody is notified on. Whatever forgets one here has Amazon forget it, too."""

import logging
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.core import durable
from momentum.core.errors import InvalidError, UnavailableError
from momentum.notifications.models import Device
from momentum.notifications.queues import NOTIFICATIONS
from momentum.providers.push import telephones

if TYPE_CHECKING:
    from momentum.accounts.models import User

logger = logging.getLogger(__name__)

# Nobody uses more, and each costs a call for every notification; the one that registered longest ago makes room.
MOST_OF_ONE = 10
# What was switched off for this long is forgotten.
DEAD_AFTER = timedelta(days=60)


def register(*, user: "User", platform: str, token: str, grant_id: UUID | None = None) -> Device:
    """Notify somebody on a telephone from now on, or note that its token is another; SNS is asked each time.

    Raises:
        InvalidError: for a platform that isn't configured here, or a token that SNS doesn't take.
        UnavailableError: where SNS can't be reached.
    """
    known = Device.objects.filter(platform=platform, token=token).first()
    if known is None and grant_id is not None:
        # The same installation of the app: a new token takes the place of the old one, on the same endpoint.
        known = Device.objects.filter(user=user, platform=platform, grant_id=grant_id).first()
    arn = _registered(platform, token, known.endpoint_arn if known else "")
    with transaction.atomic():
        fields = {
            "user": user,
            "token": token,
            "endpoint_arn": arn,
            "enabled": True,
            "grant_id": grant_id,
            "failures": 0,
            "rests_until": None,
        }
        if known is not None and known.token != token:
            Device.objects.filter(pk=known.pk).update(token=token, updated_at=timezone.now())
        device, _new = Device.objects.update_or_create(platform=platform, token=token, defaults=fields)
        held = Device.objects.filter(user=user).exclude(pk=device.pk).order_by("-updated_at")
        _forget(held[MOST_OF_ONE - 1 :])
    return device


def unregister(*, user: "User", token: str) -> None:
    """Notify somebody no longer on this telephone; where they weren't, nothing changes."""
    _forget(Device.objects.filter(user=user, token=token))


def forget_devices(*, user: "User") -> None:
    """Notify somebody on no telephone any more."""
    _forget(Device.objects.filter(user=user))


def forget_signed_out(*, grant_ids: Collection[UUID]) -> None:
    """Notify nobody any more on the telephones whose app was signed in by one of these."""
    _forget(Device.objects.filter(grant_id__in=grant_ids))


def forget_dead() -> None:
    """Forget telephones that were long switched off."""
    _forget(Device.objects.dead_since(timezone.now() - DEAD_AFTER))


def remove_endpoint(platform: str, arn: str) -> None:
    """Have Amazon forget a telephone, unless it has registered again.

    Raises:
        SnsError: where SNS says no, or can't be reached.
    """
    if not Device.objects.filter(endpoint_arn=arn).exists():
        telephones().remove(platform=platform, arn=arn)


@transaction.atomic
def _forget(devices: Iterable[Device]) -> None:
    """Forget devices here at once, and with Amazon as soon as a worker can."""
    for device in devices:
        durable.enqueue(
            "notifications.remove_endpoint",
            device.platform,
            device.endpoint_arn,
            queue=NOTIFICATIONS,
            workflow_id=f"notifications.remove_endpoint/{device.id}",
        )
        device.delete()


def _registered(platform: str, token: str, arn: str) -> str:
    from momentum.providers.push.sns import SnsError

    try:
        return telephones().register(platform=platform, token=token, arn=arn)
    except SnsError as error:
        if error.code == "no application":
            sentence = _("Momentum doesn’t send notifications to this kind of phone yet.")
            raise InvalidError(
                sentence, code="platform_off", data={"fields": {"platform": [sentence]}}
            ) from error
        if error.refused:
            sentence = _("The token isn’t valid. Get a new one from the device.")
            raise InvalidError(
                sentence, code="token_refused", data={"fields": {"token": [sentence]}}
            ) from error
        logger.error("A device can't be registered: %s", error.code)  # noqa: TRY400 - the traceback may quote the token
        raise UnavailableError from error
