"""What pages say of courses that open a lesson a day, and that they give nothing away before its day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.actions import edit_course
from momentum.catalog.models import Course
from momentum.engagement.queries import today
from momentum.learning import queries
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol
from momentum.learning.models import Progress
from tests.factories import make_course, make_enrolment, make_question
from tests.learning.conftest import SECRET
from tests.learning.rows import board_of, lesson_of
from tests.pages import button, fields, link, main, titles, words

pytestmark = pytest.mark.django_db

type Clock = Callable[[datetime], None]

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)  # a Tuesday

DAY = timedelta(days=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock of pages, which take no `at`."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def test_the_pages_say_which_days_have_come_and_when_the_others_do(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    make_enrolment(learner, tides, done=1, at=NOON - DAY)
    clock(NOON)

    course = as_learner.get("/courses/tides/")
    lesson = as_learner.get("/courses/tides/lessons/1/")

    assert titles(course, ".syllabus .syllabus__facts") == [
        "Done 8 min", "Next 8 min", "Opens tomorrow 8 min", "Opens Thursday 8 min", "Opens Friday 8 min"
    ]  # fmt: skip
    assert len(main(course).select("a.syllabus__row")) == 2
    assert "One lesson a day" in words(course)
    assert link(course, "Continue with day 2") == "/courses/tides/lessons/2/"
    for place in (".reader__rail", "dialog"):
        assert titles(lesson, f"{place} .syllabus__note") == [
            "Opens tomorrow",
            "Opens Thursday",
            "Opens Friday",
        ]
        assert len(main(lesson).select(f"{place} a.syllabus__row")) == 2


def test_when_todays_lesson_is_done_the_next_is_announced_and_nothing_leads_into_it(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    make_enrolment(learner, tides, at=NOON)
    clock(NOON)
    reading_it = as_learner.get("/courses/tides/lessons/1/")
    form = button(reading_it, "Complete day 1")

    done = as_learner.post(str(form["action"]), fields(form), follow=True)

    assert "Day 2 opens tomorrow: Day 2 of Tides" in words(main(reading_it).select_one("#finish"))
    finish = words(main(done).select_one("#finish"))
    assert "Day 1 complete." in finish
    assert "Day 2 opens tomorrow: Day 2 of Tides, 8 min" in finish
    assert link(done, "Back to Today") == "/today/"
    course, board, front = (as_learner.get(path) for path in ("/courses/tides/", "/today/", "/"))
    assert "Day 2 opens tomorrow." in words(course)
    assert words(main(board).find(id="continue")) == "You’re done for today."
    assert "Day 2 opens tomorrow: Day 2 of Tides" in words(board)
    assert "since Tuesday 10 March; done for today" in words(board)
    assert words(main(front).find("h1")) == "Day 2 opens tomorrow."
    assert link(course, "Review day 1") == "/courses/tides/lessons/1/"
    assert button(course, "Leave course")
    for page in (reading_it, done, course, board, front):
        assert "/courses/tides/lessons/2/" not in page.text


def test_a_lesson_asked_for_too_early_is_refused_kindly(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    make_enrolment(learner, tides, at=NOON)
    clock(NOON)

    page = as_learner.get("/courses/tides/lessons/3/")

    assert page.status_code == 403
    assert words(main(page).find("h1")) == "Not yet"
    assert "Day 3 opens on Thursday 12 March." in words(page)
    assert link(page, "Go to course") == "/courses/tides/"
    assert SECRET not in page.text
    assert not Progress.objects.exists()
    clock(NOON + 2 * DAY)
    assert SECRET in as_learner.get("/courses/tides/lessons/3/").text


def test_every_door_of_a_lesson_is_shut_until_its_day(
    as_learner: Client, learner: User, tides: Course, clock: Clock
) -> None:
    lesson, other = lesson_of(tides, 2), lesson_of(tides, 1)
    question, item = make_question(lesson), lesson.action_items.first()
    assert item
    make_enrolment(learner, tides, at=NOON)
    clock(NOON)
    sent: dict[str, dict[str, str]] = {
        reverse("engagement:completion", args=[lesson.id]): {},
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
    assert as_learner.post(reverse("engagement:completion", args=[other.id])).status_code == 302


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

    assert link(page, "Start day 1") == "/courses/bread/lessons/1/"
    assert "Day 2 opens tomorrow: Day 2 of Tides" in words(main(page).select_one("[aria-labelledby=also]"))
    assert link(page, "Tides") == "/courses/tides/"
    assert link(as_learner.get("/"), "Continue with day 1") == "/courses/bread/lessons/1/"


def test_who_can_do_nothing_today_is_not_asked_to(
    as_learner: Client, admin: User, learner: User, tides: Course, clock: Clock
) -> None:
    edit_course(actor=admin, course=tides, version=tides.version, rhythm="all_at_once")
    enrol(user=learner, course=tides, at=NOON - DAY)
    for day in (1, 2, 3, 4):
        complete_lesson(user=learner, lesson=lesson_of(tides, day), at=NOON - DAY + timedelta(hours=day))
    tides.refresh_from_db()
    edit_course(actor=admin, course=tides, version=tides.version, rhythm="one_a_day")
    clock(NOON)

    page = as_learner.get("/today/")

    assert words(main(page).find(id="continue")) == "Day 5 opens Friday."
    assert link(page, "Find a course") == "/courses/"
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
        complete_lesson(user=learner, lesson=lesson_of(tides, day), at=NOON + (day - 1) * DAY)

    assert today(user=learner, now=now).finishes_on == ends


def test_a_streak_is_kept_with_a_lesson_a_day(learner: User, tides: Course) -> None:
    enrol(user=learner, course=tides, at=NOON)
    for day in range(1, 6):
        board = today(user=learner, now=NOON + (day - 1) * DAY)
        assert board.lead is not None
        assert board.lead.next is not None
        assert board.lead.next.day == day
        complete_lesson(user=learner, lesson=lesson_of(tides, day), at=NOON + (day - 1) * DAY)

    assert today(user=learner, now=NOON + 4 * DAY).streak.current == 5


def test_pages_ask_no_more_than_before(
    learner: User, tides: Course, django_assert_max_num_queries: Any
) -> None:
    make_enrolment(learner, tides, done=1)

    queries.course_page(user=learner, slug="tides")
    queries.lesson_page(user=learner, slug="tides", day=1)

    with django_assert_max_num_queries(2):
        queries.course_page(user=learner, slug="tides")
    with django_assert_max_num_queries(1):
        page = queries.lesson_page(user=learner, slug="tides", day=1)
        assert page.lesson.questions.all() is not None
    with django_assert_max_num_queries(3):
        board_of(learner)
