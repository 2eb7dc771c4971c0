from django.urls import path

from momentum.notifications.views import unsubscribe

app_name = "notifications"
urlpatterns = [
    path("unsubscribe/<str:token>/", unsubscribe.by_link, name="unsubscribe"),
]
