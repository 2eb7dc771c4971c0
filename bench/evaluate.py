"""How good the recommendations are: each learner's last course is hidden, and looked for in what is recommended.

The product's own code works on what is left, in a transaction that is rolled back. Beside it stand what most people
take, and what most people take from the learner's favourite shelf.
"""

import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

# Of each learner, the courses that something recommends.
type Lists = dict[uuid.UUID, list[uuid.UUID]]

SAMPLE = 5_000
_BATCH = 1_000

_HIDE = """
create temp table hidden on commit drop as
select distinct on (user_id) id, user_id, course_id from learning_enrolment
where user_id in (
    select user_id from learning_enrolment where status <> 'cancelled'
    group by user_id having count(*) >= 3 order by md5(user_id::text) limit %s
) and status <> 'cancelled'
order by user_id, enrolled_at desc, id desc
"""
_SHELF = (
    "select id, category_id from catalog_course where status = 'published' order by enrolment_count desc, id"
)
_COUNT = """
update catalog_course c set enrolment_count = (
    select count(*) from learning_enrolment e where e.course_id = c.id and e.status <> 'cancelled'
)
"""
_TAKEN = """
select e.user_id, array_agg(e.course_id), mode() within group (order by c.category_id)
from learning_enrolment e join catalog_course c on c.id = e.course_id
where e.user_id in (select user_id from hidden) group by 1
"""


@dataclass(frozen=True)
class Score:
    """How often the hidden course was among the first five and ten, and the mean of 1 / its place."""

    name: str
    hit5: float
    hit10: float
    mrr: float


@dataclass(frozen=True)
class Evaluation:
    """The scores of `learners` hidden courses, recommendations first; how long it took to work those out."""

    learners: int
    seconds: float
    scores: list[Score]


def evaluate(sample: int = SAMPLE) -> Evaluation:
    """Hide, choose, look, and put back."""
    from django.db import connection, transaction

    from momentum.recommendation.actions import candidates
    from momentum.recommendation.actions.recommendations import measure_courses
    from momentum.recommendation.models import Recommendation

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_HIDE, [sample])
        cursor.execute("select user_id, course_id from hidden")
        hidden: dict[uuid.UUID, uuid.UUID] = dict(cursor.fetchall())
        cursor.execute("delete from learning_enrolment where id in (select id from hidden)")
        cursor.execute(_COUNT)
        started = time.monotonic()
        measure_courses()
        learners = list(hidden)
        for first in range(0, len(learners), _BATCH):
            candidates.choose(learners[first : first + _BATCH])
        seconds = time.monotonic() - started
        ours: Lists = {}
        rows = Recommendation.objects.filter(learner__in=learners).order_by("learner", "place")
        for learner, course in rows.values_list("learner_id", "course_id"):
            ours.setdefault(learner, []).append(course)
        popular, favourite = _baselines(cursor)
        transaction.set_rollback(True)
    return Evaluation(
        len(hidden),
        seconds,
        [
            _score("recommended", hidden, ours),
            _score("most popular", hidden, popular),
            _score("popular in category", hidden, favourite),
        ],
    )


def _baselines(cursor: "CursorWrapper") -> tuple[Lists, Lists]:
    cursor.execute(_SHELF)
    shelf = cursor.fetchall()
    cursor.execute(_TAKEN)
    everywhere: Lists = {}
    at_home: Lists = {}
    for learner, taken, category in cursor.fetchall():
        known = set(taken)
        everywhere[learner] = _first(course for course, _category in shelf if course not in known)
        at_home[learner] = _first(
            course for course, where in shelf if where == category and course not in known
        )
    return everywhere, at_home


def _first(courses: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return [course for course, _place in zip(courses, range(10), strict=False)]


def _score(
    name: str, hidden: Mapping[uuid.UUID, uuid.UUID], lists: Mapping[uuid.UUID, Sequence[uuid.UUID]]
) -> Score:
    places = [
        lists[learner].index(course) + 1
        for learner, course in hidden.items()
        if course in lists.get(learner, ())
    ]
    number = max(1, len(hidden))
    return Score(
        name,
        hit5=sum(place <= 5 for place in places) / number,
        hit10=sum(place <= 10 for place in places) / number,
        mrr=sum(1 / place for place in places if place <= 10) / number,
    )
