"""What people are told about their money. `notifications.domain.kinds` says how this is read."""

from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.domain.topics import PAYMENTS
from momentum.payments import letters

RECEIPT = NotificationKind("payments.receipt", letters.RECEIPT, topic=PAYMENTS)
ORDER_FAILED = NotificationKind("payments.order_failed", letters.ORDER_FAILED, topic=PAYMENTS)
REFUNDED = NotificationKind("payments.refunded", letters.REFUNDED, topic=PAYMENTS)
REFUND_FAILED = NotificationKind("payments.refund_failed", letters.REFUND_FAILED, topic=PAYMENTS)
BILL_FAILED = NotificationKind("payments.bill_failed", letters.BILL_FAILED, topic=PAYMENTS)
PREMIUM_CANCELLED = NotificationKind("payments.premium_cancelled", letters.PREMIUM_CANCELLED, topic=PAYMENTS)
PREMIUM_OVER = NotificationKind("payments.premium_over", letters.PREMIUM_OVER, topic=PAYMENTS)
WITHDRAWAL = NotificationKind("payments.withdrawal", letters.WITHDRAWAL, topic=PAYMENTS)
NOTIFICATIONS = (
    RECEIPT,
    ORDER_FAILED,
    REFUNDED,
    REFUND_FAILED,
    BILL_FAILED,
    PREMIUM_CANCELLED,
    PREMIUM_OVER,
    WITHDRAWAL,
)
