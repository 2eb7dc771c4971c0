"""The parts of a course's page that are the same for everybody who reads it in one language, rendered once."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup

from momentum.catalog.models import Course
from momentum.events.queries.public_version import cached
from momentum.learning import queries
from momentum.learning.domain import json_ld, social_images
from momentum.ui.fragments import macro

_TEMPLATE = "learning/course_parts.html"


class CourseParts(NamedTuple):
    """Markup of what the `course` says."""

    course: Course
    head: Markup
    crumbs: Markup
    heading: Markup
    picture: Markup
    facts: Markup
    outcomes: Markup
    about: Markup
    verdicts: Markup
    made: Markup
    sources: Markup


def parts_of(page: queries.CoursePage) -> CourseParts:
    """Return the parts, which are kept where the course on the page is."""
    found = _kept(page.course.slug, get_language()) if page.is_kept else None
    # It may have been edited between the two.
    return (
        found
        if found and found.course is page.course
        else _rendered(page.course, page.syllabus, page.source_titles)
    )


def cards_of(page: queries.CoursePage) -> list[Markup]:
    """Return the cards of the related courses."""
    kept = _cards(page.course.category_id, get_language())
    return [kept.get(course.pk) or _card(course) for course in page.related]


@cached(size=500)
def _kept(slug: str, _language: str | None) -> CourseParts | None:
    known = queries.public_course(slug)
    return _rendered(known.course, known.lessons, known.source_titles) if known else None


def _rendered(
    course: Course, lessons: "Sequence[queries.SyllabusRow | queries.Line]", sources: list[str]
) -> CourseParts:
    minutes = queries.minutes_of(lessons)
    structured = json_ld.course_data(course, minutes=minutes)
    return CourseParts(
        course=course,
        head=macro(_TEMPLATE, "head")(course, social_images.poster_path(course), structured),
        crumbs=macro(_TEMPLATE, "trail")(course),
        heading=macro(_TEMPLATE, "heading")(course),
        picture=macro(_TEMPLATE, "picture")(course),
        facts=macro(_TEMPLATE, "facts")(course, minutes),
        outcomes=macro(_TEMPLATE, "outcomes")(course),
        about=macro(_TEMPLATE, "about")(course),
        verdicts=macro(_TEMPLATE, "verdicts")(course),
        made=macro(_TEMPLATE, "made")(course, sources),
        sources=macro(_TEMPLATE, "origins")(sources),
    )


def lessons_of(page: queries.CoursePage) -> Markup:
    """Return the list of the lessons. Learners who are as far as each other are shown the same."""
    enrolled = page.enrolment is not None
    if not page.is_kept:
        return _lessons(page.course, page.syllabus, enrolled=enrolled)
    states, today = queries.states_of(page.syllabus), timezone.localdate()
    course, lessons = _kept_lessons(page.course.slug, states, get_language(), today, enrolled=enrolled)
    return lessons if course is page.course else _lessons(page.course, page.syllabus, enrolled=enrolled)


@cached(size=1_000)
def _kept_lessons(
    slug: str, states: queries.States, _language: str | None, _today: date, *, enrolled: bool
) -> tuple[Course | None, Markup]:
    known = queries.public_course(slug)
    if known is None:
        return None, Markup()
    rows = queries.rows_in(states, known.lessons)
    return known.course, _lessons(known.course, rows, enrolled=enrolled)


def _lessons(course: Course, rows: Sequence[queries.SyllabusRow], *, enrolled: bool) -> Markup:
    return macro(_TEMPLATE, "lessons")(rows, course.slug, course.language, enrolled)


@cached(size=100)
def _cards(category: UUID, _language: str | None) -> dict[UUID, Markup]:
    return {course.pk: _card(course) for course in queries.newest_beside(category)}


def _card(course: Course) -> Markup:
    return macro("components/card.html", "course_card")(course, heading=3)
