"""The parts of a lesson's page that are the same for everybody who reads it in one language, rendered once."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup

from momentum.catalog.domain.citations import linked
from momentum.catalog.models import Course, Lesson, Source
from momentum.events.queries.public_version import cached
from momentum.learning import queries
from momentum.ui.fragments import macro
from momentum.ui.reverse import url

_TEMPLATE = "learning/lesson_parts.html"


class LessonParts(NamedTuple):
    """Markup of what the `lesson` says."""

    lesson: Lesson
    heading: Markup
    watching: Markup
    text: Markup
    margin: Markup
    answers: Markup


def context_of(page: queries.LessonPage) -> dict[str, Any]:
    """Return what `learning/lesson.html` is rendered with."""
    parts, rail = parts_of(page), rail_of(page)
    return {"page": page, "lesson": page.lesson, "course": page.course, "parts": parts, "rail": rail}


def parts_of(page: queries.LessonPage) -> LessonParts:
    """Return the parts, which are kept where the lesson on the page is."""
    found = _kept(page.course.slug, page.lesson.day, get_language()) if page.is_kept else None
    # It may have been edited between the two.
    return found if found and found.lesson is page.lesson else _rendered(page.lesson)


@cached(size=1_000)
def _kept(slug: str, day: int, _language: str | None) -> LessonParts | None:
    known = queries.public_lesson(slug, day)
    return _rendered(known.lesson) if known else None


def rail_of(page: queries.LessonPage) -> Markup:
    """Return the list of the lessons beside the text. Learners who are as far as each other are shown the same."""
    if not page.is_kept:
        return _rail(page.course, page.syllabus, page.lesson.day)
    states, today = queries.states_of(page.syllabus), timezone.localdate()
    course, rail = _kept_rail(page.course.slug, page.lesson.day, states, get_language(), today)
    return rail if course is page.course else _rail(page.course, page.syllabus, page.lesson.day)


@cached(size=2_000)
def _kept_rail(
    slug: str, day: int, states: queries.States, _language: str | None, _today: date
) -> tuple[Course | None, Markup]:
    known = queries.public_course(slug)
    if known is None:
        return None, Markup()
    return known.course, _rail(known.course, queries.rows_in(states, known.lessons), day)


def _rail(course: Course, rows: Sequence[queries.SyllabusRow], day: int) -> Markup:
    return macro("components/syllabus.html", "rail")(rows, course.slug, day, course.language)


def _address(source: Source, lesson: Lesson) -> str:
    """Return where learners see the page that a lesson cites."""
    return url("sources:source", lesson.course.slug, lesson.day, source.number)


def _watching(lesson: Lesson) -> Markup:
    video = getattr(lesson, "video", None)
    if video is None:
        return Markup()
    address = url("learning:video", lesson.id)
    return macro(_TEMPLATE, "watching")(queries.watching(video), lesson.course, address)


def _rendered(lesson: Lesson) -> LessonParts:
    pages = {source.number: _address(source, lesson) for source in lesson.open_sources}
    return LessonParts(
        lesson=lesson,
        heading=macro(_TEMPLATE, "heading")(lesson, lesson.course),
        watching=_watching(lesson),
        text=macro(_TEMPLATE, "text")(lesson, lesson.course, linked(lesson.content, pages)),
        margin=macro(_TEMPLATE, "margin")(lesson, pages),
        answers=macro(_TEMPLATE, "answers")(lesson, lesson.course),
    )
