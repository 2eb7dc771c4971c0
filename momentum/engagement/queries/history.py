"""What is known of a learner when something more is counted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from momentum.engagement.domain.facts import LESSON
from momentum.engagement.domain.streaks import LessonDay
from momentum.engagement.models import LearnerStats

_FIELDS = LearnerStats._meta.concrete_fields  # noqa: SLF001 - Django's own name
# Over how many dates the lessons of a course went.
_SPAN = """
    select max((data->>'date')::date) - min((data->>'date')::date) + 1 from events_event
     where actor_id = %(user)s and name = %(lesson)s and data->>'course' = %(course)s and at <= %(at)s
"""
# What lies before a streak has no part in it, unless a lesson is counted there now.
_HISTORY = f"""
    select array(select badge from engagement_award where user_id = %(user)s),
           array(
               select json_build_array(date, lessons, finished_at, zone) from learning_learningday
                where user_id = %(user)s and lessons > 0
                  and (stats.streak_first is null or %(day)s < stats.streak_first or date >= stats.streak_first)
           ),
           person.celebrates,
           ({{span}}),
           {", ".join(f"stats.{field.column}" for field in _FIELDS)}
      from accounts_user person
      left join engagement_learnerstats stats on stats.user_id = person.id
     where person.id = %(user)s
"""  # noqa: S608 - names of our own columns
# Two statements, since PostgreSQL would plan one that may or may not look for the span anew each time.
_ANY, _WITH_SPAN = _HISTORY.format(span="null"), _HISTORY.format(span=_SPAN)


@dataclass(frozen=True)
class History:
    """What has to do with counting: the badges held, by slug; the days of the streak; whether badges are celebrated.

    `span` is over how many dates the lessons of the course went that was asked for. `stats` are new for somebody who
    has none yet; `known_at` is when they were last changed, None for new ones.
    """

    badges: frozenset[str]
    days: Sequence[LessonDay]
    celebrates: bool
    span: int | None
    stats: LearnerStats
    known_at: datetime | None


def history(user_id: uuid.UUID, *, day: date | None, course: str | None, at: datetime) -> History:
    """Return what is known of a learner, as of one moment: one query.

    Args:
        user_id: of the learner.
        day: the first on which a lesson is counted now, if any is; days since the streak began, or all where it was
            before that, are returned.
        course: the id of a course that is finished now.
        at: up to when lessons belong to it.
    """
    values: dict[str, Any] = {"user": user_id, "day": day, "course": course, "at": at, "lesson": LESSON}
    with connection.cursor() as cursor:
        cursor.execute(_WITH_SPAN if course else _ANY, values)
        badges, days, celebrates, span, *row = cursor.fetchone()
    stats, known_at = LearnerStats(user_id=user_id), None
    if row[0] is not None:
        stats = LearnerStats.from_db(connection.alias, [one.attname for one in _FIELDS], row)
        known_at = stats.updated_at
    return History(frozenset(badges), [_day(*one) for one in days], celebrates, span, stats, known_at)


def _day(day: str, lessons: int, finished_at: str | None, zone: str) -> LessonDay:
    moment = datetime.fromisoformat(finished_at) if finished_at else None
    return LessonDay(date.fromisoformat(day), lessons, moment, zone)
