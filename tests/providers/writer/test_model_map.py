"""Long references are read whole before the plan, in pieces; a call that is made again doesn't read them twice."""

import pytest

from momentum.providers.documents import Document, Page
from momentum.providers.writer import WriterError
from momentum.providers.writer.model import ModelConfig, build_writer
from momentum.providers.writer.requests import before_further_requests, keeping_answers
from tests.providers.fake_models import FakeModels, Reply
from tests.providers.writer.model_cast import MODELS, REQUEST, config, writer_on

MAP, PLAN = "You read part of a document", "You plan short daily courses"


def long_book(pages: int = 60) -> Document:
    filler = "It goes on about the hive and the summer and the honey of the year. " * 25
    return Document(
        title="Long",
        pages=[
            Page(number=n, text=f"Fact {n} of the bees is told here.\n\n{filler}")
            for n in range(1, pages + 1)
        ],
        words=pages * 350,
    )


class Kept(dict[str, str]):
    def find(self, key: str) -> str | None:
        return self.get(key)

    def keep(self, key: str, answer: str) -> None:
        self[key] = answer


def test_a_long_reference_is_read_to_its_end_by_the_cheap_model(fake: FakeModels) -> None:
    writer = build_writer("openai:large", ModelConfig(base_url=fake.base_url("openai"), cheap="openai:small"))

    written = writer.outline(REQUEST, [long_book()])

    maps = [asked for asked in fake.asked if MAP in asked.text]
    assert len(maps) > 5
    assert {asked.body["model"] for asked in maps} == {"small"}
    [plan] = [asked for asked in fake.asked if PLAN in asked.text]
    assert plan.body["model"] == "large"
    assert '"page": 60, "topic": "Fact 60 of the"' in plan.text
    assert [(u.model, u.requests) for u in written.usage] == [
        ("openai:large", 1),
        ("openai:small", len(maps)),
    ]


def test_a_short_reference_is_given_whole_without_a_map(fake: FakeModels) -> None:
    writer_on(fake).outline(REQUEST, [long_book(pages=4)])

    [plan] = fake.asked
    assert long_book(4).pages[3].text.rstrip()[-40:] in plan.text


def test_a_point_whose_words_are_not_on_its_page_is_left_out(fake: FakeModels) -> None:
    point = {
        "page": 1,
        "topic": "Cheese",
        "says": "The moon is cheese.",
        "quote": "The moon is made of cheese",
    }
    true = {"page": 1, "topic": "Bees", "says": "A fact.", "quote": "Fact 1 of the bees"}
    fake.will(Reply(answer={"points": [point, true]}))
    writer = build_writer(MODELS["openai"], ModelConfig(base_url=fake.base_url("openai"), at_once=1))

    writer.outline(REQUEST, [long_book()])

    plan = fake.asked[-1].text
    assert "Cheese" not in plan
    assert '"topic": "Bees"' in plan


def test_a_piece_that_the_model_will_not_read_is_planned_from_its_beginning(fake: FakeModels) -> None:
    fake.will(Reply(stop="refusal", text="No."))
    writer = build_writer(MODELS["openai"], ModelConfig(base_url=fake.base_url("openai"), at_once=1))

    writer.outline(REQUEST, [long_book()])

    assert '"page": 1, "says": "Fact 1 of the bees' in fake.asked[-1].text


def test_what_was_read_before_a_failure_is_not_paid_for_again(fake: FakeModels) -> None:
    kept = Kept()
    writer = build_writer(MODELS["openai"], ModelConfig(base_url=fake.base_url("openai"), at_once=1))
    fake.will(Reply(), Reply(), Reply(status=503))

    with keeping_answers(kept):
        with pytest.raises(WriterError):
            writer.outline(REQUEST, [long_book()])
        before = len(fake.asked)
        writer.outline(REQUEST, [long_book()])
        again = len(fake.asked)
        writer.outline(REQUEST.model_copy(update={"days": 5}), [long_book()])

    maps = [asked for asked in fake.asked[before:again] if MAP in asked.text]
    assert before == 3
    assert len(kept) == len(maps) + 2 + 1 + 1
    assert len({asked.given for asked in maps}) == len(maps)
    # Other days need another plan, and the same map.
    assert [PLAN in asked.text for asked in fake.asked[again:]] == [True]


def test_a_lesson_whose_questions_failed_is_not_written_again(fake: FakeModels) -> None:
    writer, kept = writer_on(fake), Kept()
    brief = writer.briefs(REQUEST, writer.outline(REQUEST, []).value, []).value[0]
    fake.asked.clear()
    fake.will(Reply(), Reply(status=429))

    with keeping_answers(kept):
        with pytest.raises(WriterError):
            writer.lesson(REQUEST, brief, [])
        lesson = writer.lesson(REQUEST, brief, [])

    assert len(fake.asked) == 4
    assert [usage.prompt_version for usage in lesson.usage] == ["lesson-questions@1", "question-solving@1"]


def test_each_request_but_the_reserved_one_is_asked_for_with_its_price(fake: FakeModels) -> None:
    writer = build_writer(MODELS["anthropic"], config(fake, "anthropic"))
    prices: list[int | None] = []
    reserved = writer.reserve("outline", REQUEST, [long_book()])

    with before_further_requests(prices.append):
        writer.outline(REQUEST, [long_book()])

    assert len(prices) == len(fake.asked) - 1
    assert reserved is not None
    assert all(price is not None and 0 < price < reserved for price in prices)
