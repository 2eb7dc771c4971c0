from django.urls import path

from momentum.payments import webhooks
from momentum.payments.views import buying, orders

app_name = "payments"
urlpatterns = [
    path("courses/<slug:slug>/order/", buying.order_course, name="order-new"),
    path("premium/", buying.premium, name="premium"),
    path("premium/order/", buying.order_premium, name="premium-order"),
    path("premium/portal/", buying.portal, name="portal"),
    path("premium/cancellation/", buying.cancellation, name="cancellation"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<uuid:order_id>/", orders.order, name="order"),
    path("orders/<uuid:order_id>/checkout/", orders.checkout, name="checkout"),
    path("orders/<uuid:order_id>/withdrawal/", orders.withdrawal, name="withdrawal"),
    path("receipts/<uuid:payment_id>/", orders.receipt, name="receipt"),
    path("payments/webhook/", webhooks.receive, name="webhook"),
]
