"""What pages show of learning."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from momentum.accounts.models import User
from momentum.catalog.actions import archive_course, withdraw_course
from momentum.catalog.models import Course, Lesson, Source
from momentum.core.errors import ForbiddenError, NotFoundError, SignInRequiredError
from momentum.learning import queries
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import leave_course
from momentum.learning.actions.progress import credit_reading, tick
from momentum.learning.queries import VisitorState
from tests.factories import make_course, make_enrolment, make_user
from tests.learning.rows import board_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
NOBODY = AnonymousUser()


def _lesson(course: Course, day: int) -> Lesson:
    return Lesson.objects.select_related("course__category").get(course=course, day=day)


def _states(rows: list[queries.SyllabusRow]) -> list[tuple[str, bool]]:
    return [(row.state.value, row.open) for row in rows]


# The course page


def test_a_visitor_sees_the_syllabus_with_previews_open() -> None:
    course = make_course()
    course.lessons.filter(day=2).update(preview=True)

    page = queries.course_page(user=NOBODY, slug=course.slug)

    assert page.state == VisitorState.ANONYMOUS
    assert _states(page.syllabus) == [("ahead", False), ("ahead", True), ("ahead", False)]
    assert (page.done, page.total, page.next, page.minutes) == (0, 3, None, 8)


def test_a_learner_goes_from_can_enrol_to_finished_and_back_after_leaving(learner: User) -> None:
    course = make_course(days=2)
    lesson = _lesson(course, 1)

    def state() -> VisitorState:
        return queries.course_page(user=learner, slug=course.slug).state

    assert state() == VisitorState.CAN_ENROL
    make_enrolment(learner, course)
    assert state() == VisitorState.ENROLLED
    leave_course(user=learner, course=course)
    assert state() == VisitorState.CAN_RETURN
    make_enrolment(learner, course)
    complete_lesson(user=learner, lesson=lesson)
    page = queries.course_page(user=learner, slug=course.slug)
    assert _states(page.syllabus) == [("done", True), ("today", True)]
    assert page.next
    assert page.next.day == 2
    complete_lesson(user=learner, lesson=_lesson(course, 2))
    assert state() == VisitorState.FINISHED


def test_a_course_that_costs_money_can_be_seen_and_says_how_to_come_by_it(
    learner: User, settings: Any
) -> None:
    paid = make_course(access="paid", price_minor=1900, currency="EUR")
    premium = make_course(access="premium")

    def states() -> list[VisitorState]:
        return [queries.course_page(user=learner, slug=course.slug).state for course in (paid, premium)]

    assert states() == [VisitorState.CAN_BUY, VisitorState.CAN_GO_PREMIUM]

    settings.PAYMENTS = "off"
    assert states() == [VisitorState.NOT_AVAILABLE] * 2


def test_a_draft_is_an_administrators_preview_and_nobody_elses(admin: User, learner: User) -> None:
    course = make_course(published=False)
    course.lessons.filter(day=1).update(status="draft")

    page = queries.course_page(user=admin, slug=course.slug)

    assert page.state == VisitorState.ADMIN_PREVIEW
    assert [(row.published, row.open) for row in page.syllabus] == [(False, True), (True, True), (True, True)]
    for user in (learner, NOBODY):
        with pytest.raises(NotFoundError):
            queries.course_page(user=user, slug=course.slug)
    with pytest.raises(NotFoundError):
        queries.course_page(user=admin, slug="nowhere")


def test_an_archived_course_is_there_for_who_is_in_it(
    admin: User, learner: User, other_learner: User
) -> None:
    course = make_course()
    make_enrolment(learner, course)
    archive_course(actor=admin, course=course)

    assert queries.course_page(user=learner, slug=course.slug).state == VisitorState.ENROLLED
    with pytest.raises(NotFoundError):
        queries.course_page(user=other_learner, slug=course.slug)


def test_a_course_page_costs_the_same_however_long_the_course(
    learner: User, django_assert_max_num_queries: Any
) -> None:
    course = make_course(days=12)
    make_enrolment(learner, course, done=3)
    Source.objects.create(lesson=_lesson(course, 1), number=1, title="Handbook")
    Source.objects.create(lesson=_lesson(course, 2), number=1, title="Handbook")

    queries.course_page(user=learner, slug=course.slug)

    # What is the learner's own, and once in a second how many are in the course.
    with django_assert_max_num_queries(2):
        page = queries.course_page(user=learner, slug=course.slug)

    assert page.source_titles == ["Handbook"]
    assert page.done == 3


# The lesson page


def test_a_lesson_page_holds_everything_in_a_constant_number_of_queries(
    learner: User, django_assert_num_queries: Any
) -> None:
    course = make_course(days=9)
    make_enrolment(learner, course, done=1)
    item = _lesson(course, 2).action_items.first()
    assert item
    tick(user=learner, item=item)
    queries.lesson_page(user=learner, slug=course.slug, day=1)
    queries.lesson_page(user=learner, slug=course.slug, day=2)

    with django_assert_num_queries(1):  # what is the learner's own
        page = queries.lesson_page(user=learner, slug=course.slug, day=2)
        counts = [
            len(part.all())
            for part in (
                page.lesson.action_items,
                page.lesson.resources,
                page.lesson.questions,
                page.lesson.sources,
            )
        ]

    assert counts == [2, 0, 0, 0]
    assert page.ticked == {item.id}
    assert page.progress is not None
    assert not page.is_complete
    assert page.previous
    assert page.next
    assert (page.previous.day, page.next.day) == (1, 3)
    assert (page.done, page.total) == (1, 9)


def test_the_first_and_last_lessons_have_one_neighbour(learner: User) -> None:
    course = make_course(days=2)
    make_enrolment(learner, course)

    assert queries.lesson_page(user=learner, slug=course.slug, day=1).previous is None
    assert queries.lesson_page(user=learner, slug=course.slug, day=2).next is None


def test_a_preview_shows_nothing_to_tick_and_other_lessons_are_refused(other_learner: User) -> None:
    course = make_course()
    course.lessons.filter(day=1).update(preview=True)

    page = queries.lesson_page(user=NOBODY, slug=course.slug, day=1)

    assert (page.enrolment, page.progress, page.ticked) == (None, None, frozenset())
    with pytest.raises(SignInRequiredError):
        queries.lesson_page(user=NOBODY, slug=course.slug, day=2)
    with pytest.raises(ForbiddenError):
        queries.lesson_page(user=other_learner, slug=course.slug, day=2)
    with pytest.raises(NotFoundError):
        queries.lesson_page(user=other_learner, slug=course.slug, day=4)


def test_nobody_sees_what_another_learner_did(learner: User, other_learner: User) -> None:
    course = make_course()
    make_enrolment(learner, course, done=2)
    make_enrolment(other_learner, course)
    item = _lesson(course, 1).action_items.first()
    assert item
    tick(user=learner, item=item)

    page = queries.lesson_page(user=other_learner, slug=course.slug, day=1)

    assert (page.ticked, page.progress) == (frozenset(), None)
    assert [row.state for row in page.syllabus] == ["today", "ahead", "ahead"]


def test_in_sequence_only_the_next_lesson_is_open(learner: User) -> None:
    course = make_course(in_sequence=True)
    make_enrolment(learner, course, done=1)

    page = queries.course_page(user=learner, slug=course.slug)

    assert _states(page.syllabus) == [("done", True), ("today", True), ("ahead", False)]


# The dashboard


def test_a_first_day_is_empty(learner: User) -> None:
    board = board_of(learner, now=NOON)

    assert board.is_first_day
    assert (board.active, board.finished, board.days, board.minutes_total) == ([], [], {}, 0)
    assert board.today == NOON.date()


def test_the_course_worked_on_last_comes_first_and_finished_ones_apart(learner: User) -> None:
    first, second, done = make_course(), make_course(), make_course(days=1)
    make_enrolment(learner, first, at=NOON - timedelta(days=9))
    make_enrolment(learner, done, done=1, at=NOON - timedelta(days=8))
    make_enrolment(learner, second, done=2, at=NOON - timedelta(days=3))
    complete_lesson(user=learner, lesson=_lesson(first, 1), at=NOON - timedelta(days=1))

    board = board_of(learner, now=NOON)

    assert [(one.course, one.done, one.total, one.percent) for one in board.active] == [
        (first, 1, 3, 33),
        (second, 2, 3, 66),
    ]
    assert [one.next.day if one.next else None for one in board.active] == [2, 3]
    assert [one.course for one in board.finished] == [done]
    assert board.lessons_total == 4


def test_courses_that_were_left_are_not_on_it_and_those_that_were_taken_back_are(
    admin: User, learner: User
) -> None:
    left, withdrawn, archived = make_course(), make_course(), make_course()
    for course in (left, withdrawn, archived):
        make_enrolment(learner, course)
    leave_course(user=learner, course=left)
    withdraw_course(actor=admin, course=withdrawn)
    archive_course(actor=admin, course=archived)

    assert {one.course for one in board_of(learner).active} == {archived, withdrawn}


def test_the_week_counts_minutes_and_lessons_on_the_learners_own_days() -> None:
    user, course = make_user(time_zone="Pacific/Kiritimati"), make_course()  # fourteen hours ahead
    make_enrolment(user, course, at=NOON - timedelta(days=9))
    lesson = _lesson(course, 1)
    credit_reading(user=user, lesson=lesson, seconds=600, at=datetime(2026, 3, 9, 9, 59, tzinfo=UTC))
    credit_reading(user=user, lesson=lesson, seconds=300, at=datetime(2026, 3, 9, 10, 1, tzinfo=UTC))
    complete_lesson(user=user, lesson=lesson, at=datetime(2026, 3, 9, 10, 2, tzinfo=UTC))
    credit_reading(user=user, lesson=lesson, seconds=900, at=datetime(2026, 3, 1, 10, 1, tzinfo=UTC))

    board = board_of(user, now=datetime(2026, 3, 10, 9, 0, tzinfo=UTC))

    week = queries.last_seven(board.days, board.today)
    assert [(day.date.day, day.minutes, day.lessons) for day in week] == [
        (4, 0, 0), (5, 0, 0), (6, 0, 0), (7, 0, 0), (8, 0, 0), (9, 10, 0), (10, 5, 1)
    ]  # fmt: skip
    assert (board.lessons_total, board.minutes_total) == (1, 30)


def test_a_dashboard_costs_one_query_besides_two_for_courses_that_are_not_kept(
    learner: User, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        make_enrolment(learner, make_course(), done=number)

    with django_assert_num_queries(3):
        board_of(learner)
    with django_assert_num_queries(1):
        board = board_of(learner)
        names = [
            (one.course.category.name, one.next, one.percent) for one in [*board.active, *board.finished]
        ]

    assert len(names) == 4
