"""A lesson's questions in its editor, as an administrator works on them."""

from typing import Any

import pytest

from momentum.catalog import archive
from momentum.catalog.actions import export_course, import_course
from momentum.catalog.models import Question
from momentum.learning.models import Answer
from tests.factories import make_course, make_enrolment, make_question
from tests.pages import button, fields, soup, titles, words


@pytest.fixture
def lesson(db: None) -> Any:
    """The first day of a course."""
    return make_course(days=1, title="Tides", slug="tides").lessons.get()


def _save(client: Any, lesson: Any, **changes: str) -> Any:
    path = f"/panel/lessons/{lesson.id}/"
    data = fields(button(client.get(path), "Save"), "Save")
    return client.post(path, data | {f"question-{key}": value for key, value in changes.items()}, follow=True)


def _new(number: int = 0, **values: str) -> dict[str, str]:
    return {f"{number}-{name}": value for name, value in values.items()}


def _all(lesson: Any) -> list[Any]:
    return list(lesson.questions.values_list("kind", "prompt", "choices", "answer"))


@pytest.mark.parametrize(
    ("kind", "choices", "answer", "kept"),
    [
        ("single", "In\nOut", "2", (["In", "Out"], [1])),
        ("multiple", "In\n\n Out \nUp", "3, 1", (["In", "Out", "Up"], [2, 0])),
        ("order", "In\nOut", "", (["In", "Out"], [0, 1])),
        ("order", "In\nOut", "2 1", (["In", "Out"], [1, 0])),
        ("short", "", "low tide\nlow, as it were", ([], ["low tide", "low, as it were"])),
    ],
)
def test_a_question_of_each_kind_is_added(
    as_admin: Any, lesson: Any, kind: str, choices: str, answer: str, kept: Any
) -> None:
    page = _save(
        as_admin,
        lesson,
        **_new(prompt="Which?", kind=kind, choices=choices, answer=answer, explanation="So."),
    )

    assert "Saved." in words(page)
    assert _all(lesson) == [(kind, "Which?", *kept)]
    assert "Which?" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"prompt": "", "choices": "In\nOut", "answer": "1"}, "This field is required."),
        ({"choices": "In", "answer": "1"}, "Add at least two choices."),
        ({"choices": "In\nIn", "answer": "1"}, "Two choices are the same."),
        ({"choices": "In\nOut", "answer": "3"}, "Enter the numbers of the choices, each once. The first is 1."),
        ({"choices": "In\nOut", "answer": "0"}, "Enter the numbers of the choices, each once. The first is 1."),
        ({"choices": "In\nOut", "answer": ""}, "Enter the numbers of the choices, each once. The first is 1."),
        ({"choices": "In\nOut", "answer": "1, 2"}, "Enter exactly one correct choice."),
        ({"kind": "multiple", "choices": "In\nOut", "answer": "1, 1"},
         "Enter the numbers of the choices, each once. The first is 1."),
        ({"kind": "order", "choices": "In\nOut", "answer": "1"}, "Enter every choice in the correct order."),
        ({"kind": "short", "answer": ""}, "Add at least one accepted answer."),
        ({"kind": "short", "choices": "In", "answer": "In"}, "Short answers have no choices."),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_comes_back_with_the_reason(
    as_admin: Any, lesson: Any, changes: dict[str, str], why: str
) -> None:
    page = _save(as_admin, lesson, **_new(**{"prompt": "Which?", "kind": "single", **changes}))

    assert page.status_code == 422
    assert why in titles(page, ".field__errors li")
    assert _all(lesson) == []
    lesson.refresh_from_db()
    assert lesson.version == 1


def test_saving_unchanged_keeps_every_question_as_it_was(as_admin: Any, admin: Any, lesson: Any) -> None:
    make_question(lesson, position=0, page=7)
    make_question(lesson, position=1, kind="order", choices=["B", "A", "C"], answer=[1, 0, 2])
    make_question(lesson, position=2, kind="multiple", choices=["B", "A", "C"], answer=[2, 0])
    before = list(lesson.questions.order_by("position").values())

    _save(as_admin, lesson)

    after = list(lesson.questions.order_by("position").values())
    assert [row | {"updated_at": None} for row in after] == [row | {"updated_at": None} for row in before]


def test_questions_change_places_and_go_and_keep_their_answers(
    as_admin: Any, learner: Any, lesson: Any
) -> None:
    from django.test import Client

    first = make_question(lesson, position=0, prompt="First?")
    second = make_question(lesson, position=1, prompt="Second?")
    make_enrolment(learner, lesson.course)
    client = Client()
    client.force_login(learner)
    for question in (first, second):
        client.post(f"/questions/{question.id}/answers/", {"text": "low"})

    _save(as_admin, lesson, **_new(0, ORDER="2", prompt="First, again?"), **_new(1, ORDER="1"))
    assert [one.prompt for one in lesson.questions.all()] == ["Second?", "First, again?"]
    assert Answer.objects.count() == 2

    _save(as_admin, lesson, **_new(0, DELETE="on"))
    assert list(lesson.questions.all()) == [first]
    assert {answer.question for answer in Answer.objects.all()} == {first, second}


def test_questions_of_an_older_page_are_refused(as_admin: Any, lesson: Any) -> None:
    path = f"/panel/lessons/{lesson.id}/"
    data = fields(button(as_admin.get(path), "Save"), "Save")
    _save(as_admin, lesson, **_new(prompt="Mine?", kind="short", answer="yes"))

    page = as_admin.post(
        path, data | {"question-0-prompt": "Theirs?", "question-0-kind": "short", "question-0-answer": "no"}
    )

    assert page.status_code == 422
    assert [one.prompt for one in lesson.questions.all()] == ["Mine?"]


def test_an_id_of_another_lessons_question_takes_nothing_from_it(as_admin: Any, lesson: Any) -> None:
    other = make_question(make_course(days=1).lessons.get(), prompt="Elsewhere?")

    _save(as_admin, lesson, **_new(id=str(other.id), prompt="Here?", kind="short", answer="yes"))

    other.refresh_from_db()
    assert (other.prompt, other.lesson_id == lesson.id) == ("Elsewhere?", False)
    assert [one.prompt for one in lesson.questions.all()] == ["Here?"]


def test_an_edited_question_goes_out_and_comes_in_the_same(
    as_admin: Any, admin: Any, lesson: Any, tmp_path: Any
) -> None:
    from momentum.catalog import archive

    _save(
        as_admin,
        lesson,
        **_new(prompt="Which: “in”?", kind="order", choices="* In\n1. Out\n- Up", answer="3, 1, 2"),
    )
    archive.to_directory(export_course(actor=admin, course=lesson.course), tmp_path / "out")

    copy = import_course(actor=admin, source=tmp_path / "out", slug_taken="rename")

    assert _all(copy.lessons.get()) == _all(lesson)
    assert Question.objects.count() == 2


def test_a_tolerance_is_kept_and_only_for_numbers(
    as_admin: Any, admin: Any, lesson: Any, tmp_path: Any
) -> None:
    wrong = _save(as_admin, lesson, **_new(prompt="How far?", kind="short", answer="far", tolerance="0.5"))
    assert "Only a short answer that is a number has a tolerance." in words(wrong)
    _save(as_admin, lesson, **_new(prompt="How far?", kind="short", answer="2.5\n-5 km", tolerance="5%"))

    assert Question.objects.get().tolerance == "5%"
    assert "Accepted: 2.375 – 2.625; -5.25 km – -4.75 km" in words(
        as_admin.get(f"/panel/lessons/{lesson.id}/")
    )
    archive.to_directory(export_course(actor=admin, course=lesson.course), tmp_path / "out")
    again = import_course(actor=admin, source=tmp_path / "out", slug_taken="rename")
    assert list(Question.objects.filter(lesson__course=again).values_list("answer", "tolerance")) == [
        (["2.5", "-5 km"], "5%")
    ]


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        ("2,5", "Accepted. Accepted: 2.4 – 2.6"),
        ("2.7", "Not accepted. Accepted: 2.4 – 2.6"),
        ("", "Not accepted."),
    ],
)
def test_an_author_tries_an_answer_before_saving(as_admin: Any, tried: Any, said: Any) -> None:
    row = {
        "q-kind": "short",
        "q-answer": "2.5",
        "q-tolerance": "0.1",
        "trial": tried,
        "row": "q",
        "language": "en",
    }

    assert said in words(soup(as_admin.get("/panel/questions/trial/", row)))


def test_what_is_wrong_stands_above_the_form_and_leads_to_each_field(as_admin: Any, lesson: Any) -> None:
    page = _save(as_admin, lesson, **_new(prompt="Which?", kind="single", choices="In", answer="7"))

    summary = soup(page).select_one("[role=alert][tabindex='-1'][autofocus][data-opens]")
    assert [one["href"] for one in summary.select("a")] == ["#id_question-0-choices", "#id_question-0-answer"]
    assert all(soup(page).select_one(one["href"]) for one in summary.select("a"))
