"""What happens to money. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = (
    "order.placed",
    "order.pending",
    "order.paid",
    "order.failed",
    "order.expired",
    "order.disagreed",
    "order.withdrawn",
    "order.checked",
    "payment.succeeded",
    "payment.changed",
    "purchase.kept",
    "purchase.undone",
    "refund.requested",
    "refund.made",
    "refund.failed",
    "dispute.opened",
    "dispute.won",
    "subscription.cancelled",
    "subscription.resumed",
    "subscription.ended",
    "premium.began",
    "premium.ended",
    "coupon.saved",
    "plan.saved",
    "reconciliation.requested",
    "webhook.replayed",
)

AUDITED: dict[str, str | Promise] = {
    "order.checked": _("Checked an order with the payment provider"),
    "refund.requested": _("Refunded a payment"),
    "subscription.cancelled": _("Cancelled a subscription"),
    "subscription.resumed": _("Resumed a subscription"),
    "coupon.saved": _("Saved a coupon"),
    "plan.saved": _("Changed a premium price"),
    "reconciliation.requested": _("Ran a reconciliation"),
    "webhook.replayed": _("Reprocessed a payment provider event"),
    "payments.listed": _("Viewed payments"),
    "payments.exported": _("Exported payments"),
    "payment.viewed": _("Viewed a payment"),
    "orders.listed": _("Viewed orders"),
    "order.viewed": _("Viewed an order"),
    "subscriptions.listed": _("Viewed subscriptions"),
    "subscription.viewed": _("Viewed a subscription"),
    "coupon.viewed": _("Viewed redemptions of a coupon"),
    "webhook.viewed": _("Viewed a payment provider event"),
}
