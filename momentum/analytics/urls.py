from django.urls import path

from momentum.analytics import views

OPEN_WHILE_IMPERSONATING = True
app_name = "analytics"
urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("visits/forgetting/", views.forgetting, name="forgetting"),
]
