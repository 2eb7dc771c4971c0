"""Sending somebody a short message on their devices: in their browsers, or on their telephones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from math import ceil
from typing import TYPE_CHECKING

from django.utils import timezone

from momentum.core.errors import UnavailableError
from momentum.mail.site_settings import MailSettings
from momentum.notifications.actions.push_keys import push_key
from momentum.notifications.models import Device, PushSubscription
from momentum.notifications.models.reachable import Reachable
from momentum.providers.push import Outcome, PushMessage, State, Subscription, browsers, telephones
from momentum.site.queries.current import current

if TYPE_CHECKING:
    from momentum.accounts.models import User
    from momentum.providers.push.web import WebPush

# Of what became of it on each device, the first of these is what became of it.
_FIRST = (State.SENT, State.LATER, State.MISCONFIGURED, State.REFUSED)


def send_push(
    user: "User", *, title: str, body: str, path: str, tag: str, notification_id: str, seconds_to_live: int
) -> Outcome:
    """Send a message to all browsers in which somebody turned notifications on.

    It counts as sent once one of them was sent it: who has read it there needn't get it later elsewhere. A browser that
    its push service no longer knows is forgotten; one whose service is away rests, and isn't asked meanwhile.

    Args:
        user: who is told.
        title: what it is, in a few words; nothing that a stranger mustn't read on a locked screen.
        body: a sentence.
        path: where on this site it leads.
        tag: a later message of the same tag takes its place.
        notification_id: what is acknowledged when it is opened.
        seconds_to_live: for how long it is true.

    Returns:
        SENT; LATER with the seconds until it may be tried again; GONE where somebody has no browser (any more);
        MISCONFIGURED or REFUSED where no browser took it, and trying again ends alike.
    """
    subscriptions = list(PushSubscription.objects.filter(user=user).latest_first())
    if not subscriptions:
        return _best([])
    try:
        web = to_browsers()
    except UnavailableError as error:
        return Outcome(State.MISCONFIGURED, reason=error.code)
    message = PushMessage(title, body, path, tag, notification_id, seconds_to_live)
    now = timezone.now()
    return _best([_to_browser(web, one, message, now) for one in subscriptions])


def to_browsers() -> "WebPush":
    """Return what sends to browsers, in the name of this installation.

    Raises:
        UnavailableError: where its key pair can't be read.
    """
    return browsers(key=push_key(), mail_sender=parseaddr(current(MailSettings).sender)[1])


def send_to_telephones(
    user: "User", *, title: str, body: str, path: str, tag: str, notification_id: str, seconds_to_live: int
) -> Outcome:
    """Send a message to all telephones whose app somebody is signed in to; as `send_push`."""
    devices = list(Device.objects.enabled().filter(user=user).order_by("-updated_at"))
    message = PushMessage(title, body, path, tag, notification_id, seconds_to_live)
    now = timezone.now()
    return _best([_to_telephone(one, message, now) for one in devices])


def _to_browser(web: "WebPush", one: PushSubscription, message: PushMessage, now: datetime) -> Outcome:
    if rest := one.resting(now):
        return _later(rest)
    keys = one.keys()
    if keys is None:
        one.mark_refused()
        return Outcome(State.REFUSED, reason="keys sealed")
    outcome = web.send(Subscription(one.endpoint, *keys), message)
    if outcome.state == State.GONE:
        one.delete()
    return _noted(one, outcome)


def _to_telephone(one: Device, message: PushMessage, now: datetime) -> Outcome:
    if rest := one.resting(now):
        return _later(rest)
    outcome = telephones().send(platform=one.platform, arn=one.endpoint_arn, message=message)
    if outcome.state == State.GONE:
        one.switch_off()
    return _noted(one, outcome)


def _noted(one: Reachable, outcome: Outcome) -> Outcome:
    if outcome.state == State.SENT:
        one.mark_reached()
    elif outcome.state == State.LATER:
        return _later(one.rest(timedelta(seconds=outcome.seconds)), outcome.reason)
    elif outcome.state == State.REFUSED:
        one.mark_refused()
    return outcome


def _later(rest: timedelta, reason: str = "resting") -> Outcome:
    return Outcome(State.LATER, max(1, ceil(rest.total_seconds())), reason)


def _best(outcomes: Sequence[Outcome]) -> Outcome:
    for state in _FIRST:
        of_state = [one for one in outcomes if one.state == state]
        if of_state:
            return min(of_state, key=lambda one: one.seconds)
    return Outcome(State.GONE, reason="no device")
