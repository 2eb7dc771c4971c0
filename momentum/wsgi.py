"""The web process's application; Granian serves it."""

import os
from collections.abc import Callable, Iterable

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "momentum.settings")


def _application() -> Callable[..., Iterable[bytes]]:
    django = get_wsgi_application()
    from django.conf import settings

    from momentum.events.queries.public_version import public_version
    from momentum.ui.page_cache import PageCache

    # While templates are being worked on, each page is made anew.
    return django if settings.DEBUG else PageCache(django, version=public_version.present)


application = _application()
