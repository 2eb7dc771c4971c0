"""The parts of a lesson's page that are the same for everybody who reads it in one language, rendered once."""

from typing import NamedTuple

from django.utils.translation import get_language
from markupsafe import Markup

from momentum.catalog.models import Lesson
from momentum.events.queries.public_version import cached
from momentum.learning import queries
from momentum.ui.fragments import macro

_TEMPLATE = "learning/lesson_parts.html"


class LessonParts(NamedTuple):
    """Markup of what the `lesson` says."""

    lesson: Lesson
    heading: Markup
    text: Markup
    margin: Markup
    answers: Markup


def parts_of(page: queries.LessonPage) -> LessonParts:
    """Return the parts, which are kept where the lesson on the page is."""
    found = _kept(page.course.slug, page.lesson.day, get_language()) if page.is_kept else None
    # It may have been edited between the two.
    return found if found and found.lesson is page.lesson else _rendered(page.lesson)


@cached(size=2_000)
def _kept(slug: str, day: int, _language: str | None) -> LessonParts | None:
    known = queries.public_lesson(slug, day)
    return _rendered(known.lesson) if known else None


def _rendered(lesson: Lesson) -> LessonParts:
    return LessonParts(
        lesson=lesson,
        heading=macro(_TEMPLATE, "heading")(lesson, lesson.course),
        text=macro(_TEMPLATE, "text")(lesson, lesson.course),
        margin=macro(_TEMPLATE, "margin")(lesson),
        answers=macro(_TEMPLATE, "answers")(lesson, lesson.course),
    )
