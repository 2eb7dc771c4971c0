"""What a course's page shows to everybody: kept while it stands in the catalogue (docs/adr/0026).

What is returned here is shared by threads and read only. Nobody's place in the course is known here; whether somebody
may see it is asked where their own rows are.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from momentum.catalog.models import Course, LessonStatus, Source
from momentum.core.compiled_queries import Slot, compiled
from momentum.events.queries.public_version import cached
from momentum.learning.models import Enrolment, Review
from momentum.learning.queries.syllabus import Line, lessons_of

REVIEWS_SHOWN = 4
RELATED = 3
# Others of a shelf that are kept, so that some are left for learners who are in many of them.
_POOL = 12
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class PublicCourse:
    """A course with its lessons, which are nobody's here; what its text rests on; and its newest published reviews."""

    course: Course
    lessons: tuple[Line, ...]
    source_titles: list[str]
    reviews: list[Review]


class CourseNumbers(NamedTuple):
    """What changes too often to be kept with the course: how many are in it and finished it, and who approved it."""

    enrolled: int
    finished: int
    approved_by: str


def public_course(slug: str) -> PublicCourse | None:
    """Return a course that stands in the catalogue, as everybody sees it; None where none does."""
    return _standing(slug)


def present_course(course: Course, *, drafts: bool) -> PublicCourse:
    """Return a course as it is now, wherever it stands, with unpublished lessons where `drafts`; nothing is kept.

    Without, one that isn't published says what it said when it last was.
    """
    lessons = lessons_of(course, drafts=drafts)
    source_titles: list[str] = vars(course)["source_titles"]
    if (edition := course.kept) and not drafts:
        course, source_titles = edition.lay_over(course), edition.source_titles
    return PublicCourse(course, lessons, source_titles, _reviews(course=course.pk))


@cached(size=500)
def _standing(slug: str) -> PublicCourse | None:
    course = course_by(slug=slug)
    return present_course(course, drafts=False) if course and course.is_visible else None


def course_by(*, slug: str) -> Course | None:
    """Return the course with its category and its `source_titles`, wherever it stands."""
    return _course.first(slug=slug)


@compiled
def _course(slug: Slot) -> QuerySet[Course]:
    sources = Source.objects.filter(lesson__course=OuterRef("pk"), lesson__status=LessonStatus.PUBLISHED)
    titles = sources.filter(lesson__removed=False).order_by("title").values("title").distinct()
    found = Course.objects.filter(slug=slug).select_related("category")
    return found.annotate(source_titles=ArraySubquery(titles))


@compiled
def _reviews(course: Slot) -> QuerySet[Review]:
    return Review.objects.filter(course=course).shown_to(None)[:REVIEWS_SHOWN]


@cached(size=2_000, seconds=1)
def course_numbers(course: UUID) -> CourseNumbers:
    """Count those who are in the course, and those who finished it: a second old at most."""
    return CourseNumbers(*(_numbers.first(course=course) or (0, 0, "")))


@compiled
def _numbers(course: Slot) -> "QuerySet[Course, tuple[int, int, str]]":
    finished = Enrolment.objects.filter(course=OuterRef("pk"), status=Enrolment.Status.COMPLETED).order_by()
    counted = finished.values("course").annotate(count=Count("pk")).values("count")
    found = Course.objects.filter(pk=course).annotate(finished=Coalesce(Subquery(counted), 0))
    return found.values_list("enrolment_count", "finished", Coalesce("reviewed_by__name", Value("")))


def related_to(course: Course, *, taken: frozenset[UUID]) -> list[Course]:
    """Return others of its shelf, the newest first, and of other shelves where it is short; none that are `taken`."""
    related: list[Course] = []
    for on_shelf, pool in zip((True, False), _pools(course.category_id), strict=True):
        if len(related) == RELATED:
            break
        left = list(islice((one for one in pool if one.pk != course.pk and one.pk not in taken), RELATED))
        if len(left) < RELATED and len(pool) == _POOL:  # they are in so many that none of those kept is left
            others = _others(course.category_id, on_shelf=on_shelf)
            left = list(others.exclude(pk__in=[course.pk, *taken])[:RELATED])
        related += left
    return related[:RELATED]


@cached(size=200)
def newest_beside(category: UUID) -> list[Course]:
    """Return the newest courses of this shelf and as many of all others, the newest first."""
    # Of two queries joined the database keeps no order, and Django puts them in that of the model.
    return sorted(_pool(category=category), key=lambda course: course.published_at or _NEVER, reverse=True)


@cached(size=200)
def _pools(category: UUID) -> tuple[list[Course], list[Course]]:
    """Return them by themselves: those of the shelf, and the others."""
    newest = newest_beside(category)
    on_shelf = [one for one in newest if one.category_id == category]
    return on_shelf, [one for one in newest if one.category_id != category]


@compiled
def _pool(category: Slot) -> "QuerySet[Course]":
    """The newest of this shelf, and those of all others, as many of each."""
    on_shelf, elsewhere = _others(category, on_shelf=True), _others(category, on_shelf=False)
    return on_shelf[:_POOL].union(elsewhere[:_POOL], all=True)


def _others(category: UUID | Slot, *, on_shelf: bool) -> "QuerySet[Course]":
    found = Course.objects.on_shelf().with_category().newest().defer("description", "outcomes")
    return found.filter(category=category) if on_shelf else found.exclude(category=category)
