"""The bench's made-up world: whole, the same every time, and good enough to tell recommendations apart."""

from datetime import date
from itertools import islice
from typing import Any

import pytest
from django.db import connection

from bench.evaluate import evaluate
from bench.world import SMALL, follow, load
from bench.world.catalogue import Catalogue
from bench.world.histories import histories
from momentum.catalog.models import Course, Lesson
from momentum.engagement.actions.recount import differences
from momentum.engagement.models import Award, LearnerStats
from momentum.learning.models import Enrolment, LearningDay, Progress
from momentum.recommendation.models import Recommendation
from momentum.search.models import Document

pytestmark = pytest.mark.django_db

_ORPHANS = """
select (select count(*) from learning_enrolment e where not exists (select from catalog_course where id = e.course_id))
    + (select count(*) from learning_enrolment e where not exists (select from accounts_user where id = e.user_id))
    + (select count(*) from learning_progress p where not exists (select from catalog_lesson where id = p.lesson_id))
    + (select count(*) from learning_progress p where not exists (
        select from learning_enrolment e join catalog_lesson l using (course_id)
        where e.user_id = p.user_id and l.id = p.lesson_id
    ))
    + (select count(*) from catalog_actionitem a where not exists (select from catalog_lesson where id = a.lesson_id))
"""


@pytest.fixture
def world(db: None) -> None:
    load(SMALL, end=date(2026, 11, 1))


def _plan() -> list[Any]:
    return [
        (learner.joined, learner.zone, [(taken.course.number, taken.done) for taken in learner.taken])
        for learner in islice(histories(SMALL, Catalogue(SMALL)), 50)
    ]


def test_the_same_seed_makes_the_same_world() -> None:
    assert _plan() == _plan()


def test_a_world_is_whole(world: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS)
        orphans = cursor.fetchone()[0]

    finished = Enrolment.objects.filter(status="completed").first()
    assert orphans == 0
    assert Course.objects.published().count() == SMALL.courses
    assert Lesson.objects.published().count() >= 7 * SMALL.courses
    assert Progress.objects.count() > 10_000
    assert LearningDay.objects.filter(lessons__gt=0).exists()
    assert finished is not None
    assert not finished.lessons_left().exists()
    popular = Course.objects.order_by("-enrolment_count")
    assert popular[0].enrolment_count == Enrolment.objects.current().filter(course=popular[0]).count()
    # A few courses have most of the learners.
    assert popular[0].enrolment_count > 5 * popular[SMALL.courses // 2].enrolment_count


def test_recommendations_find_what_learners_took_more_often_than_the_most_popular_courses_do(
    world: None,
) -> None:
    enrolments = Enrolment.objects.count()

    found = evaluate(sample=400)

    recommended, popular, favourite = found.scores
    assert found.learners > 200
    assert recommended.hit5 > 1.3 * popular.hit5
    assert recommended.hit10 > 1.3 * popular.hit10
    assert recommended.mrr > 1.3 * popular.mrr
    assert recommended.mrr > favourite.mrr
    assert Enrolment.objects.count() == enrolments


def test_what_follows_from_what_happened_is_what_the_product_says(world: None) -> None:
    follow(lambda _line: None)

    assert list(differences()) == []
    assert LearnerStats.objects.filter(points__gt=0).exists()
    assert Award.objects.exists()
    assert Document.objects.count() == SMALL.courses
    # Who left all they began is shown what newcomers are.
    learners = Enrolment.objects.exclude(status="cancelled").values("user").distinct().count()
    assert Recommendation.objects.filter(place=1, learner__isnull=False).count() == learners
