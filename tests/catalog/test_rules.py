"""What holds for the whole catalogue: who may change it, what the database refuses, and its shelves."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from momentum.accounts.models import User
from momentum.catalog import actions
from momentum.catalog.models import Category, Course
from momentum.core.errors import ForbiddenError
from tests.catalog.rows import snapshot
from tests.factories import make_category, make_course

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        lambda user, course: actions.create_course(actor=user, title="Mine", category=course.category),
        lambda user, course: actions.edit_course(actor=user, course=course, title="Mine"),
        lambda user, course: actions.publish_course(actor=user, course=course),
        lambda user, course: actions.withdraw_course(actor=user, course=course),
        lambda user, course: actions.archive_course(actor=user, course=course),
        lambda user, course: actions.delete_course(actor=user, course=course),
        lambda user, course: actions.duplicate_course(actor=user, course=course),
        lambda user, course: actions.export_course(actor=user, course=course),
        lambda user, course: actions.add_lesson(actor=user, course=course, title="Mine"),
        lambda user, course: actions.edit_lesson(actor=user, lesson=course.lessons.get(day=1), title="Mine"),
        lambda user, course: actions.publish_lesson(actor=user, lesson=course.lessons.get(day=1)),
        lambda user, course: actions.withdraw_lesson(actor=user, lesson=course.lessons.get(day=1)),
        lambda user, course: actions.move_lesson(
            actor=user, lesson=course.lessons.get(day=1), direction="down"
        ),
        lambda user, course: actions.reorder_lessons(actor=user, course=course, lesson_ids=[]),
        lambda user, course: actions.delete_lesson(actor=user, lesson=course.lessons.get(day=1)),
    ],
)
def test_nobody_but_an_administrator_changes_the_catalogue(learner: User, change: Any) -> None:
    course = make_course(published=False)
    before = snapshot()

    with pytest.raises(ForbiddenError):
        change(learner, course)

    assert snapshot() == before


def test_a_suspended_administrator_changes_nothing(admin: User) -> None:
    course = make_course()
    admin.is_active = False

    with pytest.raises(ForbiddenError):
        actions.archive_course(actor=admin, course=course)

    course.refresh_from_db()
    assert course.is_published


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"status": "lost"},
        {"status": "published", "published_at": None},
        {"access": "paid", "price_minor": None},
        {"access": "paid", "price_minor": 100, "currency": "eur"},
        {"access": "premium", "price_minor": 100, "currency": "EUR"},
        {"duration_days": 0},
        {"level": "x"},
    ],
)
def test_the_database_refuses_a_course_that_breaks_the_rules(fields: Any) -> None:
    course = make_course(published=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(pk=course.pk).update(**fields)


def test_the_database_allows_one_lesson_a_day() -> None:
    course = make_course(published=False)

    course.lessons.filter(day=2).update(day=1)

    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_six_shelves_are_there_from_the_beginning() -> None:
    assert list(Category.objects.values_list("slug", flat=True)) == [
        "business-leadership",
        "personal-development",
        "technology-data",
        "health-wellness",
        "creative-skills",
        "communication",
    ]


def test_shelves_count_their_published_courses(django_assert_num_queries: Any) -> None:
    shelf = make_category()
    make_course(category=shelf)
    make_course(category=shelf, published=False)

    with django_assert_num_queries(1):
        counts = {category.slug: category.course_count for category in Category.objects.with_counts()}

    assert counts[shelf.slug] == 1
    assert counts["communication"] == 0
