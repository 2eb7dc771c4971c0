"""The front page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.accounts.models import User
from momentum.learning import reading
from momentum.ui.caching import shared_when_anonymous


@require_safe
@shared_when_anonymous
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and show that it is true; to who is in the middle of a course, that course first."""
    lead = reading.lead(user=request.user) if isinstance(request.user, User) else None
    context: dict[str, Any] = {"lead": lead, "shelves": reading.shelves()}
    if lead:
        return render(request, "learning/home_again.html", context | {"courses": reading.on_front(6)})
    courses = reading.on_front(9)
    context |= {"courses": courses, "sample": reading.sample_of(courses), "figures": reading.figures()}
    return render(request, "learning/home.html", context)
