"""Every address, app by app."""

from django.urls import include, path

from momentum.core import health
from momentum.learning.views import pages

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", pages.home, name="home"),
    path("account/", include("momentum.accounts.urls")),
    path("api/", include("momentum.api")),
    path("panel/studio/", include("momentum.studio.urls")),
    path("panel/", include("momentum.panel.urls")),
    path("", include("momentum.ui.urls")),
    path("", include("momentum.learning.urls")),
    path("", include("momentum.engagement.urls")),
    path("", include("momentum.catalog.urls")),
]

handler400 = "momentum.ui.errors.bad_request"
handler403 = "momentum.ui.errors.forbidden"
handler404 = "momentum.ui.errors.not_found"
handler500 = "momentum.ui.errors.broken"
# Called by allauth where a limit is reached.
handler429 = "momentum.ui.errors.too_many_requests"
