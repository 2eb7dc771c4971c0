"""What is done with orders and money. Every action is atomic where it writes, and may safely be repeated."""

from momentum.payments.actions.admin import check_order, request_reconciliation, save_plan
from momentum.payments.actions.cancellations import (
    set_cancellation,
    set_cancellation_of,
    stop_for_nobody,
    stop_renewal,
    stop_renewals,
    tell_cancellation,
)
from momentum.payments.actions.coupons import quote, save_coupon, switch_coupon
from momentum.payments.actions.orders import open_checkout, order_course, order_premium
from momentum.payments.actions.premium import open_portal, review_premium
from momentum.payments.actions.reconciliation import reconcile
from momentum.payments.actions.refunds import refund_payment, send_refund
from momentum.payments.actions.settlement import (
    settle_checkout,
    settle_intent,
    settle_order,
    settle_subscription,
)
from momentum.payments.actions.webhook_events import accept_event, handle_event, replay_event
from momentum.payments.actions.withdrawals import undo_order, withdraw

__all__ = [
    "accept_event",
    "check_order",
    "handle_event",
    "open_checkout",
    "open_portal",
    "order_course",
    "order_premium",
    "quote",
    "reconcile",
    "refund_payment",
    "replay_event",
    "request_reconciliation",
    "review_premium",
    "save_coupon",
    "save_plan",
    "send_refund",
    "set_cancellation",
    "set_cancellation_of",
    "settle_checkout",
    "settle_intent",
    "settle_order",
    "settle_subscription",
    "stop_for_nobody",
    "stop_renewal",
    "stop_renewals",
    "switch_coupon",
    "tell_cancellation",
    "undo_order",
    "withdraw",
]
