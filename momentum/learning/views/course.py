"""A course: its page, and its pictures for other sites and for mails."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from momentum.catalog.models import Course
from momentum.learning import queries
from momentum.learning.domain import social_images
from momentum.learning.queries.next_step import next_step
from momentum.learning.views.course_parts import cards_of, lessons_of, parts_of
from momentum.ui.caching import shared_when_anonymous


@require_safe
@shared_when_anonymous
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """A course, with the one right button for this visitor."""
    page = queries.course_page(user=request.user, slug=slug)
    context = {
        "page": page,
        "course": page.course,
        "step": next_step(page, user=request.user),
        "parts": parts_of(page),
        "lessons": lessons_of(page),
        "cards": cards_of(page),
    }
    return render(request, "learning/course.html", context)


@require_safe
def poster(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """Draw the poster. An older address, from a link shared long ago, gets today's for this once."""
    return _drawn(request, slug, digest, social_images.poster_of)


@require_safe
def picture(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """Draw the cover for mails, in which older addresses stay."""
    return _drawn(request, slug, digest, social_images.picture_of)


def _drawn(request: HttpRequest, slug: str, digest: str, draw: Callable[[Course], bytes]) -> HttpResponse:
    found = queries.visible_course(user=request.user, slug=slug)
    response = HttpResponse(draw(found), content_type="image/png")
    if found.is_visible and digest == social_images.digest_of(found):
        response["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response
