"""A lesson, to read."""

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.accounts.models import User
from momentum.learning import queries
from momentum.learning.actions.progress import open_lesson
from momentum.learning.views.lesson_parts import context_of
from momentum.ui.caching import shared_when_anonymous


@require_safe
@shared_when_anonymous
def lesson(request: HttpRequest, slug: str, day: int) -> HttpResponse:
    """A day of a course. Opening it notes that the learner began."""
    page = queries.lesson_page(user=request.user, slug=slug, day=day, again=_again(request))
    if isinstance(request.user, User) and page.enrolment and not page.progress:
        with transaction.atomic():
            open_lesson(user=request.user, lesson=page.lesson)
    return render(request, "learning/lesson.html", context_of(page))


def _again(request: HttpRequest) -> uuid.UUID | None:
    """Return the question that is to be asked anew; what makes no sense in an address is left out."""
    try:
        return uuid.UUID(request.GET.get("again", ""))
    except ValueError:
        return None
