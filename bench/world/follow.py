"""What would have followed from all that happened: standings and badges, the search index, recommendations.

The product's own code works it out, for everybody at once instead of event by event.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from itertools import batched
from typing import TYPE_CHECKING

from django.utils import timezone

from bench.world.copy import fill, ident

if TYPE_CHECKING:
    from momentum.engagement.actions.recount import Earned
    from momentum.engagement.models import LearnerStats

_AT_ONCE = 2_000

# Everybody's story in one pass over the events; asking learner by learner took a quarter of an hour.
_TOLD = """
select actor_id, json_agg(
    json_build_object('name', name, 'subject', subject_id, 'data', data, 'at', at) order by at, name desc, id
)
from events_event where name = any(%s) and actor_id is not null group by actor_id order by actor_id
"""


def follow(report: Callable[[str], None]) -> None:
    """Work everything out that isn't there yet."""
    from momentum.recommendation.actions.recommendations import choose_for_everybody
    from momentum.search.actions import rebuild

    parts = (
        (_stand, "standings and badges"),
        (rebuild, "what can be found"),
        (choose_for_everybody, "recommendations"),
    )
    for work, what in parts:
        started = time.monotonic()
        work()
        report(f"           {what} ({time.monotonic() - started:.0f} s)")


def _stand() -> None:
    from momentum.engagement.models import Award, LearnerStats

    now, number = timezone.now(), 0
    for some in batched(_earned(), _AT_ONCE):
        LearnerStats.objects.bulk_create([_stats(user_id, earned) for user_id, earned in some])
        awards = [(user_id, badge) for user_id, earned in some for badge in sorted(earned.badges)]
        lines = [
            f"{ident(0xB0, number + place)}\t{now}\t{now}\t{user_id}\t{badge}\t{now}\t{now}"
            for place, (user_id, badge) in enumerate(awards)
        ]
        number += fill(Award, "id created_at updated_at user_id badge at seen_at", lines)


def _earned() -> Iterator[tuple[uuid.UUID, "Earned"]]:
    from django.db import connection

    from momentum.engagement.actions.recount import earned_by
    from momentum.engagement.domain.facts import TOLD

    with connection.chunked_cursor() as cursor:
        cursor.execute(_TOLD, [list(TOLD)])
        while rows := cursor.fetchmany(_AT_ONCE):
            for user_id, told in rows:
                yield user_id, earned_by(told)


def _stats(user_id: uuid.UUID, earned: "Earned") -> "LearnerStats":
    from momentum.engagement.models import LearnerStats

    made = LearnerStats(
        user_id=user_id,
        points=earned.points,
        lessons=earned.facts.lessons,
        courses=earned.facts.courses,
        longest_course=earned.facts.longest_course,
        courses_in_time=earned.facts.courses_in_time,
        most_in_a_day=earned.facts.most_in_a_day,
    )
    made.keep(earned.streak)
    return made
