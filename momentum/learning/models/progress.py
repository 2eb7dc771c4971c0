"""What a learner has done in a lesson."""

import uuid
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, models
from django.utils import timezone
from psycopg.types.json import Json

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.ids import uuid7
from momentum.core.models import Row
from momentum.events.models import Event
from momentum.learning.models.learning_day import ReadingClock

# The beginning of a statement, which says next what else is done, or only selects.
BEGIN = """
    with begun as (
        insert into learning_progress
            (id, created_at, updated_at, user_id, lesson_id, started_at, seconds, video_position)
        values (%(id)s, %(now)s, %(now)s, %(user)s, %(lesson)s, %(at)s, 0, 0)
        on conflict (user_id, lesson_id) do nothing
        returning id
    )
"""
_OPEN = f"{BEGIN} select exists (select from begun)"  # noqa: S608 - constants only
_POSITION = """
    insert into learning_progress as known
        (id, created_at, updated_at, user_id, lesson_id, started_at, seconds, video_position, positioned_at)
    values (%(id)s, %(now)s, %(now)s, %(user)s, %(lesson)s, %(at)s, 0, %(position)s, %(at)s)
    on conflict (user_id, lesson_id) do update
        set video_position = excluded.video_position, positioned_at = excluded.positioned_at,
            updated_at = excluded.updated_at
        where known.positioned_at is null or known.positioned_at <= excluded.positioned_at
    returning id = %(id)s
"""

# A lesson that is complete already is left alone, and so are the day and the events then; of the events, that it was
# begun is told only where this began it. Whether it was the last one of those that learners are shown, which is those
# of the edition while there is one, is asked of all others: a statement doesn't see what it writes itself.
_COMPLETE = """
    with done as (
        insert into learning_progress as known
            (id, created_at, updated_at, user_id, lesson_id, started_at, completed_at, seconds, video_position)
        values (%(id)s, %(now)s, %(now)s, %(user)s, %(lesson)s, %(at)s, %(at)s, 0, 0)
        on conflict (user_id, lesson_id) do update
            set completed_at = greatest(excluded.completed_at, known.started_at), updated_at = excluded.updated_at
            where known.completed_at is null
        returning *
    ), today as (
        insert into learning_learningday as known
            (id, created_at, updated_at, user_id, date, seconds, lessons, finished_at, zone)
        select %(day)s, %(now)s, %(now)s, %(user)s, %(date)s, 0, 1, %(at)s, %(zone)s from done
        on conflict (user_id, date) do update
            set lessons = known.lessons + 1,
                finished_at = least(known.finished_at, excluded.finished_at),
                zone = case
                    when excluded.finished_at < coalesce(known.finished_at, 'infinity') then excluded.zone
                    else known.zone
                end,
                updated_at = excluded.updated_at
    ), told as (
        insert into events_event (id, name, at, actor_id, subject_id, data)
        select event.id, event.name, event.at, event.actor_id, event.subject_id, event.data
          from done, json_populate_recordset(null::events_event, %(events)s) event
         where done.id = %(id)s or event.name <> %(begun)s
    )
    select {columns}, done.id = %(id)s as begun, not exists (
        select from catalog_lesson lesson
          left join catalog_edition edition on edition.course_id = lesson.course_id
         where lesson.course_id = %(course)s and lesson.id <> %(lesson)s
           and case when edition.course_id is null then lesson.status = 'published' and not lesson.removed
               else edition.content->'lessons' @> jsonb_build_array(jsonb_build_object('id', lesson.id)) end
           and not exists (
               select from learning_progress other
                where other.user_id = %(user)s and other.lesson_id = lesson.id and other.completed_at is not null
           )
    ) as last
    from done
"""

# What is credited in the lesson is credited on the day.
_CREDIT = """
    learned as (
        insert into learning_progress as known
            (id, created_at, updated_at, user_id, lesson_id, started_at, seconds, video_position)
        select %(id)s, %(now)s, %(now)s, %(user)s, %(lesson)s, %(at)s, %(seconds)s, 0 where %(seconds)s > 0
        on conflict (user_id, lesson_id) do update
            set seconds = known.seconds + excluded.seconds, updated_at = excluded.updated_at
        returning id
    ), today as (
        insert into learning_learningday as known
            (id, created_at, updated_at, user_id, date, seconds, lessons, zone)
        select %(day)s, %(now)s, %(now)s, %(user)s, %(date)s, %(seconds)s, 0, '' from learned
        on conflict (user_id, date) do update
            set seconds = known.seconds + excluded.seconds, updated_at = excluded.updated_at
    )
    select id = %(id)s from learned
"""
_CREDIT_ALONE = f"with {_CREDIT}"
_CREDIT_BEAT = f"""
    with clock as (
        insert into learning_readingclock (user_id, lesson_id, beat_at) values (%(user)s, %(lesson)s, %(beat_at)s)
        on conflict (user_id) do update set lesson_id = excluded.lesson_id, beat_at = excluded.beat_at
    ), {_CREDIT}
"""  # noqa: S608 - constants only


class Completed(NamedTuple):
    """A lesson that was completed just now: whether it was `begun` by that, and the `last` one of its course."""

    progress: "Progress"
    begun: bool
    last: bool


class ProgressQuerySet(models.QuerySet["Progress"]):
    def completed(self) -> "ProgressQuerySet":
        return self.filter(completed_at__isnull=False)

    def begin(self, *, user: User, lesson: Lesson, at: datetime) -> bool:
        """Note that the learner began the lesson; say whether that wasn't known before."""
        return _is_true(_OPEN, values_of(user, lesson, at))

    def lock(self, *, user: User, lesson: Lesson) -> bool:
        """Lock what the learner did in the lesson until the transaction ends; say whether they have begun it."""
        return _locked.first(user=user.pk, lesson=lesson.pk) is not None

    def position(self, *, user: User, lesson: Lesson, at: datetime, seconds: int) -> bool:
        """Keep how far the video was watched, unless something later is known; say whether that began the lesson."""
        return _is_true(_POSITION, values_of(user, lesson, at) | {"position": seconds})

    def complete(
        self, *, user: User, lesson: Lesson, at: datetime, date: date, zone: str, begun: Event, done: Event
    ) -> Completed | None:
        """Complete the lesson, and count it on this day of the learner's calendar, which is `zone`'s.

        That it is `done` is stored with it, and that it was `begun` where it hadn't been.

        Return None, and change nothing, where it was complete before. Completing other lessons of the course has to
        wait until the transaction ends, or nobody can tell which was the last.
        """
        values = values_of(user, lesson, at) | {
            "day": uuid7(),
            "date": date,
            "zone": zone,
            "course": lesson.course_id,
            "events": Json([begun.as_json(), done.as_json()]),
            "begun": begun.name,
        }
        with connection.cursor() as cursor:
            cursor.execute(_COMPLETE_PROGRESS, values)
            row = cursor.fetchone()
        if row is None:
            return None
        known = Progress.from_db(self.db, [one.attname for one in _FIELDS], row[:-2])
        return Completed(known, begun=row[-2], last=row[-1])

    def credit(
        self,
        *,
        user: User,
        lesson: Lesson,
        at: datetime,
        seconds: int,
        date: date,
        clock: ReadingClock | None = None,
    ) -> bool:
        """Add seconds to the lesson and to this day of the learner's calendar, and keep the clock.

        Return whether the lesson was begun by that. Nothing is added for no seconds.
        """
        values = values_of(user, lesson, at) | {"day": uuid7(), "date": date, "seconds": seconds}
        if clock:
            return _is_true(_CREDIT_BEAT, values | {"beat_at": clock.beat_at})
        return _is_true(_CREDIT_ALONE, values)


@compiled
def _locked(user: Slot, lesson: Slot) -> "models.QuerySet[Progress, uuid.UUID]":
    return Progress.objects.select_for_update().filter(user=user, lesson=lesson).values_list("id", flat=True)


def _is_true(sql: str, values: dict[str, Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.fetchone() == (True,))


def values_of(user: User, lesson: Lesson, at: datetime) -> dict[str, Any]:
    """Return what `BEGIN`, and most else, takes."""
    return {"id": uuid7(), "now": timezone.now(), "user": user.pk, "lesson": lesson.pk, "at": at}


class Progress(Row):
    """One learner and one lesson. `seconds` is visible time, credited by the server."""

    # Found by the constraint below, which begins with it.
    user = models.ForeignKey(User, models.CASCADE, related_name="progress", db_index=False)
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="progress")
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    video_position = models.PositiveIntegerField(default=0)
    positioned_at = models.DateTimeField(null=True, blank=True)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "-completed_at"], name="progress_recent"),)
        constraints = (
            models.UniqueConstraint(fields=["user", "lesson"], name="progress_once"),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True)
                | models.Q(completed_at__gte=models.F("started_at")),
                name="progress_completed_after_started",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.lesson_id}"

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None


_FIELDS = Progress._meta.concrete_fields  # noqa: SLF001 - Django's own name
_COMPLETE_PROGRESS = _COMPLETE.format(columns=", ".join(f"done.{field.column}" for field in _FIELDS))
