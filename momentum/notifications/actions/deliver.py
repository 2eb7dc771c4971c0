"""Sending what somebody is told, if they still want it: everything is asked when it is sent, not when it is queued."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from momentum.core.compiled_queries import Slot, compiled
from momentum.core.errors import NotFoundError
from momentum.mail.actions.delivery import send_now
from momentum.mail.actions.mailer import Mailer
from momentum.mail.domain.languages import speaking_to
from momentum.mail.queries.edits import is_on
from momentum.notifications.actions.push import send_push, send_to_telephones
from momentum.notifications.domain import hours
from momentum.notifications.domain.kinds import NotificationKind, kinds
from momentum.notifications.domain.references import resolved
from momentum.notifications.models import Channel, Choice, Delivery, Preferences
from momentum.notifications.queries.links import unsubscribe_url
from momentum.providers.push import State

logger = logging.getLogger(__name__)

# As many are taken at once, so that others find something to do as well.
TAKEN = 20
# A channel that is away is tried this often, after ever longer waits: for most of a day.
ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=30)
BUSY = timedelta(minutes=1)
# For how long a push service keeps what has no end of its own, for a device that is away.
KEPT = timedelta(days=1)

# Whoever sends to a person has this until they have noted it, so that two together don't exceed the limit of a day.
_ALONE = "select pg_try_advisory_xact_lock(hashtextextended('notifications/' || %s, 0))"


def deliver_due(*, until: datetime) -> int:
    """Send what is due, until nothing is or that moment has come; return how many were looked at.

    Several may run at once, here and in other workers: nothing is taken by two.
    """
    count = 0
    with Mailer() as mailer:
        while timezone.now() < until:
            with transaction.atomic():
                taken = Delivery.objects.take(timezone.now(), limit=TAKEN)
            for delivery_id in taken:
                _deliver_or_give_up(delivery_id, mailer)
            count += len(taken)
            if len(taken) < TAKEN:
                break
    return count


def _deliver_or_give_up(delivery_id: UUID, mailer: Mailer) -> None:
    """Send one; a fault of ours in what it says fails that one alone, and holds up nobody else's."""
    try:
        deliver(delivery_id, mailer=mailer)
    except (OperationalError, InterfaceError):  # the database is away: the same for all
        raise
    except Exception:
        logger.exception("The notification %s can't be sent", delivery_id)
        with transaction.atomic():
            if (delivery := _locked(delivery_id)) is not None:
                delivery.fail(Delivery.Reason.REFUSED)


@transaction.atomic
def deliver(delivery_id: UUID | str, *, mailer: Mailer) -> None:
    """Send one delivery that waits, unless it is no longer wanted, or keep it for later.

    Its row is locked until it is sent: nobody else sends it meanwhile. Who dies here sends the same email again, under
    the same Message-ID.
    """
    delivery = _locked(delivery_id)
    if delivery is None:
        return
    now = timezone.now()
    kind = kinds().get(delivery.notification.kind)
    if kind is None or not delivery.user.is_active:
        delivery.skip(Delivery.Reason.GONE)
        return
    if not _alone_with(delivery.user_id):
        delivery.wait(now + BUSY)
        return
    if _is_wanted(delivery, kind, now):
        _send(delivery, kind, mailer, now)


def _locked(delivery_id: UUID | str) -> Delivery | None:
    return _waiting.first(delivery=delivery_id)


@compiled
def _waiting(delivery: Slot) -> "QuerySet[Delivery]":
    found = Delivery.objects.waiting().filter(pk=delivery)
    return found.select_for_update(of=("self",), skip_locked=True).select_related(
        "notification", "user__notification_preferences"
    )


def _alone_with(user_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [str(user_id)])
        return bool(cursor.fetchone()[0])


def _is_wanted(delivery: Delivery, kind: NotificationKind, now: datetime) -> bool:
    """Say whether this is to be sent now; note what becomes of it where it isn't."""
    preferences = Preferences.chosen_by(delivery.user)
    channel = Channel(delivery.channel)
    choice = preferences.chosen(kind.name, channel, kind.channels.get(channel, Choice.OFF))
    if delivery.expires_at and now >= delivery.expires_at:
        delivery.skip(Delivery.Reason.LATE)
    elif not is_on(kind.email):
        delivery.skip(Delivery.Reason.SWITCHED_OFF)
    elif choice == Choice.OFF:
        delivery.skip(Delivery.Reason.OPTED_OUT)
    elif choice == Choice.DIGEST:
        delivery.leave_to_digest()
    elif not kind.immediate and (later := _not_before(delivery, preferences, now)):
        delivery.wait(later)
    else:
        return True
    return False


def _not_before(delivery: Delivery, preferences: Preferences, now: datetime) -> datetime | None:
    """Return when the quiet hours end, or the day of which they had enough; None where it may be sent now."""
    zone = ZoneInfo(delivery.user.time_zone)
    if preferences.is_quiet(now.astimezone(zone).time()):
        return hours.following(preferences.quiet_until, zone, now)
    sent = Delivery.objects.sent_since(delivery.user_id, delivery.channel, hours.start_of_day(now, zone))
    return hours.end_of_day(now, zone) if sent >= preferences.daily_cap else None


def _send(delivery: Delivery, kind: NotificationKind, mailer: Mailer, now: datetime) -> None:
    about = resolved(delivery.notification.about, delivery.user)
    if about is None:
        delivery.skip(Delivery.Reason.GONE)
        return
    try:
        if delivery.channel == Channel.EMAIL:
            _email(delivery, kind, about, mailer, now)
        else:
            with speaking_to(delivery.user):
                kind.email.write(**about)  # says whether it is still true
            _push(delivery, now)
    except NotFoundError:
        delivery.skip(Delivery.Reason.OVER)


def _email(
    delivery: Delivery, kind: NotificationKind, about: dict[str, Any], mailer: Mailer, now: datetime
) -> None:
    missed = send_now(
        kind.email,
        email_id=delivery.id,
        user=delivery.user,
        about=about,
        unsubscribe_url=unsubscribe_url(delivery.user_id, kind.name),
        mailer=mailer,
    )
    if missed is not None and missed.again_at is not None:
        delivery.wait(missed.again_at)
        return
    delivery.attempts += 1
    if missed is None:
        delivery.mark_sent()
    elif missed.for_good or delivery.attempts >= ATTEMPTS:
        delivery.fail(Delivery.Reason.REFUSED)
    else:
        delivery.wait(now + FIRST_WAIT * 2 ** (delivery.attempts - 1))


def _push(delivery: Delivery, now: datetime) -> None:
    told = delivery.notification
    delivery.attempts += 1
    send = send_push if delivery.channel == Channel.BROWSER else send_to_telephones
    outcome = send(
        delivery.user,
        title=told.title,
        body=told.body,
        path=told.path,
        tag=told.kind,
        notification_id=str(told.id),
        seconds_to_live=int(((delivery.expires_at or now + KEPT) - now).total_seconds()),
    )
    if outcome.state == State.SENT:
        delivery.mark_sent()
    elif outcome.state == State.GONE:
        delivery.skip(Delivery.Reason.UNREACHABLE)
    elif outcome.state == State.LATER and delivery.attempts < ATTEMPTS:
        delivery.wait(now + timedelta(seconds=outcome.seconds))
    else:
        delivery.fail(Delivery.Reason.REFUSED)
