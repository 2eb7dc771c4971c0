"""Events of before there were streaks are made to say what streaks need."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import connection

from momentum.engagement.actions.recount import differences, repair
from momentum.events.models import Event
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.models import LearningDay
from tests.factories import make_course, make_enrolment, make_user
from tests.learning.rows import lesson_of

pytestmark = pytest.mark.django_db


def test_they_get_the_day_in_the_learners_zone_and_the_length_of_the_course() -> None:
    user, course = make_user(time_zone="Asia/Tokyo"), make_course(days=2)
    make_enrolment(user, course, done=2, at=datetime(2026, 3, 2, 16, 0, tzinfo=UTC))
    for name, left_out in (("lesson.completed", "date"), ("course.completed", "days")):
        for event in Event.objects.filter(name=name):
            del event.data[left_out]
            event.save()
    migration = import_module("momentum.engagement.migrations.0002_what_older_events_lack")

    with connection.cursor() as cursor:
        for statement in (migration.DATES, migration.LENGTHS) * 2:
            cursor.execute(statement)

    completed = Event.objects.filter(name="lesson.completed").values_list("data__date", flat=True)
    assert list(completed) == ["2026-03-03", "2026-03-03"]
    assert Event.objects.get(name="course.completed").data["days"] == 2
    assert list(differences()) == []
    repair(user.id)
    assert list(differences()) == []


def test_they_get_the_zone_of_the_profile_where_it_gives_their_date() -> None:
    user, course = make_user(time_zone="Asia/Tokyo"), make_course(days=3)
    place = make_enrolment(user, course, at=datetime(2026, 3, 2, tzinfo=UTC))
    for day, hour in ((1, 3), (2, 16)):
        user.browser_zone = "" if day == 1 else "Europe/Berlin"
        complete_lesson(user=user, lesson=lesson_of(course, day), at=datetime(2026, 3, 2, hour, tzinfo=UTC))
    complete_lesson(user=user, lesson=lesson_of(course, 3), at=datetime(2026, 3, 3, 8, tzinfo=UTC))
    for event in Event.objects.filter(name="lesson.completed"):
        del event.data["zone"]
        event.save()
    LearningDay.objects.update(finished_at=None, zone="")
    migration = import_module("momentum.engagement.migrations.0003_zones_of_older_events")

    with connection.cursor() as cursor:
        for statement in (migration.ZONES, migration.DAYS) * 2:
            cursor.execute(statement)

    days = LearningDay.objects.filter(user=place.user).order_by("date")
    assert [(str(day.date), day.finished_at, day.zone) for day in days] == [
        ("2026-03-02", datetime(2026, 3, 2, 3, tzinfo=UTC), "Asia/Tokyo"),
        ("2026-03-03", datetime(2026, 3, 3, 8, tzinfo=UTC), "Asia/Tokyo"),
    ]
    assert list(differences()) == []
