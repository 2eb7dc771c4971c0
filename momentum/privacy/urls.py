from django.urls import path

from momentum.privacy import views

OPEN_WHILE_IMPERSONATING = {"privacy:privacy", "privacy:terms"}
app_name = "privacy"
urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
    path("account/data/", views.own, name="own"),
    path("account/data/export/", views.export, name="export"),
    path("account/data/export/<uuid:export_id>/", views.export_file, name="export-file"),
    path("account/data/deletion/", views.deletion, name="deletion"),
    path("account/data/deletion/<str:token>/", views.deletion_confirmation, name="deletion-confirmation"),
]
