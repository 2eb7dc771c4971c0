"""Every address, app by app."""

from django.urls import include, path

from momentum.accounts.views import settings as account_settings
from momentum.catalog import urls as catalog
from momentum.learning.views import home
from momentum.search import views as search
from momentum.studio import urls as studio

# The catalogue's page stands in search, which knows what is found; its address is the catalogue's all the same.
CATALOG = [path("courses/", search.catalogue, name="catalogue"), *catalog.urlpatterns]

# What people ask for most comes first: an address is held against one after the other.
urlpatterns = [
    path("", home.home, name="home"),
    path("", include((CATALOG, "catalog"))),
    path("", include("momentum.learning.urls")),
    path("", include((studio.LEARNERS, "sources"))),
    path("", include("momentum.engagement.urls")),
    path("", include("momentum.core.urls")),
    path("", include("momentum.privacy.urls")),
    path("mail/", include("momentum.mail.urls")),
    path("account/", include("momentum.accounts.urls")),
    path("settings/", account_settings.index, name="account_settings"),
    path("settings/appearance/", account_settings.appearance, name="account_appearance"),
    path("api/", include("momentum.api")),
    path("panel/studio/", include("momentum.studio.urls")),
    path("panel/", include("momentum.panel.urls")),
    path("", include("momentum.ui.urls")),
    path("", include("momentum.payments.urls")),
    path("sandbox/", include("momentum.providers.payments.sandbox.urls")),
    path("search/", include("momentum.search.urls")),
    path("", include("momentum.analytics.urls")),
    path("", include("momentum.notifications.urls")),
    path("", include("momentum.support.urls")),
]

handler400 = "momentum.ui.errors.bad_request"
handler403 = "momentum.ui.errors.forbidden"
handler404 = "momentum.ui.errors.not_found"
handler500 = "momentum.ui.errors.broken"
# Called by allauth where a limit is reached.
handler429 = "momentum.ui.errors.too_many_requests"
