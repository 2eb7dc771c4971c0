from django.urls import path

from momentum.catalog import views

OPEN_WHILE_IMPERSONATING = True
app_name = "catalog"
urlpatterns = [
    path("media/covers/<str:name>", views.cover, name="cover"),
    path("media/pictures/<str:name>", views.picture, name="picture"),
]
