"""Questions that a teacher adds, made from what a day says, with one right answer."""

from dataclasses import replace

import pytest

from momentum.providers.writer.extractive import checks
from momentum.providers.writer.extractive.checks.names import ask_code_name, ask_name
from momentum.providers.writer.extractive.checks.numbers import ask_number
from momentum.providers.writer.extractive.checks.truths import ask_truth, turned
from momentum.providers.writer.extractive.units import Piece
from tests.providers.writer.days import TERMS, day, items, right


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


ROLES = [
    "Scout: a worker that looks for a new place",
    "Nurse: a young worker that feeds the brood",
    "Guard: an older worker that keeps strangers away",
]


def test_items_that_name_something_and_say_what_it_is_are_asked_about_as_definitions_are() -> None:
    today = day("Bees have roles.", lists=[items("bullet", *ROLES, lead="The roles of a worker")])

    [question, *_] = checks.ask(today, 1)

    assert question.prompt == "Which description fits “Scout”?"
    assert right(question) == ["A worker that looks for a new place"]
    assert question.explanation == f"“{ROLES[0]}” (page 1)"


def test_a_term_on_a_line_of_its_own_is_described_by_the_sentence_below_it() -> None:
    lines = [("Scout", "Looks for a new place to live."), ("Nurse", "Feeds the brood with her own jelly.")]
    lines.append(("Guard", "Keeps strangers away from the entrance."))
    pieces = [
        Piece(text, 1, whole=True, gloss=bool(at), order=2 * number + at)
        for number, pair in enumerate(lines)
        for at, text in enumerate(pair)
    ]
    today = replace(day(), said=pieces)

    [question, *_] = checks.ask(today, 1)

    assert right(question) == ["Looks for a new place to live."]
    assert question.explanation == "“Scout: Looks for a new place to live.” (page 1)"


def test_items_of_slides_are_asked_about_as_sentences_are() -> None:
    points = ("A strong colony makes 30 kilograms of honey.", "Boil every jar for 20 minutes before use.")
    slides = items("bullet", *points, lead="Honey")
    introduced = items("bullet", *points, lead="Do the following:")

    assert len(list(ask_number(day(lists=[slides])))) == 2
    assert list(ask_number(day(lists=[introduced]))) == []


def test_a_command_is_asked_for_among_others_of_its_form() -> None:
    said = "Function read.xport gives back a list of data frames from a transport file."
    others = ["Use read.table for a grid.", "Use read.dif for a sheet.", "Use write.table for output."] * 2

    [(_, question)] = ask_code_name(
        day(said, elsewhere=[*others, "Of these, read.xport is oldest.", *["Use read.csv always."] * 3])
    )

    assert right(question) == ["read.xport"]
    assert "Function _____ gives back" in question.prompt
    assert len(question.choices) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Confidential talks are held where nobody can listen.",
        "A keeper owns a thing that should be kept in the shed.",
        "You may be wondering how you can keep bees at all.",
    ],
)
def test_a_statement_that_can_not_be_denied_in_plain_words_is_not_asked_about(text: str) -> None:
    assert list(ask_truth(day(text))) == []


def test_only_one_is_true_or_false_where_there_are_questions_of_other_kinds() -> None:
    sentences = [
        "Feed the colony before the first frost of the year comes.",
        "A worker always returns to the place of an old hive.",
        "A dry cellar keeps frames and boxes in good order.",
        "A strong colony makes 30 kilograms of honey.",
    ]

    prompts = [question.prompt for question in checks.ask(day(*sentences), 4)]

    assert sum(prompt.startswith("Is this true?") for prompt in prompts) == 1
    assert len(prompts) == 2


def test_a_table_of_codes_is_not_asked_about_and_words_come_before_numbers() -> None:
    codes = [
        ["Package", "Use"],
        *([name, f"V:{at}, I:{at + 9}"] for at, name in enumerate(("ab", "cd", "ef", "gh"))),
    ]
    words = [[*row[:1], row[2].removesuffix(" m"), row[1]] for row in ROWS]

    asked = [
        [*checks.ask(replace(day(), tables=[checks.Table(rows, 1, Piece("", page=4, whole=True))]), 1)]
        for rows in (codes, words)
    ]

    assert asked[0] == []
    assert "“Flowers in”" in asked[1][0].prompt


def test_a_row_whose_cell_names_it_is_not_asked_for() -> None:
    rows = [["Tree", "Honey"], ["Lime", "lime honey"], ["Willow", "willow honey"], ["Cherry", "a light one"]]
    rows.append(["Chestnut", "a dark one"])

    [question] = checks.ask(replace(day(), tables=[checks.Table(rows, 1, Piece("", page=4, whole=True))]), 1)

    assert right(question)[0] in {"a light one", "a dark one"}
