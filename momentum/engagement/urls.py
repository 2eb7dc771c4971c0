from django.urls import path

from momentum.engagement.views import completion, dashboard, profile

OPEN_WHILE_IMPERSONATING = True
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
]
