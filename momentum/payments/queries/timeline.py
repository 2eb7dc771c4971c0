"""What happened to a payment, an order or a subscription: our own events and the provider's, in one line."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.accounts.models import User
from momentum.events.models import Event
from momentum.payments.models import Order, Payment, Subscription, WebhookEvent
from momentum.ui.formats import money

# More than that is not for reading; the log of events has the rest.
AT_MOST = 200
WORDS: dict[str, str | Promise] = {
    "order.placed": gettext_lazy("Ordered"),
    "order.pending": gettext_lazy("The payment is on its way"),
    "order.paid": gettext_lazy("Paid"),
    "order.failed": gettext_lazy("Payment failed"),
    "order.expired": gettext_lazy("Payment page abandoned and closed"),
    "order.disagreed": gettext_lazy("Provider’s data doesn’t match the order"),
    "order.withdrawn": gettext_lazy("Learner withdrew"),
    "order.checked": gettext_lazy("Checked with the provider"),
    "payment.succeeded": gettext_lazy("Payment received, receipt issued"),
    "payment.changed": gettext_lazy("Payment updated"),
    "refund.requested": gettext_lazy("Refund requested"),
    "refund.made": gettext_lazy("Refunded"),
    "refund.failed": gettext_lazy("Refund returned"),
    "dispute.opened": gettext_lazy("Disputed by the learner’s bank"),
    "dispute.won": gettext_lazy("Dispute won"),
    "subscription.cancelled": gettext_lazy("Cancelled"),
    "subscription.resumed": gettext_lazy("Resumed"),
    "subscription.ended": gettext_lazy("Ended"),
}


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened. `at` is when we knew of it; `event` is the provider's, where it told us."""

    at: datetime
    what: str
    detail: str = ""
    event: WebhookEvent | None = None


@dataclass(frozen=True)
class Names:
    """The ids by which something is known: ours, and the provider's."""

    ours: list[uuid.UUID] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)


def of_payment(payment: Payment) -> list[TimelineEntry]:
    """Return what happened to a payment, from its order on."""
    order, refunds, disputes = payment.order, list(payment.refunds.all()), list(payment.disputes.all())
    ours = [order.pk, payment.pk, *(one.pk for one in refunds), *(one.pk for one in disputes)]
    theirs = [payment.intent, payment.invoice, *(one.ref for one in refunds), *(one.ref for one in disputes)]
    if payment.subscription is None:
        theirs.append(order.session_id)
    return _lines(Names(ours, theirs))


def of_order(order: Order) -> list[TimelineEntry]:
    """Return what happened to an order."""
    payments = order.payments.values_list("pk", "intent")
    ours = [order.pk, *(pk for pk, _intent in payments)]
    return _lines(Names(ours, [order.session_id, *(intent for _pk, intent in payments)]))


def of_subscription(subscription: Subscription) -> list[TimelineEntry]:
    """Return what happened to a subscription and its bills."""
    payments = subscription.payments.values_list("pk", "intent")
    ours = [subscription.pk, subscription.order_id, *(pk for pk, _intent in payments)]
    return _lines(Names(ours, [subscription.ref, subscription.order.session_id]))


def _lines(names: Names) -> list[TimelineEntry]:
    events = Event.objects.filter(subject_id__in=names.ours, name__in=WORDS).order_by("-at", "-id")[:AT_MOST]
    told = WebhookEvent.objects.about(names.theirs).defer("payload").order_by("-created_at")[:AT_MOST]
    found = [*_own(list(events)), *(TimelineEntry(one.created_at, one.type, event=one) for one in told)]
    # What follows from an event was written while it was handled, so it stands after it.
    return sorted(found, key=lambda line: line.at)[-AT_MOST:]


def _own(events: Iterable[Event]) -> list[TimelineEntry]:
    actors = {event.actor_id for event in events if event.actor_id}
    admins = User.objects.filter(Q(pk__in=actors), role="admin")
    names = {user.pk: user.display_name for user in admins}
    return [TimelineEntry(event.at, str(WORDS[event.name]), _detail(event, names)) for event in events]


def _detail(event: Event, names: dict[uuid.UUID, str]) -> str:
    said = []
    if event.name == "payment.changed":
        said.append(str(dict(Payment.Status.choices).get(event.data.get("status", ""), "")))
    if (amount := event.data.get("amount")) and (currency := event.data.get("currency")):
        said.append(money(amount, currency))
    if event.actor_id in names:
        said.append(_("by %(name)s") % {"name": names[event.actor_id]})
    return ", ".join(said)
