"""Every address, app by app."""

from django.urls import include, path

from momentum.api import api
from momentum.core import health
from momentum.learning.views import pages

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", pages.home, name="home"),
    path("account/", include("momentum.accounts.urls")),
    path("api/", api.urls),
    path("panel/studio/", include("momentum.studio.urls")),
    path("panel/", include("momentum.panel.urls")),
    path("", include("momentum.ui.urls")),
    path("", include("momentum.learning.urls")),
    path("", include("momentum.catalog.urls")),
]

# Called by allauth where a limit is reached.
handler429 = "momentum.accounts.views.too_many_requests"
