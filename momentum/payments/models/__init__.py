from momentum.payments.models.coupon import Coupon, Redemption
from momentum.payments.models.ledger import Account, LedgerEntry
from momentum.payments.models.order import Customer, Kind, Order
from momentum.payments.models.payment import Dispute, Payment, ReceiptCounter, Refund
from momentum.payments.models.reconciliation import Reconciliation
from momentum.payments.models.subscription import Interval, Membership, Plan, Subscription
from momentum.payments.models.webhook import WebhookEvent

__all__ = [
    "Account",
    "Coupon",
    "Customer",
    "Dispute",
    "Interval",
    "Kind",
    "LedgerEntry",
    "Membership",
    "Order",
    "Payment",
    "Plan",
    "ReceiptCounter",
    "Reconciliation",
    "Redemption",
    "Refund",
    "Subscription",
    "WebhookEvent",
]
