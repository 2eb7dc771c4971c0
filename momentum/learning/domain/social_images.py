"""The pictures of a course that are shown elsewhere: by other sites beside a link to it, and in mails."""

import hashlib

from django.urls import reverse
from django.utils.translation import ngettext

from momentum.catalog.models import Course
from momentum.providers.typesetting import Poster, picture_png, poster_png
from momentum.ui.covers import EDITION as COVERS
from momentum.ui.covers import cover_svg, drawn_from, uploaded

# Raised when posters are drawn differently, so that nobody keeps the old one.
EDITION = "1"
WIDE_ENOUGH = 960


def poster_path(course: Course) -> str:
    """Return the path of the poster. It changes with what is on it, so the picture may be kept for ever."""
    return reverse("learning:poster", args=[course.slug, digest_of(course)])


def digest_of(course: Course) -> str:
    """Return what stands in the path for all that the poster depends on."""
    parts = (EDITION, COVERS, course.title, course.category.slug, course.duration_days, course.thumbnail.name)
    return hashlib.sha256("/".join(str(part) for part in parts).encode()).hexdigest()[:16]


def poster_of(course: Course) -> bytes:
    """Return the poster as PNG, 1200 by 630."""
    art, art_format = _art(course)
    line = ngettext("%(count)d day, one lesson", "%(count)d days, one lesson a day", course.duration_days)
    return poster_png(
        Poster(
            brand="Momentum",
            title=course.title,
            line=line % {"count": course.duration_days},
            days=course.duration_days,
            art=art,
            art_format=art_format,
        )
    )


def picture_path(course: Course) -> str:
    """Return the path of the cover as mails show it; as with `poster_path`, it may be kept for ever."""
    return reverse("learning:picture", args=[course.slug, digest_of(course)])


def picture_of(course: Course) -> bytes:
    """Return the cover as PNG, 432 by 324."""
    return picture_png(*_art(course))


def _art(course: Course) -> tuple[bytes, str]:
    if not course.thumbnail:
        return cover_svg(drawn_from(course), course.category.slug).encode(), "svg"
    name = str(course.thumbnail.name)
    kept = uploaded.sizes(name)
    fitting = [file for width, file in kept.items() if width >= WIDE_ENOUGH]
    with course.thumbnail.storage.open(fitting[0] if fitting else name) as file:
        return file.read(), name.rpartition(".")[2].lower()
