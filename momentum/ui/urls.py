from django.urls import path

from momentum.ui import install, views

OPEN_WHILE_IMPERSONATING = True
app_name = "ui"
urlpatterns = [
    path("covers/<str:digest>.svg", views.cover, name="cover"),
    path("medals/<int:edition>/<slug:kind>-<slug:tier>-<int:number>.svg", views.medal, name="medal"),
    path("styles/<str:digest>.css", views.stylesheet, name="stylesheet"),
    path("manifest.webmanifest", install.manifest, name="manifest"),
    path("service-worker.js", install.service_worker, name="service-worker"),
    path("offline/", install.offline, name="offline"),
    path("offline/signed-out/", install.signed_out, name="signed-out"),
    path("ui/", views.style_guide, name="guide"),
]
