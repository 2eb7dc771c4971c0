"""The questions of a model's lesson: the rules of their choices, and a second reader who must agree."""

from typing import Any

import pytest

from momentum.providers.writer import LessonBrief, SourceSpan
from momentum.providers.writer.model import ModelConfig, build_writer
from momentum.providers.writer.model.distractors import fault
from momentum.providers.writer.model.passages import select
from momentum.providers.writer.model.questions import shuffled
from momentum.providers.writer.model.schema import QuestionAnswer
from tests.providers.fake_models import FakeModels, Reply
from tests.providers.writer.model_cast import REQUEST, book, writer_on

BRIEF = LessonBrief(
    day=1, title="Choosing a place", source=[SourceSpan(document=0, first_page=1, last_page=2)]
)


def question(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "single",
        "prompt": "What does a hive want in the morning?",
        "right": ["Sun"],
        "wrong": ["Rain", "Wind"],
        "explanation": "It wakes the bees.",
    } | changes


def solutions(*letters: list[str]) -> Reply:
    return Reply(
        answer={"answers": [{"question": n, "letters": given} for n, given in enumerate(letters, 1)]}
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"right": ["Sun", "Shade"]}, "exactly one right choice"),
        ({"wrong": ["Rain"]}, "three to six choices"),
        ({"wrong": ["Rain", "rain."]}, "two of its choices are the same"),
        ({"wrong": ["Rain", "All of the above"]}, "“all of the above” and the like"),
        ({"wrong": ["Regen", "Keine der genannten"]}, "“all of the above” and the like"),
        ({"wrong": ["Rain", "30 degrees"]}, "differ in form"),
        (
            {"right": ["The morning sun, for it warms the entrance early and wakes the bees"]},
            "differ in form",
        ),
        (
            {
                "right": ["The sun reaches the entrance at noon"],
                "wrong": [
                    "The morning sun reaches the entrance early in the day",
                    "The wind reaches the hive from the north",
                ],
            },
            "is true by the passages",
        ),
        ({"kind": "short", "right": ["sun"], "wrong": []}, ""),
    ],
)
def test_choices_keep_the_rules(changes: dict[str, Any], said: str) -> None:
    passages = select([book()], BRIEF.source, "", 10_000).passages

    found = fault(QuestionAnswer.model_validate(question(**changes)), passages)

    assert said in found
    assert bool(found) is bool(said)


def test_choices_are_shuffled_by_us_and_the_same_each_time(fake: FakeModels) -> None:
    asked = [question(prompt=f"Question {n}?", wrong=["Rain", "Wind", "Snow"]) for n in range(8)]

    # The fake knows nothing of these, so both times the reader is told what to say.
    first = _solved(fake, asked)
    second = _solved(fake, asked)

    assert first == second
    assert len({tuple(answer) for answer in first}) > 1


def _solved(fake: FakeModels, asked: list[dict[str, Any]]) -> list[list[int]]:
    """Positions of the right answers, with a reader who finds them."""
    fake.asked.clear()
    fake.will(Reply(), Reply(answer={"questions": asked}))
    shown = _shown(asked)
    fake.will(solutions(*[[letter] for letter in shown]))
    draft = writer_on(fake).lesson(REQUEST, BRIEF, [book()]).value
    assert len(draft.questions) == len(asked)
    return [question.answer for question in draft.questions]


def _shown(asked: list[dict[str, Any]]) -> list[str]:
    """The letters that the right answers get."""
    return ["ABCDEF"[shuffled(QuestionAnswer.model_validate(one), {}).answer[0]] for one in asked]


def test_the_reader_sees_the_lesson_and_no_answers_and_is_the_cheap_model(fake: FakeModels) -> None:
    config = ModelConfig(base_url=fake.base_url("openai"), cheap="openai:small")

    written = build_writer("openai:large", config).lesson(REQUEST, BRIEF, [book()])

    solving = fake.asked[2]
    assert [asked.body["model"] for asked in fake.asked] == ["large", "large", "small"]
    assert "Each rests on the one before." not in solving.text
    assert '"right"' not in solving.given.partition("<questions")[2]
    assert written.value.sections[0].heading in solving.text
    assert [(usage.model, usage.prompt_version) for usage in written.usage] == [
        ("openai:large", "lesson-content@4"),
        ("openai:large", "lesson-questions@1"),
        ("openai:small", "question-solving@1"),
    ]


def test_a_question_that_the_reader_answers_otherwise_is_sent_back_and_then_left_out(
    fake: FakeModels,
) -> None:
    two = [question(), question(prompt="What else?")]
    shown = _shown(two)
    wrong = [next(letter for letter in "ABC" if letter != shown[0])]
    fake.will(Reply(), Reply(answer={"questions": two}), solutions(wrong, [shown[1]]))
    fake.will(Reply(answer={"questions": two}), solutions(wrong, [shown[1]]))

    draft = writer_on(fake).lesson(REQUEST, BRIEF, [book()]).value

    assert "“What does a hive want in the morning?”: a reader of the lesson answered" in fake.asked[3].text
    assert [q.prompt for q in draft.questions] == ["What else?"]
    assert any("1 question was left out" in note for note in draft.notes)
    assert any("few questions" in note for note in draft.notes)


def test_a_second_right_choice_is_found_out_by_the_reader(fake: FakeModels) -> None:
    asked = [question()]
    fake.will(Reply(), Reply(answer={"questions": asked}), solutions(["A", "B"]))

    draft = writer_on(fake).lesson(REQUEST, BRIEF, [book()]).value

    assert question()["prompt"] not in [q.prompt for q in draft.questions]
    assert len(draft.questions) == 3  # the next ones stand


def test_questions_that_never_come_are_told_to_the_reviewer(fake: FakeModels) -> None:
    fake.will(Reply(), *[Reply(answer={"questions": []})] * 3)

    draft = writer_on(fake).lesson(REQUEST, BRIEF, [book()]).value

    assert draft.questions == []
    assert draft.notes[-1].startswith("There are no questions: The model was asked 3 times")


def test_a_question_of_order_with_wrong_choices_is_asked_for_again(fake: FakeModels) -> None:
    fake.will(Reply(), Reply(answer={"questions": [question(kind="order", right=["First", "Then"])]}))

    draft = writer_on(fake).lesson(REQUEST, BRIEF, [book()]).value

    assert "has no wrong choices" in fake.asked[2].text
    assert len(draft.questions) == 3
