"""Answering the questions of a lesson, as a learner does it."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from momentum.catalog.actions import edit_lesson
from momentum.catalog.models import Lesson
from momentum.catalog.schemas import KeptQuestion, QuestionEntry
from momentum.learning.actions.progress import begin_in_place
from momentum.learning.models import Answer
from tests.factories import make_course, make_enrolment, make_question
from tests.pages import main, words

THREE = ["First", "Second", "Third"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lesson(learner: Any) -> Any:
    """A day that the learner may read."""
    course = make_course(title="Tides", slug="tides")
    make_enrolment(learner, course)
    return course.lessons.get(day=1)


def _single(lesson: Any, **fields: Any) -> Any:
    return make_question(lesson, **{"kind": "single", "choices": THREE, "answer": [1], **fields})


def _multiple(lesson: Any) -> Any:
    return make_question(lesson, kind="multiple", choices=THREE, answer=[2, 0])


def _order(lesson: Any) -> Any:
    return make_question(lesson, kind="order", choices=THREE, answer=[2, 0, 1])


def _send(client: Any, question: Any, *, htmx: bool = True, **data: Any) -> Any:
    headers = HTMX if htmx else {}
    return client.post(f"/questions/{question.id}/answers/", data, headers=headers)


def _places(*places: Any) -> dict[str, Any]:
    return {f"place-{index}": place for index, place in enumerate(places)}


@pytest.mark.parametrize(
    ("make", "sent", "given", "right"),
    [
        (_single, {"choice": "1"}, ["Second"], True),
        (_single, {"choice": "0"}, ["First"], False),
        (_multiple, {"choice": ["0", "2"]}, ["First", "Third"], True),
        (_multiple, {"choice": ["0"]}, ["First"], False),
        (_multiple, {"choice": ["0", "1", "2"]}, THREE, False),
        (_order, _places(2, 3, 1), ["Third", "First", "Second"], True),
        (_order, _places(1, 2, 3), THREE, False),
        (make_question, {"text": " Low-TIDE! "}, ["Low-TIDE!"], True),
        (make_question, {"text": "high"}, ["high"], False),
    ],
)
def test_each_kind_is_judged_explained_and_kept(
    as_learner: Any, learner: Any, lesson: Any, make: Any, sent: Any, given: Any, right: Any
) -> None:
    question = make(lesson)

    page = _send(as_learner, question, **sent)

    assert page.status_code == 200
    said = page.content.decode()
    assert ("Correct." in said, "Not quite." in said) == (right, not right)
    assert ("Show answer" in said, "Try again" in said) == (not right, not right)
    # The reason comes with the right answer, or folded away beneath it.
    assert "The water is out." in said.partition("Show answer")[0 if right else 2]
    assert right or "The water is out." not in said.partition("Show answer")[0]
    kept = Answer.objects.get()
    assert (kept.user_id, kept.question_id, kept.attempt) == (learner.id, question.id, 1)
    assert (kept.given, kept.right) == (given, right)


@pytest.mark.parametrize(
    ("make", "sent", "why"),
    [
        (_single, {}, "Choose an answer first."),
        (_single, {"choice": ["0", "1"]}, "Choose one answer."),
        (_single, {"choice": "3"}, "This question has changed."),
        (_single, {"choice": "-1"}, "This question has changed."),
        (_single, {"choice": "1' OR 1=1 --"}, "This question has changed."),
        (_multiple, {"choice": ["0", "x" * 5000]}, "This question has changed."),
        (_order, {}, "Give each item a different position."),
        (_order, _places(1, 1, 2), "Give each item a different position."),
        (_order, _places(1, 2, 4), "Give each item a different position."),
        (_order, _places("one", 2, 3), "Give each item a different position."),
        (make_question, {"text": "   "}, "Enter your answer first."),
        (make_question, {"text": "a\0b"}, "Null characters are not allowed."),
        (make_question, {"text": "x" * 301}, "That is too long for a short answer."),
    ],
)
def test_what_is_no_answer_is_said_kindly_and_not_kept(
    as_learner: Any, lesson: Any, make: Any, sent: Any, why: Any
) -> None:
    question = make(lesson)

    page = _send(as_learner, question, **sent)

    assert page.status_code == 422
    assert why in page.content.decode()
    assert not Answer.objects.exists()


def test_what_was_written_comes_back_as_text_never_as_html(as_learner: Any, lesson: Any) -> None:
    page = _send(as_learner, make_question(lesson), text='"><script>alert(1)</script>')

    assert "<script>" not in page.content.decode()


def test_without_script_the_lesson_comes_back_at_the_question(as_learner: Any, lesson: Any) -> None:
    question = _order(lesson)

    page = _send(as_learner, question, htmx=False, **_places(2, 3, 1))
    assert page.headers["Location"] == f"/courses/tides/lessons/1/#check-{question.id}"
    assert "Correct." in words(as_learner.get("/courses/tides/lessons/1/"))


def test_without_script_a_refused_answer_comes_back_as_it_was_sent_with_the_reason_at_it(
    as_learner: Any, lesson: Any
) -> None:
    other, question, unanswered = _order(lesson), _order(lesson), make_question(lesson, position=9)
    for one in (other, question):
        _send(as_learner, one, htmx=False, **_places(2, 3, 1))

    page = _send(as_learner, question, htmx=False, **_places(3, 3, 2))

    assert page.status_code == 422
    shown = main(page)
    (fault,) = shown.select("[role=alert]")
    assert (fault["id"], fault.has_attr("autofocus")) == (f"check-{question.id}-fault", True)
    assert words(fault) == "Give each item a different position."
    refused = shown.select_one(f"#check-{question.id}")
    chosen = {one["name"]: words(one.select_one("[selected]")) for one in refused.select("select")}
    assert chosen == {"place-0": "3", "place-1": "3", "place-2": "2"}
    assert shown.select_one(f"#check-{unanswered.id} form")
    assert "Correct." in words(shown.select_one(f"#check-{other.id}"))
    assert Answer.objects.count() == 2


def test_trying_again_counts_and_sending_again_does_not(as_learner: Any, lesson: Any) -> None:
    question, name = _single(lesson), str(uuid.uuid4())

    for choice in ("0", "0", "1", "1"):  # each arrives twice; “back” sends the same page with another choice
        assert _send(as_learner, question, choice=choice, client_id=name).status_code == 200
    _send(as_learner, question, choice="1", client_id=str(uuid.uuid4()))

    kept = Answer.objects.order_by("attempt").values_list("attempt", "given", "right")
    assert list(kept) == [(1, ["First"], False), (2, ["Second"], True), (3, ["Second"], True)]
    assert _send(as_learner, question, choice="1", client_id="not-an-id").status_code == 422


def test_nobody_sees_or_repeats_another_learners_answer(
    as_learner: Any, as_other_learner: Any, other_learner: Any, lesson: Any
) -> None:
    make_enrolment(other_learner, lesson.course)
    question, name = _single(lesson), str(uuid.uuid4())
    _send(as_learner, question, choice="1", client_id=name)

    assert "Correct." not in words(as_other_learner.get("/courses/tides/lessons/1/"))
    _send(as_other_learner, question, choice="0", client_id=name)

    assert sorted(Answer.objects.values_list("user__name", "right")) == [
        ("Lea Learner", True), ("Otto Other", False),
    ]  # fmt: skip


def test_who_may_not_read_the_lesson_may_not_answer(
    as_other_learner: Any, as_admin: Any, lesson: Any
) -> None:
    question = _single(lesson)

    assert _send(as_other_learner, question, choice="1").status_code == 403
    assert _send(as_admin, question, choice="1").status_code == 403
    _send(Client(), question, choice="1")
    assert as_admin.get(f"/questions/{question.id}/answers/").status_code == 405
    assert as_admin.post(f"/questions/{uuid.uuid4()}/answers/").status_code == 404
    assert not Answer.objects.exists()


def test_a_reader_of_a_preview_sees_the_answers_and_how_to_keep_theirs(db: None, lesson: Any) -> None:
    _single(lesson)
    lesson.preview = True
    lesson.save()

    page = Client().get("/courses/tides/lessons/1/")

    assert "Enrol to answer here" in words(page)
    assert "Show answer" in words(page)
    assert "/answers/" not in page.content.decode()


def test_a_lesson_with_answers_costs_no_query_more(
    as_learner: Any, lesson: Any, django_assert_num_queries: Any
) -> None:
    as_learner.get("/courses/tides/lessons/1/")
    with django_assert_num_queries(2):
        as_learner.get("/courses/tides/lessons/1/")
    for make in (_single, _multiple, _order, make_question, make_question):
        _send(as_learner, make(lesson), choice="0", text="low", **_places(1, 2, 3))
    as_learner.get("/courses/tides/lessons/1/")

    with django_assert_num_queries(2):
        as_learner.get("/courses/tides/lessons/1/")


def test_an_edited_question_shows_an_old_answer_only_while_it_fits(
    as_learner: Any, admin: Any, lesson: Any
) -> None:
    question = _single(lesson)
    _send(as_learner, question, choice="1")

    def edit(choices: list[str], answer: list[int]) -> str:
        entry = KeptQuestion(id=question.id, prompt="Which?", choices=choices, answer=answer)
        edit_lesson(actor=admin, lesson=lesson, questions=[entry])
        return words(as_learner.get("/courses/tides/lessons/1/"))

    assert "Correct." in edit(["Second", "Another"], [0])
    for gone in (edit(["Another", "Second"], [0]), edit(["Another", "Yet another"], [0])):
        assert "Check answer" in gone
        assert ("Correct." in gone, "Not quite." in gone) == (False, False)
    assert (Answer.objects.get().given, Answer.objects.get().right) == (["Second"], True)


def test_a_verdict_that_was_given_stays_when_the_rules_become_stricter(
    as_learner: Any, learner: Any, admin: Any, lesson: Any
) -> None:
    question = make_question(lesson, answer=["1.5"])
    begin_in_place(learner, Lesson.objects.get(pk=lesson.pk), timezone.now())
    Answer.objects.create(
        user=learner, question=question, attempt=1, given=["15"], right=True, at=timezone.now()
    )

    same = KeptQuestion(
        id=question.id, kind="short", prompt=question.prompt, answer=["1.5"], explanation="The water is out."
    )
    edit_lesson(actor=admin, lesson=lesson, questions=[same])

    assert "Correct." in words(as_learner.get("/courses/tides/lessons/1/"))


@pytest.mark.parametrize(
    ("make", "sent", "why"),
    [
        (_single, {"choice": "0"}, "“First” isn’t it."),
        (_multiple, {"choice": "0"}, "What you chose belongs, but something is missing."),
        (_multiple, {"choice": ["0", "1", "2"]}, "All that belongs is there, and 1 choice too many."),
        (_multiple, {"choice": ["0", "1"]}, "Something you chose doesn’t belong, and something is missing."),
        (_order, _places(1, 2, 3), "0 of 3 lines are in their place."),
        (_order, _places(3, 2, 1), "1 of 3 lines is in its place."),
        (make_question, {"text": "high"}, "“high” isn’t it."),
        (make_question, {"text": "lów"}, "Almost: look at the accents and marks in “lów”."),
    ],
)
def test_a_wrong_answer_says_what_is_wrong_and_tries_afresh(
    as_learner: Any, lesson: Any, make: Any, sent: Any, why: Any
) -> None:
    question = make(lesson)

    assert why in _send(as_learner, question, **sent).content.decode()

    again = as_learner.get(f"/courses/tides/lessons/1/?again={question.id}").content.decode()
    assert "Check answer" in again
    for trace in ("Not quite.", " checked", " selected", "high", "Show answer"):
        assert trace not in again
    assert "Not quite." in words(as_learner.get("/courses/tides/lessons/1/?again=nonsense"))


def test_a_question_that_is_asked_again_keeps_its_answers(as_learner: Any, admin: Any, lesson: Any) -> None:
    question = _single(lesson)
    _send(as_learner, question, choice="1")

    same = QuestionEntry(prompt=question.prompt, choices=THREE, answer=[1])
    edit_lesson(
        actor=admin, lesson=lesson, questions=[QuestionEntry(prompt="New?", choices=THREE, answer=[0]), same]
    )

    assert Answer.objects.get().question.position == 1
    edit_lesson(actor=admin, lesson=lesson, questions=[])
    assert Answer.objects.get().question_id == question.id


def test_an_order_is_never_shown_in_the_right_order(as_learner: Any, lesson: Any) -> None:
    for number in range(8):
        make_question(lesson, kind="order", prompt=f"{number}?", choices=["A", "B"], answer=[0, 1])

    page = as_learner.get("/courses/tides/lessons/1/").content.decode()

    assert page.count('name="place-1"') == 8
    for part in page.split('<fieldset class="selfcheck__set"')[1:]:
        assert part.index('name="place-1"') < part.index('name="place-0"')
