"""What learners do: enrolling, reading, ticking, completing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from momentum.accounts.models import User
from momentum.catalog.actions import (
    archive_course,
    delete_lesson,
    edit_course,
    publish_course,
    withdraw_course,
)
from momentum.catalog.models import Category, Course, Lesson
from momentum.core.errors import (
    ConflictError,
    DomainError,
    ForbiddenError,
    NotFoundError,
    SignInRequiredError,
)
from momentum.events.models import Event
from momentum.learning.access import can_open, require_open
from momentum.learning.actions import (
    Beat,
    complete_lesson,
    credit_reading,
    enrol,
    leave_course,
    open_lesson,
    record_heartbeat,
    tick,
    untick,
)
from momentum.learning.models import Enrolment, LearningDay, Progress, ReadingClock, Tick
from tests.factories import make_course, make_enrolment, make_user

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def _snapshot() -> dict[str, Any]:
    tables = (Enrolment, Progress, Tick, LearningDay, Event, Course)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def _events() -> list[str]:
    """What happened in learning; what it earned is engagement's."""
    names = Event.objects.order_by("id").values_list("name", flat=True)
    return [name for name in names if name != "badge.earned"]


def _lesson(course: Course, day: int) -> Lesson:
    return Lesson.objects.select_related("course__category").get(course=course, day=day)


def _count(course: Course) -> int:
    return Course.objects.get(pk=course.pk).enrolment_count


# Enrolling, leaving, coming back


def test_enrolling_in_a_free_course_takes_one_place(learner: User) -> None:
    course = make_course()

    enrolment = enrol(user=learner, course=course)

    assert (enrolment.status, enrolment.origin) == ("active", "free")
    assert _count(course) == 1
    event = Event.objects.get()
    assert (event.name, event.actor_id, event.subject_id) == ("enrolment.started", learner.id, enrolment.id)
    assert event.data == {"course": str(course.id)}


def test_enrolling_again_does_nothing(learner: User) -> None:
    course = make_course()
    enrol(user=learner, course=course)
    before = _snapshot()

    enrol(user=learner, course=course)

    assert _snapshot() == before


@pytest.mark.parametrize(
    ("fields", "error", "code"),
    [
        ({"access": "paid", "price_minor": 100, "currency": "EUR"}, ForbiddenError, "payment_required"),
        ({"access": "premium"}, ForbiddenError, "premium_required"),
        ({"published": False}, NotFoundError, "not_found"),
    ],
)
def test_a_course_that_is_not_free_or_not_there_gives_no_place(
    learner: User, fields: Any, error: type[DomainError], code: str
) -> None:
    course = make_course(**fields)
    before = _snapshot()

    with pytest.raises(error) as refused:
        enrol(user=learner, course=course)

    assert refused.value.code == code
    assert _snapshot() == before


def test_leaving_and_coming_back_keeps_the_progress(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course, done=2)

    left = leave_course(user=learner, course=course)
    leave_course(user=learner, course=course)

    assert left.status == "cancelled"
    assert _count(course) == 0
    assert Progress.objects.completed().count() == 2

    back = enrol(user=learner, course=course)

    assert (back.id, back.status) == (left.id, "active")
    assert _count(course) == 1
    assert list(back.lessons_left().values_list("day", flat=True)) == [3]
    assert _events()[-2:] == ["enrolment.cancelled", "enrolment.resumed"]


def test_a_finished_course_is_not_left_nor_one_never_taken(learner: User) -> None:
    finished, other = make_course(days=1), make_course()
    make_enrolment(learner, finished, done=1)
    before = _snapshot()

    with pytest.raises(ConflictError):
        leave_course(user=learner, course=finished)
    with pytest.raises(NotFoundError):
        leave_course(user=learner, course=other)

    assert _snapshot() == before


# Who may open what


def test_a_preview_is_open_to_everybody_and_other_lessons_to_who_is_enrolled(
    admin: User, learner: User, other_learner: User
) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    make_enrolment(learner, course)
    preview, second = _lesson(course, 1), _lesson(course, 2)
    nobody = AnonymousUser()

    assert [can_open(user, preview) for user in (nobody, other_learner, learner, admin)] == [True] * 4
    assert [can_open(user, second) for user in (nobody, other_learner, learner, admin)] == [
        False, False, True, True
    ]  # fmt: skip
    with pytest.raises(SignInRequiredError):
        require_open(nobody, second)
    with pytest.raises(ForbiddenError, match="Enrol"):
        require_open(other_learner, second)


def test_who_left_may_not_read_on(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    leave_course(user=learner, course=course)

    assert not can_open(learner, _lesson(course, 1))


def test_a_draft_is_there_for_administrators_alone_and_an_archived_course_for_who_is_in_it(
    admin: User, learner: User, other_learner: User
) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    make_enrolment(learner, course)

    archive_course(actor=admin, course=course)
    assert can_open(learner, _lesson(course, 2))
    assert not can_open(other_learner, _lesson(course, 1))

    withdraw_course(actor=admin, course=course)
    assert not can_open(learner, _lesson(course, 2))
    assert can_open(admin, _lesson(course, 2))
    with pytest.raises(NotFoundError):
        require_open(learner, _lesson(course, 1))


def test_a_shelf_that_is_put_away_hides_its_courses_but_not_from_who_is_in_them(
    learner: User, other_learner: User
) -> None:
    course = make_course()
    make_enrolment(learner, course)
    Category.objects.filter(pk=course.category_id).update(active=False)

    assert can_open(learner, _lesson(course, 1))
    with pytest.raises(NotFoundError):
        require_open(other_learner, _lesson(course, 1))
    with pytest.raises(NotFoundError):
        enrol(user=other_learner, course=course)


def test_a_course_in_sequence_opens_one_lesson_after_the_other(learner: User) -> None:
    course = make_course(in_sequence=True)
    make_enrolment(learner, course, done=1)

    assert can_open(learner, _lesson(course, 1))
    assert can_open(learner, _lesson(course, 2))
    with pytest.raises(ForbiddenError) as refused:
        complete_lesson(user=learner, lesson=_lesson(course, 3))
    assert refused.value.code == "lesson_ahead"


def test_opening_a_lesson_notes_once_that_it_was_begun(learner: User, admin: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = _lesson(course, 1)

    open_lesson(user=learner, lesson=lesson, at=NOON)
    open_lesson(user=learner, lesson=lesson, at=NOON + timedelta(hours=1))

    assert Progress.objects.get().started_at == NOON
    assert _events() == ["enrolment.started", "lesson.started"]
    assert open_lesson(user=admin, lesson=lesson) is None
    assert Progress.objects.count() == 1


# Time


def _read(user: User, lesson: Lesson, *beats: tuple[Beat, float]) -> list[int]:
    return [
        record_heartbeat(user=user, lesson=lesson, beat=beat, at=NOON + timedelta(seconds=seconds))
        for beat, seconds in beats
    ]


def test_time_is_credited_from_beat_to_beat(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    credited = _read(
        learner, _lesson(course, 1), (Beat.START, 0), (Beat.READ, 20), (Beat.READ, 40.6), (Beat.STOP, 61)
    )

    assert credited == [0, 20, 20, 21]
    assert Progress.objects.get().seconds == 61
    assert LearningDay.objects.get().seconds == 61
    assert LearningDay.objects.get().date == NOON.date()


def test_a_forgotten_tab_adds_at_most_a_minute_and_a_long_silence_nothing(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    credited = _read(
        learner,
        _lesson(course, 1),
        (Beat.READ, 0),
        (Beat.READ, 100),
        (Beat.READ, 221),
        (Beat.STOP, 231),
        (Beat.READ, 250),
        (Beat.START, 260),
        (Beat.READ, 270),
    )

    assert credited == [0, 60, 0, 10, 0, 0, 10]


def test_two_tabs_share_the_time_there_is(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    one, two = _lesson(course, 1), _lesson(course, 2)

    credited = [
        record_heartbeat(user=learner, lesson=lesson, beat=Beat.READ, at=NOON + timedelta(seconds=seconds))
        for lesson, seconds in [(one, 0), (two, 1), (one, 20), (two, 21), (one, 40), (two, 41)]
    ]

    assert sum(credited) == 41
    assert sum(Progress.objects.values_list("seconds", flat=True)) == 41
    assert LearningDay.objects.get().seconds == 41


def test_beats_faster_than_the_clock_earn_nothing_extra(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    credited = _read(learner, _lesson(course, 1), *[(Beat.READ, 0.3 * number) for number in range(101)])

    assert sum(credited) == 30


def test_a_clock_that_runs_behind_takes_nothing_away(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    assert _read(learner, _lesson(course, 1), (Beat.READ, 10), (Beat.READ, 5), (Beat.READ, 20)) == [0, 0, 10]


def test_who_is_not_enrolled_is_credited_nothing(learner: User, admin: User) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    before = _snapshot()

    assert record_heartbeat(user=learner, lesson=_lesson(course, 1), beat=Beat.READ) == 0
    assert record_heartbeat(user=admin, lesson=_lesson(course, 2), beat=Beat.READ) == 0
    with pytest.raises(ForbiddenError):
        record_heartbeat(user=learner, lesson=_lesson(course, 2), beat=Beat.READ)
    with pytest.raises(ForbiddenError):
        credit_reading(user=learner, lesson=_lesson(course, 1), seconds=60, at=NOON)

    assert _snapshot() == before
    assert not ReadingClock.objects.exists()


def test_a_beat_costs_few_queries(learner: User, django_assert_max_num_queries: Any) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = _lesson(course, 1)
    _read(learner, lesson, (Beat.READ, 0), (Beat.READ, 20))

    with django_assert_max_num_queries(7):  # two of them the savepoint that a test adds
        _read(learner, lesson, (Beat.READ, 40))


@pytest.mark.parametrize(
    ("zone", "moment", "date"),
    [
        ("UTC", "2026-03-10T23:59:00+00:00", "2026-03-10"),
        ("Pacific/Kiritimati", "2026-03-10T10:30:00+00:00", "2026-03-11"),
        ("Pacific/Pago_Pago", "2026-03-10T10:30:00+00:00", "2026-03-09"),
        ("Asia/Kathmandu", "2026-03-10T18:20:00+00:00", "2026-03-11"),
        # The night in which Berlin's clocks go forward, and the one in which they go back.
        ("Europe/Berlin", "2026-03-28T22:59:00+00:00", "2026-03-28"),
        ("Europe/Berlin", "2026-03-28T23:01:00+00:00", "2026-03-29"),
        ("Europe/Berlin", "2026-10-24T22:01:00+00:00", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T22:59:00+00:00", "2026-10-25"),
    ],
)
def test_a_day_is_one_of_the_learners_own_calendar(zone: str, moment: str, date: str) -> None:
    user, course = make_user(time_zone=zone), make_course()
    make_enrolment(user, course)

    complete_lesson(user=user, lesson=_lesson(course, 1), at=datetime.fromisoformat(moment))

    assert str(LearningDay.objects.get().date) == date


# Ticking


def test_ticks_are_set_and_taken_away_and_repeating_does_nothing(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    item = _lesson(course, 1).action_items.first()
    assert item

    tick(user=learner, item=item)
    tick(user=learner, item=item)
    assert Tick.objects.get().user == learner
    assert Progress.objects.get().lesson_id == item.lesson_id

    untick(user=learner, item=item)
    untick(user=learner, item=item)
    assert not Tick.objects.exists()


def test_nobody_ticks_in_a_course_they_are_not_in(learner: User, other_learner: User, admin: User) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    make_enrolment(learner, course)
    item = _lesson(course, 1).action_items.first()
    assert item
    tick(user=learner, item=item)
    before = _snapshot()

    for stranger in (other_learner, admin):
        with pytest.raises(ForbiddenError):
            tick(user=stranger, item=item)
        with pytest.raises(ForbiddenError):
            untick(user=stranger, item=item)

    assert _snapshot() == before


# Completing


def test_a_lesson_is_completed_once(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    lesson = _lesson(course, 2)

    first = complete_lesson(user=learner, lesson=lesson, at=NOON)
    again = complete_lesson(user=learner, lesson=lesson, at=NOON + timedelta(days=1))

    assert (first.first_time, first.course_completed) == (True, False)
    assert (again.first_time, again.course_completed) == (False, False)
    assert Progress.objects.get().completed_at == NOON
    assert LearningDay.objects.get().lessons == 1
    assert _events() == ["enrolment.started", "lesson.started", "lesson.completed"]
    assert Event.objects.get(name="lesson.completed").data == {
        "course": str(course.id),
        "day": 2,
        "date": "2026-03-10",
    }


def test_the_last_lesson_completes_the_course_in_whatever_order(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)

    done = [complete_lesson(user=learner, lesson=_lesson(course, day)) for day in (3, 1, 2)]

    assert [completion.course_completed for completion in done] == [False, False, True]
    enrolment = Enrolment.objects.get()
    assert enrolment.is_finished
    assert enrolment.completed_at == done[-1].progress.completed_at
    assert _count(course) == 1
    assert _events().count("course.completed") == 1


def test_nobody_completes_what_they_may_not_open_or_are_not_in(learner: User, admin: User) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)
    before = _snapshot()

    for user in (learner, admin):
        with pytest.raises(ForbiddenError):
            complete_lesson(user=user, lesson=_lesson(course, 1))
    with pytest.raises(ForbiddenError):
        complete_lesson(user=learner, lesson=_lesson(course, 2))

    assert _snapshot() == before


def test_a_course_that_comes_back_shorter_is_finished_for_who_has_nothing_left(
    admin: User, learner: User, other_learner: User
) -> None:
    course = make_course()
    make_enrolment(learner, course, done=2)
    make_enrolment(other_learner, course, done=1)
    withdraw_course(actor=admin, course=course)
    delete_lesson(actor=admin, lesson=_lesson(course, 3))
    edit_course(actor=admin, course=course, duration_days=2)

    publish_course(actor=admin, course=course)

    assert Enrolment.objects.get(user=learner).is_finished
    assert not Enrolment.objects.get(user=other_learner).is_finished
    assert _events().count("course.completed") == 1


# What the database itself holds


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "completed"},
        {"status": "active", "completed_at": NOON},
        {"status": "lost"},
        {"origin": "found"},
    ],
)
def test_the_database_refuses_an_enrolment_that_breaks_the_rules(learner: User, fields: Any) -> None:
    make_enrolment(learner, make_course())

    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.update(**fields)


def test_the_database_refuses_a_completion_before_the_start(learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course)
    open_lesson(user=learner, lesson=_lesson(course, 1), at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.update(completed_at=NOON - timedelta(seconds=1))
