"""The front page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.accounts.models import User
from momentum.learning import queries
from momentum.ui.caching import shared_when_anonymous


@require_safe
@shared_when_anonymous
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and show that it is true; to who is in the middle of a course, that course first."""
    lead = queries.lead(user=request.user) if isinstance(request.user, User) else None
    context: dict[str, Any] = {"lead": lead, "shelves": queries.shelves()}
    if lead:
        return render(request, "learning/home_again.html", context | {"courses": queries.on_front(6)})
    courses = queries.on_front(9)
    context |= {"courses": courses, "sample": queries.sample_of(courses), "figures": queries.figures()}
    return render(request, "learning/home.html", context)
