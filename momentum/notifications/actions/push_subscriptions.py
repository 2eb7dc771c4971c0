"""Which browsers and telephones somebody is notified on."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.core import durable
from momentum.core.errors import InvalidError, NotFoundError, UnavailableError
from momentum.notifications.models import Device, Notification, PushSubscription
from momentum.notifications.queues import NOTIFICATIONS
from momentum.providers.push import telephones
from momentum.providers.push.endpoints import are_keys, host_of

if TYPE_CHECKING:
    from momentum.accounts.models import User

logger = logging.getLogger(__name__)

# Nobody uses more, and each costs a call for every notification; the one that was reached longest ago makes room.
MOST_OF_ONE = 10
# What took nothing for this long is forgotten, as is a telephone that was switched off.
DEAD_AFTER = timedelta(days=60)
# In the session of a browser: which subscription is its own, so that it ends with the session.
IN_SESSION = "push"


@transaction.atomic
def subscribe(
    *, user: "User", endpoint: str, p256dh: str, auth: str, user_agent: str = "", replaces: str = ""
) -> PushSubscription:
    """Notify somebody in a browser from now on; whoever was notified there before is so no longer.

    Args:
        user: who is notified.
        endpoint: where the push service takes what is for this browser.
        p256dh: the browser's public key, and `auth`, its secret, as `PushSubscription.toJSON()` gives them.
        auth: see there.
        user_agent: what the browser calls itself.
        replaces: the endpoint that this browser had before, where its push service gave it another.

    Raises:
        InvalidError: where no push service is there, or the keys are none.
    """
    if not host_of(endpoint):
        sentence = _(
            "Momentum doesn’t know this browser’s push service yet, so it can’t send notifications there."
        )
        raise InvalidError(sentence, code="endpoint_unknown", data={"fields": {"endpoint": [sentence]}})
    if not are_keys(p256dh, auth):
        raise InvalidError(data={"fields": {"keys": [_("These aren’t the keys of a subscription.")]}})
    if replaces and replaces != endpoint:
        PushSubscription.objects.filter(user=user, endpoint=replaces).delete()
    fields = {
        "user": user,
        "sealed_keys": PushSubscription.sealed(p256dh, auth),
        "user_agent": user_agent[:200],
        "failures": 0,
        "rests_until": None,
    }
    subscription, _new = PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=fields)
    held = PushSubscription.objects.filter(user=user).exclude(pk=subscription.pk).latest_first()
    surplus = held.values_list("pk", flat=True)[MOST_OF_ONE - 1 :]
    PushSubscription.objects.filter(pk__in=list(surplus)).delete()
    return subscription


def unsubscribe(*, user: "User", endpoint: str) -> None:
    """Notify somebody no longer in this browser; where they weren't, nothing changes."""
    PushSubscription.objects.filter(user=user, endpoint=endpoint).delete()


def forget_browser(subscription_id: object) -> None:
    """Notify nobody any more in the browser that somebody signs out of."""
    if isinstance(subscription_id, str) and subscription_id:
        PushSubscription.objects.filter(pk=subscription_id).delete()


def forget_browsers(*, user: "User", but: object = None) -> None:
    """Notify somebody in no browser any more, but for the one whose subscription this is."""
    held = PushSubscription.objects.filter(user=user)
    (held.exclude(pk=but) if isinstance(but, str) and but else held).delete()


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
        surplus = list(held.values_list("pk", flat=True)[MOST_OF_ONE - 1 :])
        Device.objects.filter(pk__in=surplus).delete()
    return device


def unregister(*, user: "User", token: str) -> None:
    """Notify somebody no longer on this telephone; where they weren't, nothing changes."""
    _delete_devices(user=user, token=token)


def forget_devices(*, user: "User", grant_id: UUID | None = None) -> None:
    """Notify somebody no longer on the telephones whose app was signed in by this, or on none any more."""
    if grant_id is None:
        _delete_devices(user=user)
    else:
        _delete_devices(user=user, grant_id=grant_id)


def acknowledge(*, user: "User", notification_id: UUID) -> None:
    """Note that somebody opened what they were told.

    Raises:
        NotFoundError: where it isn't theirs, or isn't there any more.
    """
    told = Notification.objects.filter(user=user, pk=notification_id)
    if not told.mark_read() and not told.exists():
        raise NotFoundError


def forget_dead() -> None:
    """Forget browsers and telephones that have long taken nothing."""
    moment = timezone.now() - DEAD_AFTER
    PushSubscription.objects.dead_since(moment).delete()
    Device.objects.dead_since(moment).delete()


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


def _delete_devices(**which: object) -> None:
    """Forget devices here at once, and with Amazon as soon as a worker can."""
    with transaction.atomic():
        for device in Device.objects.filter(**which):
            durable.enqueue(
                "notifications.remove_endpoint",
                device.platform,
                device.endpoint_arn,
                queue=NOTIFICATIONS,
                workflow_id=f"notifications.remove_endpoint/{device.id}",
            )
            device.delete()


def remove_endpoint(platform: str, arn: str) -> None:
    """Have Amazon forget a telephone, unless it has registered again.

    Raises:
        SnsError: where SNS says no, or can't be reached.
    """
    if not Device.objects.filter(endpoint_arn=arn).exists():
        telephones().remove(platform=platform, arn=arn)
