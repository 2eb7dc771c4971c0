"""Queries that are composed once: they find what the same query finds when Django composes it each time."""

from typing import Any

import pytest
from django.db import connection, models
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from momentum.catalog.models import Course, Lesson, Question
from momentum.core.compiled import Slot, compiled
from tests.factories import make_course, make_question

pytestmark = pytest.mark.django_db


@compiled
def _lessons(course: Slot, days: Slot) -> models.QuerySet[Lesson]:
    found = Lesson.objects.filter(course=course, day__lte=days).select_related("course__category", "video")
    return found.annotate(title_of_all=F("course__title")).order_by("-day")


@compiled
def _questions(course: Slot) -> models.QuerySet[Question]:
    return Question.objects.filter(lesson__course=course)


@compiled
def _titles(slug: Slot) -> "models.QuerySet[Course, dict[str, Any]]":
    return Course.objects.filter(slug=slug).values("title", days=F("duration_days"))[:1]


@compiled
def _pairs(slug: Slot) -> "models.QuerySet[Course, tuple[str, list[str]]]":
    return Course.objects.filter(slug=slug).values_list("title", "outcomes")


def test_it_brings_objects_with_what_belongs_to_them() -> None:
    course = make_course(title="Tides", days=3)
    make_course(days=3)

    with CaptureQueriesContext(connection) as asked:
        found = _lessons(course=course.pk, days=2)
        said = [
            (one.day, one.course.category.name, vars(one)["title_of_all"], hasattr(one, "video"))
            for one in found
        ]

    assert said == [(day, course.category.name, "Tides", False) for day in (2, 1)]
    assert len(asked) == 1


def test_each_time_with_its_own_values() -> None:
    one, other = make_course(days=2), make_course(days=3)

    counts = [len(_lessons(course=course.pk, days=9)) for course in (one, other, one)]

    assert counts == [2, 3, 2]


def test_a_saved_object_is_like_any_other() -> None:
    course = make_course(days=1)
    lesson = _lessons(course=course.pk, days=1)[0]

    lesson.title = "Changed"
    lesson.save()

    assert Lesson.objects.get(pk=lesson.pk).title == "Changed"


def test_what_a_field_reads_from_the_database_is_read() -> None:
    question = make_question(make_course(days=1).lessons.get(day=1))

    [found] = _questions(course=question.lesson.course_id)

    assert vars(found).keys() == vars(Question.objects.get(pk=question.pk)).keys()
    assert found.choices == question.choices


def test_it_brings_values_too() -> None:
    course = make_course(title="Tides", days=2, outcomes=["Read a tide table"])

    assert _titles(slug=course.slug) == [{"title": "Tides", "days": 2}]
    assert _titles.first(slug=course.slug) == {"title": "Tides", "days": 2}
    assert _titles.first(slug="nothing") is None
    assert _pairs(slug=course.slug) == [("Tides", ["Read a tide table"])]


def test_a_value_is_never_read_as_sql() -> None:
    make_course(title="Tides")

    assert _titles(slug="' or true --") == []
    assert _titles(slug="%s") == []


def test_a_query_without_values_left_open_may_hold_any_text(django_assert_num_queries: Any) -> None:
    make_course(slug="sales", title="100 % of it isn't 'much'")
    make_course(slug="tides", title="Tides")
    asked = compiled(lambda: Course.objects.filter(title="100 % of it isn't 'much'").values_list("slug"))

    with django_assert_num_queries(2):
        answers = [asked() for _time in range(2)]

    assert answers == [[("sales",)]] * 2
