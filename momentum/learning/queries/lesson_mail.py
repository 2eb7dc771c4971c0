"""A lesson's text for a mail. Whether somebody may read the lesson is asked where their own rows are."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from momentum.catalog.domain.mail_text import MailText, first_lines, mail_text
from momentum.catalog.models import Course, Lesson, gather_parts
from momentum.learning.queries.public_lesson import public_lesson


def lesson_text(course: Course, day: int) -> Lesson | None:
    """Return the lesson of this day with all its parts, as who is in the course is shown it; None where there is none.

    No query while the course stands in the catalogue and nothing public changed; two for others.

    Args:
        course: as `outlines` returns it.
        day: the lesson's.
    """
    if known := public_lesson(course.slug, day):
        return known.lesson
    if kept := course.kept:
        return kept.lesson(course, day=day)
    lesson = Lesson.objects.published().filter(course=course.pk, day=day).select_related("video").first()
    if lesson:
        lesson.course = course
        gather_parts(lesson)
    return lesson


def page_of(lesson: Lesson) -> str:
    """Return the full address of the lesson's page."""
    return settings.BASE_URL + reverse("learning:lesson", args=[lesson.course.slug, lesson.day])


def beginning(lesson: Lesson) -> list[str]:
    """Return the lesson's first lines, as plain text."""
    return first_lines(lesson.content) or ([lesson.summary] if lesson.summary else [])


def whole_text(lesson: Lesson) -> MailText:
    """Return all of the lesson's text."""
    return _whole(lesson.content, page_of(lesson))


@lru_cache(maxsize=200)  # of one lesson thousands go out
def _whole(content: str, page: str) -> MailText:
    return mail_text(content, page=page)
