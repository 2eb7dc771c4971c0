"""Keeping what can be found as the catalogue is."""

import uuid
from collections import Counter
from collections.abc import Iterable

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.expressions import Combinable

from momentum.catalog.models import Course, Lesson
from momentum.events.models import Event
from momentum.search.models import Document, Passage, Word
from momentum.search.texts import SIMPLE, config_of, plain, spelling

# PostgreSQL refuses vectors past a megabyte; sixty long lessons come near.
_LONGEST_LESSON = 200_000
_LONGEST_COURSE = 500_000
_AT_ONCE = 200

_COUNT_WORDS = """
insert into search_word (word, courses)
select word, number from unnest(%s::text[], %s::int[]) as counted(word, number) order by word
on conflict (word) do update set courses = search_word.courses + excluded.courses
"""


def follow_course(event: Event) -> None:
    """Reaction: what was done to a course, or in it, is found at once.

    It happens in the transaction of the cause and not in the worker, because it is a few milliseconds of SQL, done
    by administrators only; a course that was taken back would otherwise be found until the worker came round.
    """
    subject = str(event.subject_id)
    if event.name.startswith("lesson.") and "course" not in event.data:
        index(course_ids=Lesson.objects.filter(pk=subject).values_list("course_id", flat=True))
    else:
        index(course_ids=[uuid.UUID(event.data.get("course", subject))])


@transaction.atomic
def index(*, course_ids: Iterable[uuid.UUID]) -> None:
    """Make these courses' documents anew from the catalogue; those that aren't published lose theirs."""
    wanted = set(course_ids)
    before = _take_away(wanted)
    courses = list(Course.objects.published().filter(pk__in=wanted).select_related("category"))
    lessons: dict[uuid.UUID, list[Lesson]] = {course.pk: [] for course in courses}
    for lesson in Lesson.objects.published().filter(course__in=courses).order_by("course_id", "day"):
        lessons[lesson.course_id].append(lesson)
    documents = [_document(course, lessons[course.pk]) for course in courses]
    Document.objects.bulk_create(documents)
    Passage.objects.bulk_create(
        _passage(course, lesson) for course in courses for lesson in lessons[course.pk]
    )
    after = Counter(word for document in documents for word in document.spelling)
    after.subtract(before)
    _count_words(after)


@transaction.atomic
def rebuild() -> int:
    """Make everything anew, and return how many courses can be found now."""
    Passage.objects.all().delete()
    Document.objects.all().delete()
    Word.objects.all().delete()
    published = list(Course.objects.published().values_list("pk", flat=True))
    for start in range(0, len(published), _AT_ONCE):
        index(course_ids=published[start : start + _AT_ONCE])
    return len(published)


def _take_away(course_ids: set[uuid.UUID]) -> Counter[str]:
    # In order, and locked: two who index the same course follow one another.
    documents = Document.objects.filter(pk__in=course_ids).order_by("pk").select_for_update(of=("self",))
    words = Counter(word for known in documents.values_list("spelling", flat=True) for word in known)
    Passage.objects.filter(course_id__in=course_ids).delete()
    Document.objects.filter(pk__in=course_ids).delete()
    return words


def _document(course: Course, lessons: list[Lesson]) -> Document:
    config = config_of(course.language)
    text = plain(course.description)
    open_text = " ".join(_lesson_text(lesson) for lesson in lessons if lesson.preview)
    lesson_text = " ".join(map(_lesson_text, lessons))[:_LONGEST_COURSE]
    head = (
        _vector(course.title, config, "A")
        + _vector(f"{course.summary} {course.category.name}", config, "B")
        + _vector(text, config, "C")
    )
    return Document(
        course=course,
        config=config,
        title=_vector(course.title, SIMPLE, "A"),
        head=head,
        words=head + _vector(lesson_text, config, "D"),
        text=text,
        spelling=sorted(
            spelling(f"{course.title} {course.summary} {course.category.name} {text} {open_text}")
        ),
    )


def _passage(course: Course, lesson: Lesson) -> Passage:
    text = _lesson_text(lesson)
    return Passage(
        lesson=lesson, course=course, words=_vector(text, config_of(course.language), "D"), text=text
    )


def _lesson_text(lesson: Lesson) -> str:
    points = " ".join(lesson.key_points)
    return plain(f"{lesson.title}. {lesson.summary} {points} {lesson.content}")[:_LONGEST_LESSON]


def _vector(text: str, config: str, weight: str) -> Combinable:
    return SearchVector(Value(text), config=config, weight=weight)


def _count_words(changes: Counter[str]) -> None:
    changed = sorted((word, number) for word, number in changes.items() if number)
    if not changed:
        return
    with connection.cursor() as cursor:
        # In alphabetical order, so that two who publish at the same time can't wait for each other.
        cursor.execute(_COUNT_WORDS, [[word for word, _n in changed], [number for _word, number in changed]])
    if any(number < 0 for _word, number in changed):
        Word.objects.filter(courses__lte=0).delete()
