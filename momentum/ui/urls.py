from django.urls import path

from momentum.ui import views

app_name = "ui"
urlpatterns = [
    path("covers/<str:digest>.svg", views.cover, name="cover"),
    path("medals/<int:edition>/<slug:kind>-<slug:tier>-<int:number>.svg", views.medal, name="medal"),
    path("styles/<str:digest>.css", views.stylesheet, name="stylesheet"),
    path("ui/", views.style_guide, name="guide"),
]
