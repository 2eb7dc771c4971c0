"""Reviews: who may write one, who reads it, and the counts on the course."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import (
    ConflictError,
    DomainError,
    ForbiddenError,
    InvalidError,
    LimitError,
    NotFoundError,
)
from momentum.events.models import Event
from momentum.learning.actions.enrolments import leave_course
from momentum.learning.actions.reviews import (
    CHANGES_A_DAY,
    delete_review,
    hide_review,
    publish_review,
    write_review,
)
from momentum.learning.models import Review
from momentum.learning.site_settings import ReviewSettings
from tests.factories import make_course, make_enrolment, make_user

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
WORDS = "Clear, short, and I did it every day."


@pytest.fixture
def course(learner: User) -> Course:
    """Three days; the learner has done one."""
    made = make_course(title="Tides", slug="tides")
    make_enrolment(learner, made, done=1)
    return made


def _counts(course: Course) -> tuple[list[int], int, int]:
    course.refresh_from_db()
    return [count for _stars, count in reversed(course.distribution)], course.rating_count, course.rating_sum


def _unchanged(course: Course, *, events: int = 0) -> bool:
    written = Event.objects.filter(name__startswith="review.").count()
    return (Review.objects.count(), written, course.rating_count) == (0, events, 0)


def test_a_review_waits_until_a_moderator_publishes_it_and_counts_from_then_on(
    admin: User, learner: User, course: Course
) -> None:
    review = write_review(user=learner, course=course, stars=4, text=WORDS, signed="Lea L.", at=NOON)

    assert (review.status, review.author, review.text) == ("pending", "Lea L.", WORDS)
    assert _counts(course) == ([0, 0, 0, 0, 0], 0, 0)
    assert course.rating is None

    publish_review(actor=admin, review=review, version=review.version, at=NOON + timedelta(hours=1))

    review.refresh_from_db()
    assert (review.status, review.published_at, review.moderated_by) == (
        "published",
        NOON + timedelta(hours=1),
        admin,
    )
    assert _counts(course) == ([0, 0, 0, 1, 0], 1, 4)
    assert str(course.rating) == "4.0"
    assert list(Event.objects.filter(name__startswith="review.").order_by("pk").values_list("name", flat=True)) == [
        "review.written", "review.published"
    ]  # fmt: skip


def test_publishing_again_does_nothing(admin: User, learner: User, course: Course) -> None:
    review = write_review(user=learner, course=course, stars=4, text=WORDS)

    publish_review(actor=admin, review=review)
    publish_review(actor=admin, review=review)

    assert _counts(course) == ([0, 0, 0, 1, 0], 1, 4)
    assert Event.objects.filter(name="review.published").count() == 1


def test_writing_again_changes_the_one_review_and_sends_it_back_to_wait(
    admin: User, learner: User, course: Course
) -> None:
    review = publish_review(
        actor=admin, review=write_review(user=learner, course=course, stars=2, text=WORDS)
    )

    changed = write_review(
        user=learner, course=course, stars=5, text="I was wrong about day one. It is good."
    )

    assert changed.id == review.id
    assert (changed.status, changed.published_at, changed.version) == ("pending", None, review.version + 1)
    assert _counts(course) == ([0, 0, 0, 0, 0], 0, 0)
    publish_review(actor=admin, review=changed)
    assert _counts(course) == ([0, 0, 0, 0, 1], 1, 5)


def test_where_reviews_need_not_wait_they_count_at_once(
    site_settings: Any, learner: User, course: Course
) -> None:
    site_settings(ReviewSettings, wait=False)

    write_review(user=learner, course=course, stars=3, text=WORDS)
    assert _counts(course) == ([0, 0, 1, 0, 0], 1, 3)

    write_review(user=learner, course=course, stars=1, text=WORDS)
    assert _counts(course) == ([1, 0, 0, 0, 0], 1, 1)


@pytest.mark.parametrize(
    "text", ["See https://pills.example for more.", "buy at www.pills.example", "go to pills.biz"]
)
def test_what_has_a_link_in_it_waits_in_any_case(
    site_settings: Any, learner: User, course: Course, text: str
) -> None:
    site_settings(ReviewSettings, wait=False)

    assert write_review(user=learner, course=course, stars=5, text=text).status == "pending"


def test_what_was_hidden_waits_in_any_case(
    site_settings: Any, admin: User, learner: User, course: Course
) -> None:
    site_settings(ReviewSettings, wait=False)
    review = write_review(user=learner, course=course, stars=5, text=WORDS)

    hidden = hide_review(actor=admin, review=review, reason="It names a colleague.")

    assert (hidden.status, hidden.reason, hidden.published_at) == ("hidden", "It names a colleague.", None)
    assert _counts(course) == ([0, 0, 0, 0, 0], 0, 0)
    again = write_review(user=learner, course=course, stars=5, text="Nobody is named now, I promise.")
    assert (again.status, again.reason) == ("pending", "")


def test_the_mean_is_rounded_to_one_decimal_halves_up(site_settings: Any, course: Course) -> None:
    site_settings(ReviewSettings, wait=False)
    for stars in (5, 5, 5, 4, 4, 4, 5, 4, 5, 4, 5, 4, 4, 4, 5, 5, 5, 5, 4, 4):
        user = make_user()
        make_enrolment(user, course, done=1)
        write_review(user=user, course=course, stars=stars, text=WORDS)

    assert _counts(course) == ([0, 0, 0, 10, 10], 20, 90)
    assert str(course.rating) == "4.5"
    Course.objects.filter(pk=course.pk).update(stars_4=11, stars_5=9)  # 4.45
    course.refresh_from_db()
    assert str(course.rating) == "4.5"


def test_who_is_not_enrolled_has_left_or_has_done_nothing_yet_may_not_review(
    learner: User, other_learner: User, course: Course
) -> None:
    with pytest.raises(ForbiddenError) as stranger:
        write_review(user=other_learner, course=course, stars=1, text=WORDS)
    make_enrolment(other_learner, course)
    with pytest.raises(ForbiddenError) as early:
        write_review(user=other_learner, course=course, stars=1, text=WORDS)
    leave_course(user=learner, course=course)
    with pytest.raises(ForbiddenError) as left:
        write_review(user=learner, course=course, stars=1, text=WORDS)

    assert [stranger.value.code, early.value.code, left.value.code] == [
        "not_enrolled",
        "too_early",
        "not_enrolled",
    ]
    assert _unchanged(course)


def test_a_lesson_of_another_course_is_no_experience_of_this_one(learner: User) -> None:
    other = make_course()
    make_enrolment(learner, make_course(), done=2)
    make_enrolment(learner, other)

    with pytest.raises(ForbiddenError):
        write_review(user=learner, course=other, stars=5, text=WORDS)

    assert _unchanged(other)


@pytest.mark.parametrize(
    ("stars", "text", "field"),
    [
        (0, WORDS, "stars"),
        (6, WORDS, "stars"),
        (3, "Good.", "text"),
        (3, " \n\u200b ", "text"),
        (3, "x" * 2001, "text"),
    ],
)
def test_a_review_has_one_to_five_stars_and_says_something(
    learner: User, course: Course, stars: int, text: str, field: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        write_review(user=learner, course=course, stars=stars, text=text)

    assert list(refused.value.data["fields"]) == [field]
    assert _unchanged(course)


def test_the_database_holds_the_rules_too(learner: User, course: Course) -> None:
    sound = {"user": learner, "course": course, "stars": 3, "text": WORDS}
    broken: list[dict[str, Any]] = [
        {"stars": 6}, {"stars": 0}, {"text": ""}, {"status": "hidden"}, {"status": "published"}, {"reason": "Why."},
    ]  # fmt: skip
    for change in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.create(**sound | change)
    Review.objects.create(**sound)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(**sound)


def test_text_is_kept_plain_and_tidy(learner: User, course: Course) -> None:
    review = write_review(
        user=learner,
        course=course,
        stars=5,
        text="  First\u202e  line.\r\n\r\n\r\n\r\n<b>Second</b>\x00 line. ",
        signed=" Lea \n the\tgreat ",
    )

    assert review.text == "First line.\n\n<b>Second</b> line."
    assert review.signed == "Lea the great"


def test_without_a_chosen_name_the_author_is_a_learner(learner: User, course: Course) -> None:
    assert write_review(user=learner, course=course, stars=5, text=WORDS).author == "A learner"


def test_taking_it_back_takes_its_stars_back_even_after_leaving(
    site_settings: Any, learner: User, other_learner: User, course: Course
) -> None:
    site_settings(ReviewSettings, wait=False)
    write_review(user=learner, course=course, stars=2, text=WORDS)
    leave_course(user=learner, course=course)

    delete_review(user=other_learner, course=course)
    assert _counts(course) == ([0, 1, 0, 0, 0], 1, 2)

    delete_review(user=learner, course=course)
    delete_review(user=learner, course=course)
    assert _counts(course) == ([0, 0, 0, 0, 0], 0, 0)
    assert Event.objects.filter(name="review.deleted").count() == 1


def test_a_deleted_account_takes_its_stars_with_it(site_settings: Any, learner: User, course: Course) -> None:
    site_settings(ReviewSettings, wait=False)
    write_review(user=learner, course=course, stars=2, text=WORDS)

    learner.delete()

    assert _counts(course) == ([0, 0, 0, 0, 0], 0, 0)


def test_only_administrators_moderate(learner: User, other_learner: User, course: Course) -> None:
    review = write_review(user=learner, course=course, stars=5, text=WORDS)
    before = Review.objects.values().get()

    for actor in (learner, other_learner):
        with pytest.raises(ForbiddenError):
            publish_review(actor=actor, review=review)
        with pytest.raises(ForbiddenError):
            hide_review(actor=actor, review=review, reason="I don't like it.")

    assert Review.objects.values().get() == before
    assert Event.objects.filter(name__startswith="review.").count() == 1


def test_a_moderator_decides_about_the_text_they_read(admin: User, learner: User, course: Course) -> None:
    read = write_review(user=learner, course=course, stars=5, text=WORDS)
    write_review(user=learner, course=course, stars=5, text="Something quite different now.")

    for decide in (
        lambda: publish_review(actor=admin, review=read, version=read.version),
        lambda: hide_review(actor=admin, review=read, reason="Spam.", version=read.version),
    ):
        with pytest.raises(ConflictError):
            decide()

    assert Review.objects.get().status == "pending"
    delete_review(user=learner, course=course)
    with pytest.raises(NotFoundError):
        publish_review(actor=admin, review=read)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_hiding_needs_a_reason_of_a_sentence(admin: User, learner: User, course: Course, reason: str) -> None:
    review = write_review(user=learner, course=course, stars=5, text=WORDS)

    with pytest.raises(InvalidError):
        hide_review(actor=admin, review=review, reason=reason)

    assert Review.objects.get().status == "pending"


def test_nobody_changes_reviews_all_day(learner: User, course: Course) -> None:
    for number in range(CHANGES_A_DAY):
        write_review(user=learner, course=course, stars=5, text=f"{WORDS} {number}", at=NOON)

    with pytest.raises(LimitError) as refused:
        write_review(user=learner, course=course, stars=1, text="Once more.", at=NOON + timedelta(hours=23))

    assert isinstance(refused.value, DomainError)
    assert Review.objects.get().stars == 5
    write_review(user=learner, course=course, stars=1, text="A day later.", at=NOON + timedelta(hours=25))
    assert Review.objects.get().stars == 1
