"""What people are told about their money. `notifications.domain.kinds` says how this is read."""

from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.domain.topics import PAYMENTS
from momentum.payments import letters

RECEIPT = NotificationKind(letters.RECEIPT, topic=PAYMENTS)
ORDER_FAILED = NotificationKind(letters.ORDER_FAILED, topic=PAYMENTS)
REFUNDED = NotificationKind(letters.REFUNDED, topic=PAYMENTS)
REFUND_FAILED = NotificationKind(letters.REFUND_FAILED, topic=PAYMENTS)
BILL_FAILED = NotificationKind(letters.BILL_FAILED, topic=PAYMENTS)
PREMIUM_CANCELLED = NotificationKind(letters.PREMIUM_CANCELLED, topic=PAYMENTS)
PREMIUM_OVER = NotificationKind(letters.PREMIUM_OVER, topic=PAYMENTS)
WITHDRAWAL = NotificationKind(letters.WITHDRAWAL, topic=PAYMENTS)
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
