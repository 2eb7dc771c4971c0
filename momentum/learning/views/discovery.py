"""What search engines ask for."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from momentum.catalog.models import Course, Lesson

# More than a file may hold by the protocol (sitemaps.org) would need an index of files.
MOST = 50_000
HIDDEN = ("/account/", "/api/", "/panel/")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page that anybody may read, and when it changed."""
    courses = Course.objects.on_shelf().newest().values_list("slug", "updated_at")[: MOST // 2]
    lessons = (
        Lesson.objects.open_to_all()
        .order_by("course", "day")
        .values_list("course__slug", "day", "updated_at")
    )
    pages: list[tuple[str, datetime | None]] = [(reverse("home"), None), (reverse("catalog:catalogue"), None)]
    pages += [(reverse("learning:course", args=[slug]), at) for slug, at in courses]
    pages += [
        (reverse("learning:lesson", args=[slug, day]), at) for slug, day, at in lessons[: MOST // 2 - 2]
    ]
    return _kept_for_an_hour(
        render(request, "learning/sitemap.xml", {"pages": pages}, content_type="application/xml")
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what isn't worth a visit. Certificates may be visited, to be told that they are not to be listed."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in HIDDEN), ""]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('learning:sitemap')}")
    return _kept_for_an_hour(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


def _kept_for_an_hour(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=3600)
    return response
