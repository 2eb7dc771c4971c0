"""What a lesson's page shows to everybody who may read it: kept while its course stands in the catalogue.

What is returned here is shared by threads and read only. It says nothing about who may read it: `lesson_page` asks
that of the visitor's own rows, each time.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from momentum.catalog.models import Lesson, gather_parts
from momentum.core.compiled_queries import Slot, compiled
from momentum.events.queries.public_version import cached
from momentum.learning.queries.public_course import public_course
from momentum.learning.queries.syllabus import Line, lessons_of


@dataclass(frozen=True)
class PublicLesson:
    """A lesson with its course and all its parts, and the lessons of the course."""

    lesson: Lesson
    lessons: tuple[Line, ...]


@cached(size=1_000)
def public_lesson(slug: str, day: int) -> PublicLesson | None:
    """Return a published lesson of a course that stands in the catalogue; None where there is none."""
    known = public_course(slug)
    lesson = _published.first(course=known.course.pk, day=day) if known else None
    if known is None or lesson is None:
        return None
    lesson.course = known.course
    gather_parts(lesson)
    return PublicLesson(lesson, known.lessons)


def present_lesson(lesson: Lesson, *, drafts: bool) -> PublicLesson:
    """Return a lesson as it is now, or as an edition kept it, which has its parts; nothing is kept.

    Args:
        lesson: as `_found` returns it, with its course.
        drafts: whether the lessons of the course are the present ones, with those that aren't published.
    """
    if lesson.course.kept is None or drafts:
        gather_parts(lesson)
    return PublicLesson(lesson, lessons_of(lesson.course, drafts=drafts))


@compiled
def _published(course: Slot, day: Slot) -> QuerySet[Lesson]:
    return Lesson.objects.published().filter(course=course, day=day).select_related("video")[:1]
