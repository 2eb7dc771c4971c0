"""What in the books waits for a person."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.payments.models import (
    Dispute,
    Order,
    Payment,
    Reconciliation,
    Refund,
    Subscription,
    WebhookEvent,
)
from momentum.providers.payments import LATE

# Of a dispute: the seller may still say something.
ANSWERABLE = ("needs_response", "warning_needs_response")


@dataclass(frozen=True)
class Waiting:
    """Something about money that a person should look at."""

    text: str
    about: str
    href: str


def waiting() -> list[Waiting]:
    """Return what waits for an administrator, each kind on one line."""
    late = Subscription.objects.running().filter(status__in=LATE).count()
    problems = Order.objects.exclude(problem="").exclude(status=Order.Status.PAID).count()
    failed = WebhookEvent.objects.filter(outcome=WebhookEvent.Outcome.FAILED).count()
    refused = Refund.objects.filter(status="refused").filter(payment__status=Payment.Status.SUCCEEDED).count()
    disputes = Dispute.objects.filter(status__in=ANSWERABLE).count()
    latest = Reconciliation.objects.exclude(finished_at=None).first()
    uneven = 0 if latest is None or latest.is_clean else sum(not one["healed"] for one in latest.findings)
    rows = (
        (
            disputes,
            ngettext("%(n)d dispute to answer", "%(n)d disputes to answer", disputes),
            _("Respond in the provider’s dashboard before the deadline"),
            reverse("panel:payments:payments") + "?state=disputed",
        ),
        (
            late,
            ngettext("%(n)d past due subscription", "%(n)d past due subscriptions", late),
            _("Premium continues during the grace period"),
            reverse("panel:payments:subscriptions") + "?state=late",
        ),
        (
            problems,
            ngettext("%(n)d order that doesn’t match", "%(n)d orders that don’t match", problems),
            _("On hold until reviewed"),
            reverse("panel:payments:orders") + "?state=problem",
        ),
        (
            refused,
            ngettext("%(n)d failed refund", "%(n)d failed refunds", refused),
            _("Rejected by the provider"),
            reverse("panel:payments:payments") + "?state=refused",
        ),
        (
            failed,
            ngettext("%(n)d failed event", "%(n)d failed events", failed),
            _("Events from the provider that couldn’t be processed"),
            reverse("panel:payments:webhook-events") + "?state=failed",
        ),
        (
            uneven,
            ngettext("%(n)d ledger discrepancy", "%(n)d ledger discrepancies", uneven),
            _("Found by the latest reconciliation"),
            reverse("panel:payments:reconciliations"),
        ),
    )
    return [Waiting(text % {"n": count}, about, href) for count, text, about, href in rows if count]
