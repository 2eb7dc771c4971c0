from django.urls import path

from momentum.engagement import views

app_name = "engagement"
urlpatterns = [
    path("today/", views.dashboard, name="dashboard"),
    path("celebrations/", views.celebrations, name="celebrations"),
]
