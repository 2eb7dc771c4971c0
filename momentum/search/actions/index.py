"""Keeping what can be found as the catalogue is."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import connection, transaction

from momentum.catalog.models import Course, Lesson
from momentum.catalog.queries.offers import OFFER
from momentum.events.models import Event
from momentum.search.domain import ngrams
from momentum.search.domain.text import config_of, plain, spelling
from momentum.search.models import Document, FacetGroup, Passage, Word

# PostgreSQL refuses vectors past a megabyte; sixty long lessons come near.
_LONGEST_LESSON = 200_000
_LONGEST_COURSE = 500_000
_AT_ONCE = 200

# Texts go to PostgreSQL as they are, a batch a statement, and each lesson is taken apart into words only once: what a
# course's lessons say is joined from the vectors of its passages.
_WRITE_PASSAGES = """
insert into search_passage (lesson_id, course_id, text, words)
select lesson, course, text, setweight(to_tsvector(config::regconfig, coalesce(apart, text)), 'D')
from unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[])
    as given (lesson, course, config, text, apart)
"""
_WRITE_DOCUMENTS = """
insert into search_document (course_id, kind_id, learners, config, title, head, words, text, spelling)
select course, kind, learners, config, title_grams::tsvector || setweight(to_tsvector('simple', title), 'A'),
    head_grams::tsvector || head, grams::tsvector || head || coalesce(lessons, ''), text,
    string_to_array(spelling, ' ')
from unnest(%(courses)s::uuid[], %(kinds)s::bigint[], %(learners)s::int[], %(configs)s::text[], %(titles)s::text[],
    %(seconds)s::text[], %(texts)s::text[], %(aparts)s::text[], %(spellings)s::text[], %(title_grams)s::text[],
    %(head_grams)s::text[], %(grams)s::text[])
    as given (course, kind, learners, config, title, second, text, apart, spelling, title_grams, head_grams, grams)
cross join lateral (
    select setweight(to_tsvector(config::regconfig, title), 'A')
        || setweight(to_tsvector(config::regconfig, second), 'B')
        || setweight(to_tsvector(config::regconfig, coalesce(apart, text)), 'C') as head
) heads
left join (
    select course_id, search_joined(words order by day) as lessons from (
        select passage.course_id, passage.words, lesson.day,
            sum(length(passage.text)) over (partition by passage.course_id order by lesson.day) as length
        from search_passage passage join catalog_lesson lesson on lesson.id = passage.lesson_id
        where passage.course_id = any(%(courses)s)
    ) passages where length <= %(longest)s group by course_id
) said on said.course_id = course
"""
_FOLLOW_LEARNERS = """
update search_document set learners = course.enrolment_count from catalog_course course
where course.id = course_id and learners <> course.enrolment_count
"""
_COUNT_WORDS = """
insert into search_word (word, courses)
select word, number from unnest(%s::text[], %s::int[]) as counted(word, number) order by word
on conflict (word) do update set courses = search_word.courses + excluded.courses
"""


@dataclass(frozen=True)
class _Text:
    """What a course says: `second` are its summary and shelf, `text` is its description without markup."""

    course: Course
    second: str
    text: str
    lessons: Sequence[str]
    words: set[str]


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
    after = _write(wanted)
    after.subtract(before)
    _count_words(after)


@transaction.atomic
def follow_learners() -> int:
    """Take over how many learners each course has by now, and return for how many that changed."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW_LEARNERS)
        return int(cursor.rowcount)


@transaction.atomic
def rebuild() -> int:
    """Make everything anew, and return how many courses can be found now."""
    Passage.objects.all().delete()
    Document.objects.all().delete()
    Word.objects.all().delete()
    published = list(Course.objects.published().values_list("pk", flat=True))
    words: Counter[str] = Counter()
    for some in batched(published, _AT_ONCE):
        words.update(_write(some))
    _count_words(words)
    return len(published)


def catch_up() -> None:
    """Make everything anew where nothing can be found although there are courses: a new version came to it."""
    if not Document.objects.exists() and Course.objects.published().exists():
        rebuild()


def _take_away(course_ids: set[uuid.UUID]) -> Counter[str]:
    # In order, and locked: two who index the same course follow one another.
    documents = Document.objects.filter(pk__in=course_ids).order_by("pk").select_for_update(of=("self",))
    words = Counter(word for known in documents.values_list("spelling", flat=True) for word in known)
    Passage.objects.filter(course_id__in=course_ids).delete()
    Document.objects.filter(pk__in=course_ids).delete()
    return words


def _write(course_ids: Iterable[uuid.UUID]) -> Counter[str]:
    """Write the documents of those that are published; return in how many of them each open word stands."""
    published = Course.objects.published().filter(pk__in=course_ids).select_related("category")
    published = published.annotate(offer=OFFER)
    courses = {course.pk: course for course in published}
    wanted = Lesson.objects.published().filter(course__in=courses).order_by("course_id", "day")
    lessons = [(lesson, _lesson_text(lesson)) for lesson in wanted]
    own: dict[uuid.UUID, list[tuple[Lesson, str]]] = {pk: [] for pk in courses}
    for lesson, text in lessons:
        own[lesson.course_id].append((lesson, text))
    texts = [_text(course, own[pk]) for pk, course in courses.items()]
    with connection.cursor() as cursor:
        if lessons:
            cursor.execute(_WRITE_PASSAGES, _passages(lessons, courses))
        if texts:
            cursor.execute(_WRITE_DOCUMENTS, _documents(texts))
    return Counter(word for text in texts for word in text.words)


def _passages(lessons: Sequence[tuple[Lesson, str]], courses: dict[uuid.UUID, Course]) -> list[Any]:
    return [
        [lesson.pk for lesson, _text in lessons],
        [lesson.course_id for lesson, _text in lessons],
        [config_of(courses[lesson.course_id].language) for lesson, _text in lessons],
        [text for _lesson, text in lessons],
        [_apart(text) for _lesson, text in lessons],
    ]


def _documents(texts: Sequence[_Text]) -> dict[str, Any]:
    return {
        "courses": [text.course.pk for text in texts],
        "kinds": _kinds([text.course for text in texts]),
        "learners": [text.course.enrolment_count for text in texts],
        "configs": [config_of(text.course.language) for text in texts],
        "titles": [ngrams.apart(text.course.title) for text in texts],
        "seconds": [ngrams.apart(text.second) for text in texts],
        "texts": [text.text for text in texts],
        "aparts": [_apart(text.text) for text in texts],
        "title_grams": [ngrams.vector(("A", text.course.title)) for text in texts],
        "head_grams": [ngrams.vector(*_head(text)) for text in texts],
        "grams": [ngrams.vector(*_head(text), *(("D", one) for one in text.lessons)) for text in texts],
        "spellings": [" ".join(sorted(text.words)) for text in texts],
        "longest": _LONGEST_COURSE,
    }


def _kinds(courses: Sequence[Course]) -> list[int]:
    """Return the kind of each course, made where it is the first of it."""
    offers: list[str] = [course.offer for course in courses]  # type: ignore[attr-defined]  # annotated
    keys = [
        (course.category_id, course.duration_days, offer, course.level, course.language)
        for course, offer in zip(courses, offers, strict=True)
    ]
    fields = ("category_id", "days", "offer", "level", "language")
    new = [FacetGroup(**dict(zip(fields, key, strict=True))) for key in sorted(set(keys))]
    FacetGroup.objects.bulk_create(new, ignore_conflicts=True)
    known = {tuple(key): kind for kind, *key in FacetGroup.objects.values_list("id", *fields)}
    return [known[key] for key in keys]


def _text(course: Course, lessons: Sequence[tuple[Lesson, str]]) -> _Text:
    second = f"{course.summary} {course.category.name}"
    text = plain(course.description)
    open_texts = [text for lesson, text in lessons if lesson.preview]
    words = spelling(" ".join((course.title, second, text, *open_texts)))
    return _Text(course, second, text, [text for _lesson, text in lessons], words)


def _head(text: _Text) -> tuple[tuple[str, str], ...]:
    return ("A", text.course.title), ("B", text.second), ("C", text.text)


def _apart(text: str) -> str | None:
    """Return what PostgreSQL is to take apart into words, where that isn't the text itself."""
    return ngrams.apart(text) if ngrams.has_runs(text) else None


def _lesson_text(lesson: Lesson) -> str:
    points = " ".join(lesson.key_points)
    return plain(f"{lesson.title}. {lesson.summary} {points} {lesson.content}")[:_LONGEST_LESSON]


def _count_words(changes: Counter[str]) -> None:
    changed = sorted((word, number) for word, number in changes.items() if number)
    if not changed:
        return
    with connection.cursor() as cursor:
        # In alphabetical order, so that two who publish at the same time can't wait for each other.
        cursor.execute(_COUNT_WORDS, [[word for word, _n in changed], [number for _word, number in changed]])
    if any(number < 0 for _word, number in changed):
        Word.objects.filter(courses__lte=0).delete()
