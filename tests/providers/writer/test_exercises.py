"""What else a teacher adds: things to do, what a learner will be able to do, and a glossary."""

import pytest

from momentum.providers.writer.extractive import actions, checks, languages
from momentum.providers.writer.extractive.glossary import glossary
from momentum.providers.writer.extractive.objectives import objectives, telling
from tests.providers.writer.days import TERMS, day, items, right

STEPS = ("Close the valve.", "Open the lid with the key.", "Turn the wheel.", "Lock the lid again.")


def test_steps_are_put_in_order_and_are_something_to_do_today() -> None:
    lists = [items("step", *STEPS, lead="To fill the pump:")]
    today = day("The pump needs water.", lists=lists)

    [question, *_] = checks.ask(today, 1)
    [first, second] = actions.suggest(today, 1, ["Pumps"])

    assert question.kind == "order"
    assert tuple(right(question)) == STEPS
    assert question.choices != list(STEPS)
    assert first.text.endswith("“To fill the pump”")
    assert first.note == "Page 1"
    assert "“Pumps”" in second.text


def test_objectives_name_terms_procedures_and_headings_each_once() -> None:
    english = languages.find("en")
    assert english is not None

    found = objectives(["smoker", "hive tool"], ["To fill the pump"], ["Smoker", "Tools"], english)

    assert found == [
        "Carry out the steps of “To fill the pump”",
        "Explain “smoker” in your own words",
        "Sum up “Tools” in three sentences",
    ]


def test_objectives_differ_from_day_to_day_and_come_from_the_whole_of_it() -> None:
    english = languages.find("en")
    assert english is not None
    headings = ["Feeding", "Smoke", "Frames", "Wax", "Winter", "Spring"]

    days = [
        objectives([], [], headings, english, number=number, cases=["If water freezes"]) for number in (1, 2)
    ]

    assert days[0] == [
        "Say what applies: “If water freezes …”",
        "Sum up “Feeding” in three sentences",
        "Answer questions about “Wax” from memory",
    ]
    assert not set(days[0][1:]) & set(days[1])


def test_a_heading_that_names_no_matter_is_nothing_to_tell() -> None:
    english = languages.find("en")
    assert english is not None

    assert telling(["Purpose", "The hive: requirements", "The hive: frames"], english) == ["The hive: frames"]


def test_a_glossary_has_each_term_once_in_the_order_of_the_alphabet() -> None:
    today = day(*TERMS, TERMS[0])

    found = glossary(today.said, today.language)

    assert [text.partition(":")[0] for text, _ in found] == [
        "Artificial swarm",
        "Clearer board",
        "Hive tool",
        "Smoker",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Report an accident within three days.",
        "Divide the quantity by two and double the time.",
        "Take a look at all of them.",
        "Assume that your reader knows about hives.",
    ],
)
def test_what_waits_for_an_event_or_speaks_of_something_before_is_nothing_to_do_today(text: str) -> None:
    [first, _] = actions.suggest(day(text), 1, ["Hives"])

    assert first.text != text


def test_what_anybody_can_do_today_is_something_to_do() -> None:
    [first, second] = actions.suggest(day("Walk for ten minutes every day after lunch."), 1, ["Hives"])

    assert (first.text, first.note) == ("Walk for ten minutes every day after lunch.", "Page 1")
    assert "“Hives”" in second.text


def test_a_point_of_a_slide_is_nothing_to_do_today() -> None:
    slides = items("bullet", "Press the chest a hundred times a minute.", lead="First aid")

    found = actions.suggest(day(lists=[slides]), 1, ["First aid"])

    assert not any("hundred" in item.text for item in found)


def test_two_days_have_different_things_to_do() -> None:
    days = [[item.text for item in actions.suggest(day(), number, ["Hives"])] for number in (1, 2, 3)]

    assert len({text for texts in days for text in texts}) == 6


def test_a_case_that_the_day_speaks_of_is_something_to_do() -> None:
    today = day("When water freezes, break the ice on the tray in the morning.")

    [first, _] = actions.suggest(today, 1, ["Hives"])

    assert first.text.endswith("“When water freezes …”")
    assert first.note == "Page 1"
