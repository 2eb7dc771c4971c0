from django.urls import path

from momentum.notifications.views import inbox, preferences, unsubscribe

app_name = "notifications"
urlpatterns = [
    path("notifications/", inbox.inbox, name="inbox"),
    path("notifications/archive/", inbox.archive, name="archive"),
    path("notifications/state/", inbox.state_of_all, name="state-of-all"),
    path("notifications/<uuid:notification_id>/", inbox.opening, name="opening"),
    path("notifications/<uuid:notification_id>/state/", inbox.state, name="state"),
    path("settings/notifications/", preferences.preferences, name="preferences"),
    path("settings/notifications/emails/", preferences.emails, name="emails"),
    path("settings/notifications/reminder/", preferences.reminder, name="reminder"),
    path("unsubscribe/<str:token>/", unsubscribe.by_link, name="unsubscribe"),
]
