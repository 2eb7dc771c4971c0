from django.urls import path

from momentum.payments.views import checkout, orders, webhooks

app_name = "payments"
urlpatterns = [
    path("courses/<slug:slug>/order/", checkout.order_course, name="order-new"),
    path("premium/", checkout.premium, name="premium"),
    path("premium/order/", checkout.order_premium, name="premium-order"),
    path("premium/portal/", checkout.portal, name="portal"),
    path("premium/cancellation/", checkout.cancellation, name="cancellation"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<uuid:order_id>/", orders.order, name="order"),
    path("orders/<uuid:order_id>/checkout/", orders.checkout, name="checkout"),
    path("orders/<uuid:order_id>/withdrawal/", orders.withdrawal, name="withdrawal"),
    path("receipts/<uuid:payment_id>/", orders.receipt, name="receipt"),
    path("payments/webhook/", webhooks.receive, name="webhook"),
]
