from django.urls import path

from momentum.search import views

OPEN_WHILE_IMPERSONATING = True
app_name = "search"
urlpatterns = [
    path("log/", views.log, name="log"),
    path("suggestions/", views.suggestions, name="suggestions"),
]
