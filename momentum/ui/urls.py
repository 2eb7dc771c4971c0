from django.urls import path

from momentum.ui import views

app_name = "ui"
urlpatterns = [path("covers/<str:digest>.svg", views.cover, name="cover")]
