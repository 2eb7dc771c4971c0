from django.urls import path

from momentum.payments.panel import books, orders, payments, prices

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
    path("coupons/", prices.coupons, name="coupons"),
    path("coupons/new/", prices.coupon_new, name="coupon-new"),
    path("coupons/<uuid:coupon_id>/", prices.coupon, name="coupon"),
    path("coupons/<uuid:coupon_id>/status/", prices.coupon_status, name="coupon-status"),
    path("plans/", prices.plans, name="plans"),
    path("events/", books.events, name="events"),
    path("events/<uuid:event_id>/", books.event, name="event"),
    path("events/<uuid:event_id>/replay/", books.event_replay, name="event-replay"),
    path("reconciliations/", books.reconciliations, name="reconciliations"),
    path("reconciliations/<uuid:report_id>/", books.reconciliation, name="reconciliation"),
    path("ledger/", books.ledger, name="ledger"),
]
