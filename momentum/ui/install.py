"""Momentum as an app on somebody's own device: the manifest, the service worker, the page for when nobody answers."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from momentum.ui.styles import stylesheet_url

# The scripts of every page, in static/ui/js/; a page's own come on top.
PAGE_SCRIPTS = (
    "page", "focus", "sending", "theme-toggle", "password-field", "search-box", "saved-state", "visit-choice",
)  # fmt: skip
_HERE = Path(__file__).parent
_WORKER = (_HERE / "static" / "ui" / "js" / "service-worker.js").read_text()
_PAGES = [
    (_HERE / "templates" / "install" / f"{name}.html").read_text() for name in ("offline", "signed_out")
]
_PAPER = "#f9f6f0"


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Say how Momentum is installed: https://www.w3.org/TR/appmanifest/."""
    said: dict[str, Any] = {
        "id": reverse("home"),
        "name": "Momentum",
        "short_name": "Momentum",
        "description": _("Short daily courses. Ten minutes a day, then you’re done."),
        "start_url": reverse("landing"),
        "scope": reverse("home"),
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": [
            _icon("192", "any"),
            _icon("512", "any"),
            _icon("maskable-512", "maskable"),
            {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


def _icon(name: str, purpose: str) -> dict[str, str]:
    size = name.rpartition("-")[2]
    return {
        "src": static(f"ui/icons/{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Send the service worker; it names what it keeps, so that it changes whenever any of that does."""
    kept = [
        reverse("ui:offline"),
        reverse("ui:signed-out"),
        stylesheet_url(),
        static("django_htmx/htmx-2.min.js"),
        *(static(f"ui/js/{name}.js") for name in ("theme", "offline", *PAGE_SCRIPTS)),
        *(static(f"ui/fonts/{name}.woff2") for name in ("newsreader-roman", "public-sans")),
        static("ui/icons.svg"),
        static("ui/mark.svg"),
    ]
    version = hashlib.sha256(f"{_WORKER}{_PAGES}{kept}".encode()).hexdigest()[:12]
    given = {
        "VERSION": version,
        "SHELL": kept,
        "SIGN_OUT": reverse("account_logout"),
        "SIGNED_OUT": reverse("ui:signed-out"),
        "ICON": static("ui/icons/192.png"),
        "BADGE": static("ui/icons/badge-96.png"),
        "PUSH": {
            "at": reverse("api:push"),
            "ack": reverse("api:push-ack"),
            "subscriptions": reverse("api:push-subscriptions"),
        },
    }
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    return HttpResponse(head + _WORKER, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """Show what the service worker shows when nobody answers: the same for everybody."""
    return render(request, "install/offline.html")


@require_safe
@cache_control(no_cache=True)
def signed_out(request: HttpRequest) -> HttpResponse:
    """Show what the service worker shows to who signed out while nobody answered: the same for everybody."""
    return render(request, "install/signed_out.html")
