"""The addresses of mail: the one that a provider calls."""

from django.urls import path

from momentum.mail.views import webhooks

app_name = "mail"
urlpatterns = [path("webhook/", webhooks.receive, name="webhook")]
