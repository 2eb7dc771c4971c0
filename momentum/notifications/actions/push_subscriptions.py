"""Which browsers somebody is notified in; `mobile_devices` are their telephones."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.core.errors import InvalidError, NotFoundError
from momentum.notifications.models import Notification, PushSubscription
from momentum.providers.push.endpoints import are_keys, host_of

if TYPE_CHECKING:
    from momentum.accounts.models import User

# Nobody uses more, and each costs a call for every notification; the one that was reached longest ago makes room.
MOST_OF_ONE = 10
# What took nothing for this long is forgotten.
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


def acknowledge(*, user: "User", notification_id: UUID) -> None:
    """Note that somebody opened what they were told.

    Raises:
        NotFoundError: where it isn't theirs, or isn't there any more.
    """
    told = Notification.objects.filter(user=user, pk=notification_id)
    if not told.mark_read() and not told.exists():
        raise NotFoundError


def forget_dead() -> None:
    """Forget browsers that have long taken nothing."""
    PushSubscription.objects.dead_since(timezone.now() - DEAD_AFTER).delete()
