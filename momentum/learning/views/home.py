"""The front page."""

from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markupsafe import Markup

from momentum.accounts.models import User
from momentum.events.queries.public_version import cached
from momentum.learning import queries
from momentum.ui.caching import shared_when_anonymous
from momentum.ui.fragments import macro

_CARDS = 3


@require_safe
@shared_when_anonymous
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and show that it is true; to who is in the middle of a course, that course first."""
    lead = queries.lead(user=request.user) if isinstance(request.user, User) else None
    language = get_language()
    if lead is None:
        return render(request, "learning/home.html", {"introduction": _introduction(language)})
    shown = _shelf(language)
    cards = [card for course, card in shown.cards if course != lead.course.pk][:_CARDS]
    context = {"lead": lead, "cards": cards, "subjects": shown.subjects}
    return render(request, "learning/home_again.html", context)


@cached(size=20)
def _introduction(language: str | None) -> Markup:
    """Render what somebody is shown who has no course to go on with: the same for everybody."""
    courses = queries.on_front(9)
    introduction = macro("learning/introduction.html", "introduction")
    return introduction(courses, queries.sample_of(courses), queries.shelves(), queries.figures())


class _Shelf(NamedTuple):
    """Cards of courses, by their course, and links to the subjects."""

    cards: list[tuple[UUID, Markup]]
    subjects: Markup


@cached(size=20)
def _shelf(language: str | None) -> _Shelf:
    card = macro("components/card.html", "course_card")
    subjects = macro("learning/subjects.html", "subjects")(queries.shelves())
    return _Shelf(
        [(course.pk, card(course, heading=3)) for course in queries.on_front(_CARDS + 1)],
        subjects,
    )
