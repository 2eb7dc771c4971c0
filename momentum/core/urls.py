from django.urls import path

from momentum.core import health

OPEN_WHILE_IMPERSONATING = True
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
