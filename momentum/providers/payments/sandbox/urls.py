from django.urls import path

from momentum.providers.payments.sandbox import desk_views, views

app_name = "sandbox"
urlpatterns = [
    path("", desk_views.desk, name="desk"),
    path("checkout/<str:session_id>/", views.checkout, name="checkout"),
    path("checkout/<str:session_id>/bank/", views.authentication, name="authentication"),
    path("portal/<str:token>/", views.portal, name="portal"),
]
