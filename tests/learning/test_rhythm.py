"""Courses that open a lesson a day: which days are open to whom, and when, by the learner's own calendar."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.actions import edit_course
from momentum.catalog.models import Course, Lesson
from momentum.core.errors import ForbiddenError, SignInRequiredError
from momentum.engagement.reading import today
from momentum.events.models import Event
from momentum.learning import reading
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
)
from momentum.learning.answering import answer
from momentum.learning.models import Answer, Enrolment, LearningDay, Progress, Tick
from momentum.learning.watching import keep_position
from tests.factories import make_course, make_enrolment, make_question, make_user
from tests.pages import button, fields, link, main, titles, words

pytestmark = pytest.mark.django_db

type Clock = Callable[[datetime], None]

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)  # a Tuesday
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
SECRET = "The tide turns twice a day."
ZONES = (
    "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Los_Angeles", "America/Havana", "Africa/Cairo",
    "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/London",
)  # fmt: skip


@pytest.fixture
def tides() -> Course:
    """Five days about tides, one a day."""
    course = make_course(title="Tides", slug="tides", days=5, rhythm="one_a_day")
    course.lessons.update(content=f"<p>{SECRET}</p>")
    return course


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock of pages, which take no `at`."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def _lesson(course: Course, day: int) -> Lesson:
    return Lesson.objects.select_related("course__category").get(course=course, day=day)


def _open(user: User, course: Course, at: datetime) -> list[int]:
    lessons = Lesson.objects.filter(course=course).select_related("course__category").order_by("day")
    return [lesson.day for lesson in lessons if can_open(user, lesson, at=at)]


def _local(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]  # year first


# --- the rule ---------------------------------------------------------------------------------------


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

    assert not can_open(user, _lesson(tides, day), at=first - SECOND)
    assert can_open(user, _lesson(tides, day), at=first)


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
    assert can_open(AnonymousUser(), _lesson(tides, 4), at=NOON)
    with pytest.raises(SignInRequiredError):
        require_open(AnonymousUser(), _lesson(tides, 2), at=NOON + 9 * DAY)


def test_the_day_comes_for_who_is_enrolled_alone(learner: User, other_learner: User, tides: Course) -> None:
    enrol(user=learner, course=tides, at=NOON)
    enrol(user=other_learner, course=tides, at=NOON + 3 * DAY)

    assert _open(learner, tides, NOON + 3 * DAY) == [1, 2, 3, 4]
    assert _open(other_learner, tides, NOON + 3 * DAY) == [1]
    with pytest.raises(ForbiddenError) as refusal:
        require_open(make_user(), _lesson(tides, 1), at=NOON + 9 * DAY)
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
    open_lesson(user=user, lesson=_lesson(tides, 2), at=early)
    complete_lesson(user=user, lesson=_lesson(tides, 3), at=early)
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
    open_lesson(user=learner, lesson=_lesson(tides, 4), at=NOON)
    tides.refresh_from_db()
    edit_course(actor=admin, course=tides, version=tides.version, rhythm="one_a_day")

    assert _open(learner, tides, NOON) == [1, 4]
    assert complete_lesson(user=learner, lesson=_lesson(tides, 4), at=NOON).first_time


def test_in_sequence_a_day_waits_for_its_date_and_for_the_lessons_before_it(
    learner: User, tides: Course
) -> None:
    tides.in_sequence = True
    tides.save()
    enrol(user=learner, course=tides, at=NOON)
    assert _open(learner, tides, NOON + DAY) == [1]

    complete_lesson(user=learner, lesson=_lesson(tides, 1), at=NOON)

    assert _open(learner, tides, NOON) == [1]
    assert _open(learner, tides, NOON + DAY) == [1, 2]


# --- what is refused --------------------------------------------------------------------------------


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
        require_open(learner, _lesson(tides, day), at=NOON)

    assert (refusal.value.code, str(refusal.value), refusal.value.status) == ("not_open_yet", sentence, 403)
    assert refusal.value.data == {"course": "tides", "opens_on": opens_on}


def test_nothing_can_be_done_in_a_lesson_whose_day_has_not_come(learner: User, tides: Course) -> None:
    lesson = _lesson(tides, 2)
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
        complete_lesson(user=learner, lesson=_lesson(tides, 2), at=NOON - 20 * DAY)
    for day in range(1, 6):
        at = NOON - 20 * DAY + (day - 1) * DAY
        credit_reading(user=learner, lesson=_lesson(tides, day), seconds=300, at=at)
        done = complete_lesson(user=learner, lesson=_lesson(tides, day), at=at)

    assert done.course_completed
    assert set(LearningDay.objects.values_list("seconds", "lessons")) == {(300, 1)}


# --- pages ------------------------------------------------------------------------------------------


def test_the_pages_say_which_days_have_come_and_when_the_others_do(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    make_enrolment(learner, tides, done=1, at=NOON - DAY)
    clock(NOON)

    course = as_learner.get("/courses/tides/")
    lesson = as_learner.get("/courses/tides/lessons/1/")

    assert titles(course, ".syl .syl__m") == [
        "Done 8 min", "Next 8 min", "Opens tomorrow 8 min", "Opens Thursday 8 min", "Opens Friday 8 min"
    ]  # fmt: skip
    assert len(main(course).select("a.syl__row")) == 2
    assert "One opens each day" in words(course)
    assert link(course, "Continue with day 2") == "/courses/tides/lessons/2/"
    for place in (".reader__rail", "dialog"):
        assert titles(lesson, f"{place} .syl__d") == ["Opens tomorrow", "Opens Thursday", "Opens Friday"]
        assert len(main(lesson).select(f"{place} a.syl__row")) == 2


def test_when_todays_lesson_is_done_the_next_is_announced_and_nothing_leads_into_it(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    make_enrolment(learner, tides, at=NOON)
    clock(NOON)
    reading_it = as_learner.get("/courses/tides/lessons/1/")
    form = button(reading_it, "Mark day 1 complete")

    done = as_learner.post(str(form["action"]), fields(form), follow=True)

    assert "Day 2 opens tomorrow: Day 2 of Tides" in words(main(reading_it).select_one("#finish"))
    finish = words(main(done).select_one("#finish"))
    assert "Day 1 is done." in finish
    assert "Day 2 opens tomorrow: Day 2 of Tides, 8 min" in finish
    assert link(done, "Back to today") == "/today/"
    course, board, front = (as_learner.get(path) for path in ("/courses/tides/", "/today/", "/"))
    assert "Day 2 opens tomorrow." in words(course)
    assert words(main(board).find(id="continue")) == "That was today. You’re done."
    assert "Day 2 opens tomorrow: Day 2 of Tides" in words(board)
    assert "since Tuesday 10 March; today is done" in words(board)
    assert words(main(front).find("h1")) == "Day 2 opens tomorrow."
    assert link(course, "Read day 1 again") == "/courses/tides/lessons/1/"
    assert button(course, "Leave the course")
    for page in (reading_it, done, course, board, front):
        assert "/courses/tides/lessons/2/" not in page.text


def test_a_lesson_asked_for_too_early_is_refused_kindly(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    make_enrolment(learner, tides, at=NOON)
    clock(NOON)

    page = as_learner.get("/courses/tides/lessons/3/")

    assert page.status_code == 403
    assert words(main(page).find("h1")) == "Not yet."
    assert "Day 3 opens on Thursday 12 March." in words(page)
    assert link(page, "To the course") == "/courses/tides/"
    assert SECRET not in page.text
    assert not Progress.objects.exists()
    clock(NOON + 2 * DAY)
    assert SECRET in as_learner.get("/courses/tides/lessons/3/").text


def test_every_door_of_a_lesson_is_shut_until_its_day(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    lesson, other = _lesson(tides, 2), _lesson(tides, 1)
    question, item = make_question(lesson), lesson.action_items.first()
    assert item
    make_enrolment(learner, tides, at=NOON)
    clock(NOON)
    sent: dict[str, dict[str, str]] = {
        reverse("learning:completion", args=[lesson.id]): {},
        reverse("learning:heartbeat", args=[lesson.id]): {"state": "start"},
        reverse("learning:position", args=[lesson.id]): {"seconds": "9"},
        reverse("learning:tick", args=[item.id]): {"done": "on"},
        reverse("learning:answers", args=[question.id]): {"text": "low"},
    }

    answers = [as_learner.post(path, data) for path, data in sent.items()]
    answers.append(as_learner.get(reverse("learning:video", args=[lesson.id])))
    answers.append(as_learner.get(reverse("learning:captions", args=[lesson.id])))

    assert [(page.status_code, "Day 2 opens tomorrow." in page.text) for page in answers] == [(403, True)] * 7
    assert not Progress.objects.exists()
    assert as_learner.post(reverse("learning:completion", args=[other.id])).status_code == 302


def test_the_days_are_those_of_the_learner_not_of_the_server(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    learner.time_zone = "Pacific/Kiritimati"
    learner.save()
    make_enrolment(learner, tides, at=datetime(2026, 3, 10, 9, 30, tzinfo=UTC))
    clock(datetime(2026, 3, 10, 10, 30, tzinfo=UTC))  # half past midnight on the 11th

    assert as_learner.get("/courses/tides/lessons/2/").status_code == 200
    refused = as_learner.get("/courses/tides/lessons/3/")
    assert "Day 3 opens tomorrow." in words(refused)


def test_the_dashboard_asks_for_what_can_be_done(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    make_enrolment(learner, tides, done=1, at=NOON)
    other = make_course(title="Bread", slug="bread")
    make_enrolment(learner, other, at=NOON - DAY)
    clock(NOON)

    page = as_learner.get("/today/")

    assert link(page, "Read day 1") == "/courses/bread/lessons/1/"
    assert "Day 2 opens tomorrow: Day 2 of Tides" in words(main(page).select_one("[aria-labelledby=also]"))
    assert link(page, "Tides") == "/courses/tides/"
    assert link(as_learner.get("/"), "Continue with day 1") == "/courses/bread/lessons/1/"


def test_who_can_do_nothing_today_is_not_asked_to(
    as_learner: Client, admin: User, learner: User, tides: Course, clock: Clock
) -> None:
    edit_course(actor=admin, course=tides, version=tides.version, rhythm="all_at_once")
    enrol(user=learner, course=tides, at=NOON - DAY)
    for day in (1, 2, 3, 4):
        complete_lesson(user=learner, lesson=_lesson(tides, day), at=NOON - DAY + timedelta(hours=day))
    tides.refresh_from_db()
    edit_course(actor=admin, course=tides, version=tides.version, rhythm="one_a_day")
    clock(NOON)

    page = as_learner.get("/today/")

    assert words(main(page).find(id="continue")) == "Day 5 opens Friday."
    assert link(page, "Find something for today") == "/courses/"
    assert "since Monday 9 March; nothing to do until your next lesson opens" in words(page)
    assert "All done for today" not in words(page)
    assert main(page).select(".btn--main") == []


@pytest.mark.parametrize(
    ("done", "now", "ends"),
    [
        (0, NOON, date(2026, 3, 14)),
        (1, NOON, date(2026, 3, 14)),
        (3, NOON + 2 * DAY, date(2026, 3, 14)),
        (1, NOON + 9 * DAY, date(2026, 3, 22)),
    ],
)
def test_the_end_is_no_sooner_than_the_last_day_opens(
    learner: User, tides: Course, done: int, now: datetime, ends: date
) -> None:
    enrol(user=learner, course=tides, at=NOON)
    for day in range(1, done + 1):
        complete_lesson(user=learner, lesson=_lesson(tides, day), at=NOON + (day - 1) * DAY)

    assert today(user=learner, now=now).finishes_on == ends


def test_a_streak_is_kept_with_a_lesson_a_day(learner: User, tides: Course) -> None:
    enrol(user=learner, course=tides, at=NOON)
    for day in range(1, 6):
        board = today(user=learner, now=NOON + (day - 1) * DAY)
        assert board.lead is not None
        assert board.lead.next is not None
        assert board.lead.next.day == day
        complete_lesson(user=learner, lesson=_lesson(tides, day), at=NOON + (day - 1) * DAY)

    assert today(user=learner, now=NOON + 4 * DAY).streak.current == 5


# --- how much it costs ------------------------------------------------------------------------------


def test_pages_ask_no_more_than_before(learner: User, tides: Course, django_assert_num_queries: Any) -> None:
    make_enrolment(learner, tides, done=1)

    with django_assert_num_queries(5):
        reading.course_page(user=learner, slug="tides")
    with django_assert_num_queries(5):
        page = reading.lesson_page(user=learner, slug="tides", day=1)
        assert page.lesson.questions.all() is not None
    with django_assert_num_queries(3):
        reading.dashboard(user=learner)
