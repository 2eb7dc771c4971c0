from django.urls import path

from momentum.catalog import views

app_name = "catalog"
urlpatterns = [
    path("media/covers/<str:name>", views.cover, name="cover"),
    path("media/pictures/<str:name>", views.picture, name="picture"),
]
