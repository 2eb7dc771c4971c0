from django.urls import include, path

from momentum.accounts import views

urlpatterns = [
    path("landing/", views.landing, name="landing"),
    path("confirm-email/resend/", views.resend_verification, name="account_resend_verification"),
    path("", include("allauth.account.urls")),
]
