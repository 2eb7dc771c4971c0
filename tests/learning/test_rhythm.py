"""Courses that open a lesson a day: which days are open to whom, and when, by the learner's own calendar."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.actions import edit_course
from momentum.catalog.models import Course, Lesson
from momentum.core.errors import ForbiddenError, SignInRequiredError
from momentum.events.models import Event
from momentum.learning.actions.answers import answer
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol, leave_course
from momentum.learning.actions.progress import Beat, credit_reading, open_lesson, record_heartbeat, tick
from momentum.learning.actions.video import keep_position
from momentum.learning.models import Answer, Enrolment, LearningDay, Progress, Tick
from momentum.learning.permissions import can_open, require_open
from tests.factories import make_course, make_question, make_user
from tests.learning.rows import lesson_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)  # a Tuesday

DAY = timedelta(days=1)

SECOND = timedelta(seconds=1)

ZONES = (
    "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Los_Angeles", "America/Havana", "Africa/Cairo",
    "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/London",
)  # fmt: skip


def _open(user: User, course: Course, at: datetime) -> list[int]:
    lessons = Lesson.objects.filter(course=course).select_related("course__category").order_by("day")
    return [lesson.day for lesson in lessons if can_open(user, lesson, at=at)]


def _local(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]  # year first


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])
def test_a_day_opens_at_midnight_where_the_learner_is(tides: Course, zone: str) -> None:
    user = make_user(time_zone=zone)
    enrol(user=user, course=tides, at=_local(zone, 2026, 1, 14, 23, 59))

    assert _open(user, tides, _local(zone, 2026, 1, 14, 23, 59)) == [1]
    assert _open(user, tides, _local(zone, 2026, 1, 15)) == [1, 2]
    assert _open(user, tides, _local(zone, 2026, 1, 16) - SECOND) == [1, 2]
    assert _open(user, tides, _local(zone, 2026, 1, 16)) == [1, 2, 3]
    assert _open(user, tides, _local(zone, 2026, 3, 1)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("zone", "before", "first"),
    [
        # An hour is skipped, one comes twice, midnight doesn't exist, and midnight comes twice.
        ("America/New_York", datetime(2026, 3, 7, 21, tzinfo=UTC), datetime(2026, 3, 9, 4, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 10, 31, 21, tzinfo=UTC), datetime(2026, 11, 2, 5, tzinfo=UTC)),
        ("Africa/Cairo", datetime(2026, 4, 22, 21, tzinfo=UTC), datetime(2026, 4, 23, 22, tzinfo=UTC)),
        ("America/Havana", datetime(2026, 10, 31, 21, tzinfo=UTC), datetime(2026, 11, 2, 5, tzinfo=UTC)),
    ],
)
def test_a_day_opens_at_midnight_on_days_that_are_longer_or_shorter(
    tides: Course, zone: str, before: datetime, first: datetime
) -> None:
    user = make_user(time_zone=zone)
    enrol(user=user, course=tides, at=before)
    day = (first.astimezone(ZoneInfo(zone)).date() - before.astimezone(ZoneInfo(zone)).date()).days + 1

    assert not can_open(user, lesson_of(tides, day), at=first - SECOND)
    assert can_open(user, lesson_of(tides, day), at=first)


def test_what_is_open_is_as_many_days_as_the_learner_has_seen_begin(tides: Course) -> None:
    """Against a calendar on the wall: a leaf is torn off whenever the date in the zone changes."""
    chance = random.Random(11)
    user = make_user()
    place = enrol(user=user, course=tides)
    for _history in range(60):
        User.objects.filter(pk=user.pk).update(time_zone=chance.choice(ZONES))
        user = User.objects.get(pk=user.pk)
        began = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(525_600))
        Enrolment.objects.filter(pk=place.pk).update(enrolled_at=began)
        wanted = began + timedelta(minutes=chance.randrange(8 * 1440))
        leaves, seen = 1, began
        while seen < wanted:
            later = min(wanted, seen + timedelta(minutes=1 + chance.randrange(30)))
            zone = ZoneInfo(user.time_zone)
            leaves += seen.astimezone(zone).date() != later.astimezone(zone).date()
            seen = later
        expected = [day for day in range(1, 6) if day <= leaves]

        assert _open(user, tides, wanted) == expected, (user.time_zone, began, wanted)


def test_a_course_that_opens_all_at_once_does(learner: User) -> None:
    course = make_course()
    enrol(user=learner, course=course, at=NOON)

    assert _open(learner, course, NOON) == [1, 2, 3]


def test_previews_and_administrators_wait_for_no_day(admin: User, learner: User, tides: Course) -> None:
    tides.lessons.filter(day=4).update(preview=True)
    enrol(user=learner, course=tides, at=NOON)
    enrol(user=admin, course=tides, at=NOON)

    assert _open(learner, tides, NOON) == [1, 4]
    assert _open(admin, tides, NOON) == [1, 2, 3, 4, 5]
    assert can_open(AnonymousUser(), lesson_of(tides, 4), at=NOON)
    with pytest.raises(SignInRequiredError):
        require_open(AnonymousUser(), lesson_of(tides, 2), at=NOON + 9 * DAY)


def test_the_day_comes_for_who_is_enrolled_alone(learner: User, other_learner: User, tides: Course) -> None:
    enrol(user=learner, course=tides, at=NOON)
    enrol(user=other_learner, course=tides, at=NOON + 3 * DAY)

    assert _open(learner, tides, NOON + 3 * DAY) == [1, 2, 3, 4]
    assert _open(other_learner, tides, NOON + 3 * DAY) == [1]
    with pytest.raises(ForbiddenError) as refusal:
        require_open(make_user(), lesson_of(tides, 1), at=NOON + 9 * DAY)
    assert refusal.value.code == "not_enrolled"


def test_days_go_by_while_a_learner_is_away(learner: User, tides: Course) -> None:
    enrol(user=learner, course=tides, at=NOON)
    leave_course(user=learner, course=tides, at=NOON + DAY)
    assert _open(learner, tides, NOON + 3 * DAY) == []

    enrol(user=learner, course=tides, at=NOON + 3 * DAY)

    assert _open(learner, tides, NOON + 3 * DAY) == [1, 2, 3, 4]


def test_a_lesson_taken_back_leaves_a_day_without_one(learner: User, tides: Course) -> None:
    tides.lessons.filter(day=2).update(status="draft")
    enrol(user=learner, course=tides, at=NOON)

    assert _open(learner, tides, NOON + DAY) == [1]
    assert _open(learner, tides, NOON + 2 * DAY) == [1, 3]


def test_travel_moves_the_days_by_one_at_most_and_closes_nothing_that_was_begun(tides: Course) -> None:
    user = make_user(time_zone="Pacific/Kiritimati")
    enrol(user=user, course=tides, at=_local("Pacific/Kiritimati", 2026, 3, 10, 1))
    early = _local("Pacific/Kiritimati", 2026, 3, 12, 0, 30)
    open_lesson(user=user, lesson=lesson_of(tides, 2), at=early)
    complete_lesson(user=user, lesson=lesson_of(tides, 3), at=early)
    for zone in ZONES:
        user.time_zone = zone
        user.save()

        assert _open(user, tides, early) in ([1, 2, 3], [1, 2, 3, 4])
        assert {2, 3} <= set(_open(user, tides, early - 2 * DAY))


def test_a_course_that_slows_down_leaves_open_what_was_begun(
    admin: User, learner: User, tides: Course
) -> None:
    edit_course(actor=admin, course=tides, version=tides.version, rhythm="all_at_once")
    enrol(user=learner, course=tides, at=NOON)
    open_lesson(user=learner, lesson=lesson_of(tides, 4), at=NOON)
    tides.refresh_from_db()
    edit_course(actor=admin, course=tides, version=tides.version, rhythm="one_a_day")

    assert _open(learner, tides, NOON) == [1, 4]
    assert complete_lesson(user=learner, lesson=lesson_of(tides, 4), at=NOON).first_time


def test_in_sequence_a_day_waits_for_its_date_and_for_the_lessons_before_it(
    learner: User, tides: Course
) -> None:
    tides.in_sequence = True
    tides.save()
    enrol(user=learner, course=tides, at=NOON)
    assert _open(learner, tides, NOON + DAY) == [1]

    complete_lesson(user=learner, lesson=lesson_of(tides, 1), at=NOON)

    assert _open(learner, tides, NOON) == [1]
    assert _open(learner, tides, NOON + DAY) == [1, 2]


@pytest.mark.parametrize(
    ("day", "sentence", "opens_on"),
    [
        (2, "Day 2 opens tomorrow.", "2026-03-11"),
        (4, "Day 4 opens on Friday 13 March.", "2026-03-13"),
    ],
)
def test_it_says_when_it_opens(learner: User, tides: Course, day: int, sentence: str, opens_on: str) -> None:
    enrol(user=learner, course=tides, at=NOON)

    with pytest.raises(ForbiddenError) as refusal:
        require_open(learner, lesson_of(tides, day), at=NOON)

    assert (refusal.value.code, str(refusal.value), refusal.value.status) == ("not_open_yet", sentence, 403)
    assert refusal.value.data == {"course": "tides", "opens_on": opens_on}


def test_nothing_can_be_done_in_a_lesson_whose_day_has_not_come(learner: User, tides: Course) -> None:
    lesson = lesson_of(tides, 2)
    question = make_question(lesson)
    enrol(user=learner, course=tides)
    later = timezone.now() + DAY
    before = list(Event.objects.values())
    item = lesson.action_items.select_related("lesson__course__category").first()
    assert item
    attempts: list[Callable[[], object]] = [
        lambda: open_lesson(user=learner, lesson=lesson),
        lambda: record_heartbeat(user=learner, lesson=lesson, beat=Beat.START),
        lambda: credit_reading(user=learner, lesson=lesson, seconds=60, at=later - DAY),
        lambda: tick(user=learner, item=item),
        lambda: answer(user=learner, question=question, given=["low"]),
        lambda: keep_position(user=learner, lesson=lesson, seconds=10),
        lambda: complete_lesson(user=learner, lesson=lesson),
    ]

    for attempt in attempts:
        with pytest.raises(ForbiddenError) as refusal:
            attempt()
        assert refusal.value.code == "not_open_yet"

    assert list(Event.objects.values()) == before
    for table in (Progress, Tick, Answer, LearningDay):
        assert not table.objects.exists()


def test_history_is_held_against_the_day_on_which_it_happened(learner: User, tides: Course) -> None:
    enrol(user=learner, course=tides, at=NOON - 20 * DAY)
    with pytest.raises(ForbiddenError):
        complete_lesson(user=learner, lesson=lesson_of(tides, 2), at=NOON - 20 * DAY)
    for day in range(1, 6):
        at = NOON - 20 * DAY + (day - 1) * DAY
        credit_reading(user=learner, lesson=lesson_of(tides, day), seconds=300, at=at)
        done = complete_lesson(user=learner, lesson=lesson_of(tides, day), at=at)

    assert done.course_completed
    assert set(LearningDay.objects.values_list("seconds", "lessons")) == {(300, 1)}
