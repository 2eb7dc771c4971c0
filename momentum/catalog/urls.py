from django.urls import path

from momentum.catalog import views

app_name = "catalog"
urlpatterns = [
    path("courses/", views.catalogue, name="catalogue"),
    path("media/covers/<str:name>", views.cover, name="cover"),
]
