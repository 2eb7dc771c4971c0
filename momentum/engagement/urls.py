from django.urls import path

from momentum.engagement.views import calendar, completion, dashboard, profile

OPEN_WHILE_IMPERSONATING = True
# Who has the address of a calendar reads it for good: it is shown to its learner alone.
CLOSED_WHILE_IMPERSONATING = {"engagement:calendar"}
app_name = "engagement"
urlpatterns = [
    path("today/", dashboard.dashboard, name="dashboard"),
    path("lessons/<uuid:lesson_id>/completion/", completion.completion, name="completion"),
    path("celebrations/", dashboard.celebrations, name="celebrations"),
    path("profile/", profile.profile, name="profile"),
    path("profile/showcase/", profile.showcase, name="showcase"),
    path("profile/publication/", profile.publication, name="publication"),
    path("profile/picture/<str:name>-<int:size>.webp", profile.picture, name="picture"),
    path("learners/<str:address>/", profile.public_profile, name="public-profile"),
    path("learners/<str:address>/picture-<int:size>.webp", profile.public_picture, name="public-picture"),
    path("settings/calendar/", calendar.calendar, name="calendar"),
    path("calendar/<str:address>.ics", calendar.feed, name="calendar-feed"),
]
