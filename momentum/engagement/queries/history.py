"""What is known of a learner when something more is counted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from momentum.engagement.domain.facts import LESSON
from momentum.engagement.domain.streaks import LessonDay

_HISTORY = """
    select array(select badge from engagement_award where user_id = %(user)s),
           array(
               select json_build_array(date, lessons, finished_at, zone) from learning_learningday
                where user_id = %(user)s and lessons > 0 and date >= %(since)s
           ),
           (select celebrates from accounts_user where id = %(user)s),
           (
               select max((data->>'date')::date) - min((data->>'date')::date) + 1 from events_event
                where %(course)s::text is not null and actor_id = %(user)s and name = %(lesson)s
                  and data->>'course' = %(course)s and at <= %(at)s
           )
"""


@dataclass(frozen=True)
class History:
    """What has to do with counting: the badges held, by slug; the days asked for; whether new badges are celebrated.

    `span` is over how many dates the lessons of the course went that was asked for.
    """

    badges: frozenset[str]
    days: Sequence[LessonDay]
    celebrates: bool
    span: int | None


def history(user_id: uuid.UUID, *, since: date, course: str | None, at: datetime) -> History:
    """Return what is known of a learner, in one query; `course` is the id of one whose span up to then is wanted."""
    values: dict[str, Any] = {"user": user_id, "since": since, "course": course, "at": at, "lesson": LESSON}
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, values)
        badges, days, celebrates, span = cursor.fetchone()
    return History(frozenset(badges), [_day(*row) for row in days], celebrates, span)


def _day(day: str, lessons: int, finished_at: str | None, zone: str) -> LessonDay:
    moment = datetime.fromisoformat(finished_at) if finished_at else None
    return LessonDay(date.fromisoformat(day), lessons, moment, zone)
