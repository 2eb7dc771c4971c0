"""What a teacher adds, made from what a day says: questions with one right answer, things to do, objectives."""

import pytest

from momentum.providers.writer import Question
from momentum.providers.writer.extractive import actions, checks, languages
from momentum.providers.writer.extractive.checks.names import ask_name
from momentum.providers.writer.extractive.checks.numbers import ask_number
from momentum.providers.writer.extractive.checks.truths import ask_truth, turned
from momentum.providers.writer.extractive.glossary import glossary
from momentum.providers.writer.extractive.languages.teaching import find
from momentum.providers.writer.extractive.objectives import objectives
from momentum.providers.writer.extractive.units import ItemKind, Piece

TERMS = [
    "A smoker is a small bellows with a fire pot that calms the bees.",
    "A hive tool is a flat steel lever for parting boxes that stick together.",
    "A clearer board is a one-way door that lets workers leave the honey box.",
    "An artificial swarm is a division made by the beekeeper in early summer.",
]


def day(
    *texts: str, elsewhere: list[str] | None = None, lists: list[list[Piece]] | None = None, code: str = "en"
) -> checks.Day:
    language = languages.find(code)
    assert language is not None
    pieces = [Piece(text, page=1, whole=True, order=order) for order, text in enumerate(texts)]
    others = [Piece(text, page=9, whole=True, order=100 + at) for at, text in enumerate(elsewhere or [])]
    return checks.Day(
        language=language,
        title="Bees",
        said=pieces,
        lists=lists or [],
        elsewhere=others,
        page=lambda piece: (piece.page, f"p{piece.page}"),
        place=lambda piece: f"page {piece.page}",
    )


def right(question: Question) -> list[str]:
    return [question.choices[place] for place in question.answer]


def test_a_term_is_asked_for_with_the_descriptions_of_others() -> None:
    [question, *_] = checks.ask(day(TERMS[0], elsewhere=TERMS[1:]), 1)

    assert question.prompt == "Which description fits “smoker”?"
    assert right(question) == ["A small bellows with a fire pot that calms the bees."]
    assert len(question.choices) == 4
    assert question.explanation == f"“{TERMS[0]}” (page 1)"
    assert (question.page, question.label) == (1, "p1")


def test_a_description_that_is_true_of_the_term_too_is_no_wrong_answer() -> None:
    also = "A bee brush is a small bellows with a fire pot that calms the bees."

    [question, *_] = checks.ask(day(TERMS[0], elsewhere=[*TERMS[1:], also]), 1)

    assert len(question.choices) == 4
    assert len(set(question.choices)) == 4


@pytest.mark.parametrize(
    ("sentence", "elsewhere", "answer", "wrong"),
    [
        ("A strong colony makes 30 kilograms of honey.", ["A hive weighs 42 kilograms empty."], "30", "42"),
        (
            "A school of beekeeping opened in 1904.",
            ["A museum of wax closed in 1931."],
            "1904",
            "1931",
        ),
        ("Syrup is stirred for twelve minutes.", ["Boil the jars for fifteen minutes."], "twelve", "fifteen"),
    ],
)
def test_a_number_is_asked_for_among_others_of_its_form(
    sentence: str, elsewhere: list[str], answer: str, wrong: str
) -> None:
    [(_, question)] = ask_number(day(sentence, elsewhere=elsewhere))

    assert "_____" in question.prompt
    assert right(question) == [answer]
    assert wrong in question.choices
    assert len(question.choices) == 4


def test_a_number_that_the_document_gives_elsewhere_for_the_same_is_no_wrong_answer() -> None:
    again = ["A strong colony makes 42 kilograms of honey.", "A hive weighs 42 kilograms empty."]

    [(_, question)] = ask_number(day("A strong colony makes 30 kilograms of honey.", elsewhere=again))

    assert "42" not in question.choices


@pytest.mark.parametrize(
    "text",
    [
        "The two samples are compared by a simple picture of both.",
        "Details about winter food stand in chapter 12 of a book.",
        "The program was written for version 3.2 by a friend.",
    ],
)
def test_a_number_that_points_elsewhere_is_never_asked_for(text: str) -> None:
    assert list(ask_number(day(text))) == []


def test_a_condition_is_asked_for_with_what_follows_from_others() -> None:
    said = "When water freezes, break the ice on the tray in the morning."
    elsewhere = [
        "When scent fades, the workers raise a new queen in a few days.",
        "When a swarm settles, the beekeeper holds a box below the branch.",
        "When honey is ripe, the workers seal the cells with white wax.",
    ]

    [question] = checks.ask(day(said, elsewhere=elsewhere), 1)

    assert question.prompt == "How does this sentence go on? “When water freezes, …”"
    assert right(question) == ["… break the ice on the tray in the morning."]
    assert len(question.choices) == 4


def test_true_and_false_stand_in_one_order_and_a_changed_fact_is_false() -> None:
    sentences = [
        "Feed the colony before the first frost of the year comes.",
        "A worker always returns to the place of an old hive.",
        "A dry cellar keeps frames and boxes in good order.",
        "Bees fly on a warm morning in the middle of spring.",
    ]

    asked = [question for _, question in ask_truth(day(*sentences))]

    assert len(asked) >= 3
    for question in asked:
        assert question.choices == ["True", "False"]
        shown = question.prompt.removeprefix("Is this true? “").removesuffix("”")
        assert (shown in sentences) == (right(question) == ["True"])
    assert {tuple(right(question)) for question in asked} == {("True",), ("False",)}


def test_one_word_is_turned_and_only_where_its_opposite_is_not_there_too() -> None:
    pairs = (("before", "after"),)

    assert turned("Wash your hands before you eat.", pairs) == "Wash your hands after you eat."
    assert turned("Wash your hands before and after you eat.", pairs) == ""
    assert turned("Wash your hands.", pairs) == ""


def test_a_name_is_asked_for_only_where_three_others_are_named_more_than_once() -> None:
    said = "A hive with frames was built by Langstroth in a barn."
    others = [f"Later on {name} wrote a book about it." for name in ("Huber", "Dzierzon", "Berlepsch") * 2]
    others.append("Later on Huber drew pictures of combs.")
    known = [*others, "In those days Langstroth kept a diary."]

    [(_, question)] = ask_name(day(said, elsewhere=known))

    assert right(question) == ["Langstroth"]
    assert set(question.choices) == {"Langstroth", "Huber", "Dzierzon", "Berlepsch"}
    assert list(ask_name(day(said, elsewhere=others[:2]))) == []


def items(kind: ItemKind, *texts: str, lead: str = "", page: int = 1, order: int = 50) -> list[Piece]:
    found = [Piece(text, page, whole=True, item=kind, order=order + at) for at, text in enumerate(texts, 1)]
    return [Piece(lead, page, whole=True, order=order), *found] if lead else found


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


def test_what_belongs_to_a_list_is_asked_for_with_items_of_another() -> None:
    today = day(lists=[items("bullet", "Light woollen gloves", "A veil of net", lead="A beekeeper wears:")])
    other = items("bullet", "Sugar of beets", "Warm water", page=9, order=200)
    whole = checks.Day(
        language=today.language,
        title="",
        said=today.lists[0],
        lists=today.lists,
        elsewhere=other,
        page=today.page,
        place=today.place,
    )

    [question] = checks.ask(whole, 1)

    assert question.kind == "multiple"
    assert set(right(question)) == {"Light woollen gloves", "A veil of net"}
    assert set(question.choices) - set(right(question)) == {"Sugar of beets", "Warm water"}


def test_yesterday_is_asked_about_something_that_was_not_asked_yesterday() -> None:
    yesterday = day(*TERMS, "A strong colony makes 30 kilograms of honey.", "Stir the syrup for 12 minutes.")
    own = checks.ask(yesterday, 2)

    recalled = checks.recall(yesterday, 2)

    assert recalled is not None
    assert recalled.prompt.startswith("From yesterday: ")
    assert recalled.explanation not in {question.explanation for question in own}
    assert checks.recall(day(), 2) is None


def test_places_of_right_answers_are_balanced() -> None:
    days = [day(f"A strong colony number {at} makes {20 + at} kilograms of honey.") for at in range(60)]
    places = [question.answer[0] for one in days for _, question in ask_number(one)]

    assert len(places) == 60
    assert all(8 <= places.count(place) <= 22 for place in range(4))


def test_objectives_name_terms_procedures_and_headings_each_once() -> None:
    english = languages.find("en")
    assert english is not None

    found = objectives(["smoker", "hive tool"], ["To fill the pump"], ["Smoker", "Tools"], english)

    assert found == [
        "Carry out the steps of “To fill the pump”",
        "Say what “smoker” means",
        "Say what there is to know about “Tools”",
    ]


def test_a_glossary_has_each_term_once_in_the_order_of_the_alphabet() -> None:
    today = day(*TERMS, TERMS[0])

    found = glossary(today.said, today.language)

    assert [text.partition(":")[0] for text, _ in found] == [
        "Artificial swarm",
        "Clearer board",
        "Hive tool",
        "Smoker",
    ]


@pytest.mark.parametrize("code", ["en", "de", "es", "fr", "it", "pt", "nl", "ja", "zh", "ar"])
def test_each_language_says_all_that_a_teacher_says(code: str) -> None:
    teaching, english = find(code), find("en")

    assert len(teaching.actions) == len(english.actions)
    assert len(teaching.actions_about) == len(english.actions_about)
    for blank, said in [
        ("{term}", [*teaching.actions, *teaching.objectives, teaching.describe]),
        (
            "{title}",
            [*teaching.actions_about, *teaching.objectives_about, teaching.objective_steps, teaching.steps],
        ),
        ("{sentence}", [teaching.number, teaching.word, teaching.is_true]),
        ("{lead}", [teaching.order_of, teaching.belongs]),
        ("{row}", [teaching.cell]),
    ]:
        assert all(blank in text for text in said)
    assert "{prompt}" in teaching.yesterday
    assert "{quote}" in teaching.why
    assert "{place}" in teaching.why


def test_a_question_in_german_is_asked_in_german() -> None:
    said = "Ein Stockmeißel ist ein flacher Hebel aus Stahl zum Trennen der Zargen."
    others = [
        "Ein Smoker ist ein kleiner Blasebalg mit einem Feuertopf zum Beruhigen der Bienen.",
        "Eine Bienenflucht ist eine Schleuse für Arbeiterinnen auf dem Weg aus dem Honigraum.",
    ]

    [question, *_] = checks.ask(day(said, elsewhere=others, code="de"), 1)

    assert question.prompt == "Welche Beschreibung passt zu „Stockmeißel“?"
    assert right(question) == ["Ein flacher Hebel aus Stahl zum Trennen der Zargen."]


ROWS = [
    ["Tree", "Flowers in", "Height"],
    ["Lime", "June", "30 m"],
    ["Willow", "March", "12 m"],
    ["Cherry", "April", "12 m"],
    ["Chestnut", "May", "25 m"],
]


def test_a_table_is_asked_for_what_it_says_of_one_row_alone() -> None:
    said = day()
    table = checks.Table(ROWS, 1, Piece("", page=4, whole=True))
    whole = checks.Day(
        language=said.language,
        title="",
        said=[],
        lists=[],
        elsewhere=[],
        page=said.page,
        place=said.place,
        tables=[table],
    )

    [question] = checks.ask(whole, 2)

    row = next(row for row in ROWS if row[1] == right(question)[0])
    assert question.prompt == f"What belongs to “{row[0]}” in the column “Flowers in”?"
    assert set(question.choices) == {"June", "March", "April", "May"}
    assert question.explanation == f"“{' – '.join(row)}” (page 4)"


def test_a_table_whose_rows_can_not_be_told_apart_is_not_asked_about() -> None:
    said = day()
    alike = [
        ["Tree", "Kind"],
        ["Lime", "leafy"],
        ["Willow", "leafy"],
        ["Cherry", "leafy"],
        ["Pine", "needled"],
    ]
    headless = checks.Table(ROWS[1:], 0, Piece("", page=4, whole=True))
    tables = [checks.Table(alike, 1, Piece("", page=4, whole=True)), headless]
    whole = checks.Day(
        language=said.language,
        title="",
        said=[],
        lists=[],
        elsewhere=[],
        page=said.page,
        place=said.place,
        tables=tables,
    )

    assert checks.ask(whole, 2) == []
