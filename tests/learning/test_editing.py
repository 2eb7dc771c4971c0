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
from momentum.catalog.models import ActionItem, Course, Edition, Lesson, Question, Video
from momentum.catalog.schemas import ActionItemEntry, KeptActionItem, KeptQuestion, QuestionEntry
from momentum.core.errors import ForbiddenError
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol, leave_course
from momentum.learning.models import Answer, Certificate, Enrolment, Progress, Tick
from momentum.learning.permissions import can_open
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
    gone = as_learner.get("/courses/knots/lessons/2/", follow=True)
    assert gone.redirect_chain == [("/courses/knots/", 302)]
    assert "Day 2 isn’t part of this course now." in gone.content.decode()
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


def test_a_course_that_was_taken_back_is_still_done_in_order(
    learner: Any, other_learner: Any, admin: Any, course: Any
) -> None:
    make_enrolment(other_learner, course)
    edit_course(actor=admin, course=course, in_sequence=True)
    withdraw_course(actor=admin, course=course)
    withdraw_lesson(actor=admin, lesson=lesson_of(course, 1))

    with pytest.raises(ForbiddenError) as refused:
        complete_lesson(user=other_learner, lesson=lesson_of(course, 2))

    assert refused.value.code == "lesson_ahead"
    assert not Progress.objects.filter(user=other_learner).exists()
    assert can_open(learner, lesson_of(course, 2))
    complete_lesson(user=other_learner, lesson=lesson_of(course, 1))
    assert can_open(other_learner, lesson_of(course, 2))


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


def test_what_is_removed_from_a_published_course_is_gone_for_new_readers_and_kept_for_who_did_it(
    as_learner: Any, as_other_learner: Any, other_learner: Any, learner: Any, admin: Any, course: Any
) -> None:
    lesson = lesson_of(course, 2)
    done, other = lesson.action_items.all()
    question = lesson.questions.get()
    kept = KeptQuestion(id=question.id, kind="short", prompt=question.prompt, answer=["low", "low tide"])
    as_learner.post(f"/action-items/{done.id}/tick/", {"done": "on"})
    as_learner.post(f"/questions/{question.id}/answers/", {"text": "low"})
    make_enrolment(other_learner, course)

    edit_lesson(
        actor=admin, lesson=lesson, action_items=[KeptActionItem(id=other.id, text=other.text)], questions=[]
    )

    for client in (as_learner, as_other_learner):
        page = words(client.get("/courses/knots/lessons/2/"))
        assert (done.text in page, other.text in page, question.prompt in page) == (False, True, False)
        assert "0 of 1 done" in page
        told = client.post(f"/questions/{question.id}/answers/", {"text": "low tide"}, follow=True)
        assert told.redirect_chain == [("/courses/knots/lessons/2/", 302)]
        assert "This question isn’t part of the lesson any more." in told.content.decode()
    assert (Tick.objects.get().action_item_id, Answer.objects.get().question_id) == (done.id, question.id)
    assert lesson.questions.count() == 0

    put_back = [ActionItemEntry(text=other.text), ActionItemEntry(text=done.text)]
    edit_lesson(actor=admin, lesson=lesson, action_items=put_back, questions=[kept])

    page = words(as_learner.get("/courses/knots/lessons/2/"))
    assert "1 of 2 done" in page
    assert "Correct." in page
    assert {item.id for item in ActionItem.everything.filter(lesson=lesson)} == {done.id, other.id}


def test_what_nobody_was_ever_shown_is_deleted(admin: Any) -> None:
    lesson = lesson_of(make_course(days=2, published=False), 2)
    make_question(lesson)

    edit_lesson(actor=admin, lesson=lesson, action_items=[], questions=[])

    assert not ActionItem.everything.filter(lesson=lesson).exists()
    assert not Question.everything.filter(lesson=lesson).exists()


def test_a_course_that_becomes_half_as_long_takes_nothing_from_anybody(
    as_learner: Any, as_other_learner: Any, learner: Any, other_learner: Any, admin: Any
) -> None:
    course = make_course(title="Sails", slug="sails", days=4)
    finished, halfway = make_enrolment(learner, course, done=4), make_enrolment(other_learner, course, done=3)
    paper = Certificate.objects.get()
    ticked = lesson_of(course, 3).action_items.all()[0]
    as_other_learner.post(f"/action-items/{ticked.id}/tick/", {"done": "on"})
    leave_course(user=other_learner, course=course)

    withdraw_course(actor=admin, course=course)
    for day in (4, 3):
        delete_lesson(actor=admin, lesson=lesson_of(course, day))
    edit_course(actor=admin, course=course, duration_days=2)
    move_lesson(actor=admin, lesson=lesson_of(course, 1), direction="down")
    publish_course(actor=admin, course=course)

    for client in (as_learner, as_other_learner):
        assert client.get("/courses/sails/lessons/4/").url == "/courses/sails/"
    finished.refresh_from_db()
    assert (finished.is_finished, Certificate.objects.get()) == (True, paper)
    assert as_learner.get(f"/certificates/{paper.number}/").status_code == 200
    done = [Progress.objects.completed().filter(user=user).count() for user in (learner, other_learner)]
    assert (done, Tick.objects.get().action_item_id) == ([4, 3], ticked.id)
    enrol(user=other_learner, course=course)
    halfway.refresh_from_db()
    assert as_other_learner.get("/courses/sails/lessons/2/").status_code == 200


def test_a_course_that_is_imported_again_harms_nobody_who_is_in_the_first(
    as_learner: Any, as_admin: Any, learner: Any, course: Any
) -> None:
    out = b"".join(as_admin.get(f"/panel/courses/{course.id}/export/"))
    before = words(as_learner.get("/courses/knots/lessons/1/"))

    as_admin.post("/panel/courses/import/", {"file": ContentFile(out, name="knots.zip")})

    assert sorted(Course.objects.values_list("slug", flat=True)) == ["knots", "knots-2"]
    assert words(as_learner.get("/courses/knots/lessons/1/")) == before
    assert Progress.objects.completed().get().lesson.course_id == course.id
