"""What Granian serves: the gateway, which does all waiting for clients, before the pages."""

from momentum.core.gateway import Gateway
from momentum.core.heartbeat import Pulse
from momentum.ui.page_cache import PageCache
from momentum.wsgi import application as pages


def _gateway() -> Gateway:
    from django.conf import settings
    from django.db import connections

    from momentum.ui.errors import turned_away

    return Gateway(
        pages,
        behind_proxy=settings.BEHIND_PROXY,
        kept=pages.kept if isinstance(pages, PageCache) else None,
        page=turned_away,
        beat=Pulse().beat,
        on_thread_end=connections.close_all,
    )


application = _gateway()
