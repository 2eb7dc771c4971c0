"""A course that is taken back, edited or put away goes on as it was for whoever is in it."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from momentum.catalog.actions import (
    add_lesson,
    archive_course,
    delete_lesson,
    edit_course,
    edit_lesson,
    move_lesson,
    publish_course,
    publish_lesson,
    set_video,
    withdraw_course,
    withdraw_lesson,
)
from momentum.catalog.models import ActionItem, Edition, Lesson, Video
from momentum.catalog.schemas import ActionItemEntry, QuestionEntry
from momentum.learning.access import can_open
from momentum.learning.actions import complete_lesson
from momentum.learning.models import Answer, Certificate, Enrolment, Progress, Tick
from tests.factories import make_course, make_enrolment, make_question
from tests.learning.rows import lesson_of
from tests.pages import words

MP4 = b"\x00\x00\x00\x18ftypmp42" + b"film" * 8


@pytest.fixture
def course(learner: Any, admin: Any) -> Any:
    """Two days, of which the learner has done the first, with everything that a lesson can hold."""
    course = make_course(title="Knots", slug="knots", days=2)
    make_enrolment(learner, course)
    for day in (1, 2):
        make_question(lesson_of(course, day))
    set_video(actor=admin, lesson=lesson_of(course, 1), video=ContentFile(MP4, name="knot.mp4"))
    complete_lesson(user=learner, lesson=lesson_of(course, 1))
    return course


def _rewrite(admin: Any, course: Any) -> None:
    """Take it back, and change whatever can be changed."""
    withdraw_course(actor=admin, course=course)
    first, second = lesson_of(course, 1), lesson_of(course, 2)
    edit_course(
        actor=admin, course=course, title="Ropes", summary="Unfinished.", duration_days=9, in_sequence=True
    )
    edit_lesson(
        actor=admin, lesson=first, title="Half a thought", content="<p>Unfinished.</p>", preview=True,
        action_items=[ActionItemEntry(text="Unfinished.")],
        questions=[QuestionEntry(prompt="Unfinished?", kind="short", answer=["x"])],
    )  # fmt: skip
    set_video(actor=admin, lesson=first, video=ContentFile(MP4 + b"new", name="new.mp4"))
    move_lesson(actor=admin, lesson=first, direction="down")
    delete_lesson(actor=admin, lesson=second)
    withdraw_lesson(actor=admin, lesson=first)


def test_who_is_in_it_goes_on_with_what_was_published(
    as_learner: Any, learner: Any, admin: Any, course: Any
) -> None:
    second, before = lesson_of(course, 2), {}
    pages = ("/courses/knots/", "/courses/knots/lessons/1/", "/courses/knots/lessons/2/", "/today/")
    for page in pages:
        before[page] = words(as_learner.get(page))
    item, question = second.action_items.all()[0], second.questions.all()[0]
    film = Video.objects.get(lesson__day=1).id

    _rewrite(admin, course)

    for page in pages[1:]:
        assert words(as_learner.get(page)) == before[page]
    told = words(as_learner.get("/courses/knots/"))
    assert "Knots" in told
    assert "Unfinished" not in told
    assert "You keep the version of" in told
    assert as_learner.post(f"/action-items/{item.id}/tick/", {"done": "on"}).status_code == 302
    assert as_learner.post(f"/questions/{question.id}/answers/", {"text": "low"}).status_code == 302
    assert as_learner.get(f"/lessons/{lesson_of_id(1)}/video/").content == MP4
    assert Video.objects.get(pk=film).file.name
    complete_lesson(
        user=learner, lesson=Lesson.everything.select_related("course__category").get(pk=second.pk)
    )
    assert (Tick.objects.count(), Answer.objects.get().right) == (1, True)
    finished, paper = Enrolment.objects.get(), Certificate.objects.get()
    assert (finished.is_finished, paper.course_title, paper.days) == (True, "Knots", 2)
    assert "Knots" in words(as_learner.get("/today/"))
    assert as_learner.get(f"/certificates/{paper.number}/").status_code == 200


def lesson_of_id(day: int) -> Any:
    """The id of the lesson that was of this day when the course was published."""
    return next(row["id"] for row in Edition.objects.get().content["lessons"] if row["day"] == day)


def test_nobody_else_sees_either_version(
    as_learner: Any, as_other_learner: Any, as_admin: Any, admin: Any, course: Any
) -> None:
    _rewrite(admin, course)

    for client in (Client(), as_other_learner):
        assert client.get("/courses/knots/").status_code == 404
        for day in (1, 2):
            assert client.get(f"/courses/knots/lessons/{day}/").status_code == 404
    assert "Ropes" in words(as_admin.get("/courses/knots/"))
    assert "Unfinished." in words(as_admin.get("/courses/knots/lessons/1/"))
    assert "Knots" not in words(as_learner.get("/courses/"))


def test_publishing_again_shows_learners_the_new_version_and_keeps_what_they_did(
    as_learner: Any, learner: Any, admin: Any, course: Any
) -> None:
    _rewrite(admin, course)
    only = course.lessons.get()
    publish_lesson(actor=admin, lesson=only)
    edit_course(actor=admin, course=course, duration_days=1)

    publish_course(actor=admin, course=course)

    assert not Edition.objects.exists()
    page = words(as_learner.get("/courses/knots/lessons/1/"))
    assert "Half a thought" in page
    gone = as_learner.get("/courses/knots/lessons/2/")
    assert gone.status_code == 404
    assert "Day 2 isn’t part of this course now." in words(gone)
    assert 'href="/courses/knots/"' in gone.content.decode()
    assert Progress.objects.completed().get().lesson_id == only.id
    assert Enrolment.objects.get().is_finished  # nothing is left to do
    assert ActionItem.everything.filter(removed=True).count() == 2
    course.refresh_from_db()
    assert [course.lessons.count(), course.problems()] == [1, []]


def test_a_course_that_is_put_away_stays_as_it_was_too(as_learner: Any, admin: Any, course: Any) -> None:
    archive_course(actor=admin, course=course)
    edit_lesson(actor=admin, lesson=lesson_of(course, 1), title="Another thought")
    withdraw_course(actor=admin, course=course)
    edit_lesson(actor=admin, lesson=lesson_of(course, 2), title="A third thought")

    assert "Day 1 of Knots" in words(as_learner.get("/courses/knots/lessons/1/"))
    assert "Day 2 of Knots" in words(as_learner.get("/courses/knots/lessons/2/"))


def test_the_administrator_is_told_who_goes_on_with_what(as_admin: Any, admin: Any, course: Any) -> None:
    address = f"/panel/courses/{course.id}/"
    assert "keep seeing the version" not in words(as_admin.get(address))

    withdraw_course(actor=admin, course=course)

    assert "1 learner is in this course and keeps seeing the version of" in words(as_admin.get(address))


@pytest.mark.parametrize("rhythm", ["all_at_once", "one_a_day"])
def test_a_lesson_that_is_added_is_told_to_who_finished_and_locks_nobody_out(
    as_learner: Any, learner: Any, admin: Any, course: Any, rhythm: Any
) -> None:
    edit_course(actor=admin, course=course, in_sequence=True)
    complete_lesson(user=learner, lesson=lesson_of(course, 2))
    paper = Certificate.objects.get()
    withdraw_course(actor=admin, course=course)
    edit_course(actor=admin, course=course, duration_days=3, rhythm=rhythm)
    added = add_lesson(actor=admin, course=course, title="The bowline", content="<p>Over and under.</p>")
    move_lesson(actor=admin, lesson=added, direction="up")
    publish_lesson(actor=admin, lesson=added)
    publish_course(actor=admin, course=course)

    for day in (1, 2, 3):
        assert can_open(learner, lesson_of(course, day)), day
        assert as_learner.get(f"/courses/knots/lessons/{day}/").status_code == 200
    assert "1 new lesson" in words(as_learner.get("/courses/knots/"))
    assert "1 new lesson" in words(as_learner.get("/today/"))
    complete_lesson(user=learner, lesson=lesson_of(course, 2))
    assert "new lesson" not in words(as_learner.get("/courses/knots/"))
    assert Certificate.objects.get() == paper
    assert Enrolment.objects.get().is_finished
