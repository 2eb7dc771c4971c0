from django.urls import path

from momentum.payments.panel import coupons, ledger, orders, payments, plans, reconciliations, webhook_events

urlpatterns = [
    path("payments/", payments.payments, name="payments"),
    path("payments/export/", payments.export, name="payments-export"),
    path("payments/<uuid:payment_id>/", payments.payment, name="payment"),
    path("payments/<uuid:payment_id>/refund/", payments.refund, name="payment-refund"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<uuid:order_id>/", orders.order, name="order"),
    path("orders/<uuid:order_id>/check/", orders.order_check, name="order-check"),
    path("subscriptions/", orders.subscriptions, name="subscriptions"),
    path("subscriptions/<uuid:subscription_id>/", orders.subscription, name="subscription"),
    path(
        "subscriptions/<uuid:subscription_id>/cancellation/",
        orders.subscription_cancellation,
        name="subscription-cancellation",
    ),
    path("coupons/", coupons.coupons, name="coupons"),
    path("coupons/new/", coupons.coupon_new, name="coupon-new"),
    path("coupons/<uuid:coupon_id>/", coupons.coupon, name="coupon"),
    path("coupons/<uuid:coupon_id>/status/", coupons.coupon_status, name="coupon-status"),
    path("plans/", plans.plans, name="plans"),
    path("events/", webhook_events.events, name="webhook-events"),
    path("events/<uuid:event_id>/", webhook_events.event, name="webhook-event"),
    path("events/<uuid:event_id>/replay/", webhook_events.event_replay, name="webhook-event-replay"),
    path("reconciliations/", reconciliations.reconciliations, name="reconciliations"),
    path("reconciliations/<uuid:report_id>/", reconciliations.reconciliation, name="reconciliation"),
    path("ledger/", ledger.ledger, name="ledger"),
]
