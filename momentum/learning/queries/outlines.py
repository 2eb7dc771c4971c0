"""Courses and their lessons as everybody who is in them is shown them: kept by course (docs/adr/0026).

What is returned here is shared by threads and read only. Who is in a course is known to the caller.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from momentum.catalog.models import Course, CourseStatus, Lesson
from momentum.events.queries.public_version import cached_each
from momentum.learning.queries.syllabus import Line

# What `Line` says of a lesson, without what its learner did.
_LESSON = Line._fields[:9]


class Outline(NamedTuple):
    """A course, with its category, and its lessons in order, which are nobody's here; `ids` are theirs, as text."""

    course: Course
    lessons: list[Line]
    ids: list[str]

    @classmethod
    def of(cls, course: Course, lessons: list[Line]) -> "Outline":
        return cls(course, lessons, [str(line.id) for line in lessons])


@cached_each(size=2_000)
def outlines(courses: Collection[UUID]) -> dict[UUID, Outline]:
    """Return what is shown in these courses to those who are in them; two queries for all that aren't kept.

    One that isn't published says what it said when it last was; one that never was, or was neither put away nor kept,
    isn't there.
    """
    found = Course.objects.filter(pk__in=courses).select_related("category", "edition")
    lessons: dict[UUID, list[Line]] = defaultdict(list)
    published = Lesson.objects.published().filter(course__in=courses).order_by("course_id", "day")
    for lesson in published.values_list(*_LESSON):
        lessons[lesson[0]].append(Line(*lesson))
    made = {}
    for course in found.defer("description", "outcomes"):
        if kept := course.kept:
            own = [Line(*(getattr(one, name) for name in _LESSON)) for one in kept.lessons(course)]
            made[course.pk] = Outline.of(kept.lay_over(course), own)
        elif course.status in {CourseStatus.PUBLISHED, CourseStatus.ARCHIVED}:
            made[course.pk] = Outline.of(course, lessons[course.pk])
    return made
