"""What people are told about their money. `notifications.domain.kinds` says how this is read."""

from momentum.notifications.domain.kinds import NotificationKind
from momentum.payments import letters

RECEIPT = NotificationKind("payments.receipt", letters.RECEIPT)
ORDER_FAILED = NotificationKind("payments.order_failed", letters.ORDER_FAILED)
REFUNDED = NotificationKind("payments.refunded", letters.REFUNDED)
REFUND_FAILED = NotificationKind("payments.refund_failed", letters.REFUND_FAILED)
BILL_FAILED = NotificationKind("payments.bill_failed", letters.BILL_FAILED)
PREMIUM_CANCELLED = NotificationKind("payments.premium_cancelled", letters.PREMIUM_CANCELLED)
PREMIUM_OVER = NotificationKind("payments.premium_over", letters.PREMIUM_OVER)
WITHDRAWAL = NotificationKind("payments.withdrawal", letters.WITHDRAWAL)
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
