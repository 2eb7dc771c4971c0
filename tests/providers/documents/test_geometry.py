import contextlib
import random

import pytest

from momentum.providers.documents.document import RefusedError
from tests.providers.documents.reading import SEEDS, SOIL, blocks, headings, read
from tests.providers.sheets import Sheet

TEXT = " ".join(SOIL)
TURNED = {90: "0 1 -1 0 400 0 cm", 180: "-1 0 0 -1 400 600 cm", 270: "0 -1 1 0 0 600 cm"}
LEFT = (
    "Plants take up most of their",
    "water during the morning. A",
    "deep watering once a week is",
    "better than a little each day.",
)
MIDDLE = (
    "Young trees need ten litres of",
    "water each week in their first",
    "summer. Mulch keeps half of",
    "the water in the ground.",
)
RIGHT = (
    "Old seeds can be tested on a",
    "damp cloth in a warm room. A",
    "row of seeds is marked with a",
    "string so that weeds stand out.",
)
WIDE = (
    "Plants take up most of their water during the morning. A deep",
    "watering once a week is better than a little water each day. Water",
    "on the leaves at noon does no harm to most of the plants.",
    "",
    "Young trees need ten litres of water each week in their first summer.",
    "Mulch keeps half of the water in the ground that would dry out",
    "otherwise. Clay pots that are buried beside a plant water it for days.",
)
FIRST, SECOND = " ".join(WIDE[:3]), " ".join(WIDE[4:])


@pytest.mark.parametrize("degrees", TURNED)
def test_a_page_that_is_stored_turned_reads_like_an_upright_one(degrees: int) -> None:
    sheet = Sheet(turned=degrees).mark(f"q {TURNED[degrees]}")
    sheet.say(50, 380, "Soil", 16, "bold").tell(50, 350, SOIL).mark("Q")

    assert blocks(sheet) == ["Soil", TEXT]


@pytest.mark.parametrize("degrees", TURNED)
def test_text_that_is_set_sideways_on_an_upright_page_is_read_too(degrees: int) -> None:
    assert blocks(Sheet().mark(f"q {TURNED[degrees]}").tell(50, 300, SOIL).mark("Q")) == [TEXT]


def test_a_size_below_nothing_on_a_page_turned_round_is_a_size() -> None:
    sheet = Sheet().mark("q -1 0 0 -1 400 600 cm").tell(350, 100, SOIL, -10).mark("Q")

    assert blocks(sheet) == [TEXT]


@pytest.mark.parametrize(
    ("sheet", "x", "y"),
    [
        (Sheet(media=(100, 200, 700, 900), crop=(150, 250, 560, 880)), 170, 800),
        (Sheet(media=(-300, -400, 100, 200)), -250, 100),
        (Sheet(media=(400, 600, 0, 0)), 50, 500),
        (Sheet(media=(0, 0, 4000, 6000), crop=(3000, 5000, 3400, 5600)), 3050, 5500),
    ],
    ids=["cropped", "negative", "the wrong way round", "a cut of a large sheet"],
)
def test_boxes_may_begin_anywhere(sheet: Sheet, x: float, y: float) -> None:
    assert blocks(sheet.tell(x, y, SOIL)) == [TEXT]


def test_a_page_may_be_measured_in_inches() -> None:
    sheet = Sheet(media=(0, 0, 5.5, 8.3), more="/UserUnit 72")
    document = read(sheet.say(0.7, 7.5, "Soil", 0.3, "bold").tell(0.7, 6.9, SOIL, 0.14))

    assert document.pages[0].text == f"Soil\n\n{TEXT}"


def test_a_mark_up_the_margin_and_one_across_the_page_are_no_text() -> None:
    sheet = Sheet().tell(50, 500, SOIL)
    sheet.mark("q 0 1 -1 0 30 100 cm").say(0, 0, "Deposited on 12 November").mark("Q")
    sheet.mark("q 0.7 0.7 -0.7 0.7 100 100 cm").say(0, 0, "CONFIDENTIAL DRAFT", 40).mark("Q")

    assert blocks(sheet) == [TEXT]


def test_columns_are_read_one_after_the_other_though_the_file_goes_row_by_row() -> None:
    sheet = Sheet(media=(0, 0, 600, 600)).say(150, 560, "Water and seeds in a garden", 20, "bold")
    for row in range(4):
        sheet.say(30, 500 - 12 * row, LEFT[row])
        sheet.say(225, 500 - 12 * row, MIDDLE[row]).say(420, 500 - 12 * row, RIGHT[row])

    assert blocks(sheet) == ["Water and seeds in a garden", " ".join(LEFT), " ".join(MIDDLE), " ".join(RIGHT)]


def test_columns_on_a_part_of_the_page_are_found_whatever_the_order_of_the_file() -> None:
    sheet = Sheet().tell(215, 400, RIGHT).tell(40, 400, LEFT)
    sheet.tell(40, 560, WIDE[:3], 9.5).tell(40, 300, SEEDS)

    assert blocks(sheet) == [FIRST, " ".join(LEFT), " ".join(RIGHT), " ".join(SEEDS)]


def test_a_short_heading_over_columns_ends_all_of_them() -> None:
    sheet = Sheet(media=(0, 0, 600, 600)).say(40, 560, "Water in a garden", 18, "bold")
    sheet.tell(30, 500, LEFT).tell(225, 500, MIDDLE).tell(420, 500, RIGHT)
    sheet.say(30, 430, "Later on", 14, "bold")
    sheet.tell(30, 400, MIDDLE).tell(225, 400, RIGHT).tell(420, 400, LEFT)

    assert blocks(sheet) == [
        "Water in a garden",
        *(" ".join(column) for column in (LEFT, MIDDLE, RIGHT)),
        "Later on",
        *(" ".join(column) for column in (MIDDLE, RIGHT, LEFT)),
    ]


@pytest.mark.parametrize("note_first", [True, False])
@pytest.mark.parametrize("x", [20, 450])
def test_a_note_in_the_margin_follows_the_paragraph_it_stands_beside(*, note_first: bool, x: float) -> None:
    sheet, note = Sheet(media=(0, 0, 550, 600)), ("See the rules for", "dry summers.")
    if note_first:
        sheet.tell(x, 488, note, 8)
    sheet.tell(120, 500, WIDE)
    if not note_first:
        sheet.tell(x, 488, note, 8)

    assert blocks(sheet) == [FIRST, "See the rules for dry summers.", SECOND]


def test_a_heading_in_the_margin_stands_before_its_paragraph() -> None:
    sheet = Sheet(media=(0, 0, 500, 600)).tell(130, 500, WIDE)
    sheet.say(30, 500, "Watering", font="bold").say(30, 452, "Young trees", font="bold")
    document = read(sheet)

    assert document.pages[0].text.split("\n\n") == ["Watering", FIRST, "Young trees", SECOND]
    assert headings(document) == [("Watering", 1), ("Young trees", 1)]


def test_a_heading_that_the_text_runs_on_from_is_a_heading() -> None:
    sheet = (
        Sheet().say(40, 512, "Soil.", font="bold").say(68, 512, "It is made of sand, of silt and of clay.")
    )
    sheet.tell(40, 500, SOIL).say(40, 440, "Seeds.", font="bold").say(80, 440, "They keep for years.")

    assert headings(read(sheet)) == [("Soil", 1), ("Seeds", 1)]


def test_a_heading_that_the_text_runs_on_from_after_white_needs_no_stop() -> None:
    sheet = Sheet().say(40, 512, "Soil", font="bold").say(70, 512, "It is made of sand, of silt and of clay.")

    assert headings(read(sheet.tell(40, 500, SOIL))) == [("Soil", 1)]


@pytest.mark.parametrize(
    ("heading", "how"), [("P U R P O S E", ""), ("PURPOSE", "4 Tc"), ("PURPOSE", "8 Tc")]
)
def test_letters_of_a_heading_that_are_set_apart_make_words(heading: str, how: str) -> None:
    sheet = Sheet().say(40, 520, heading, 14, "bold", how=how).tell(40, 500, SOIL)
    sheet.say(40, 440, "S T E P S   T O   T A K E", 14, "bold").tell(40, 420, SEEDS)

    assert headings(read(sheet)) == [("PURPOSE", 1), ("STEPS TO TAKE", 1)]


def test_capitals_with_a_roman_number_are_a_heading_and_the_label_of_a_picture_is_none() -> None:
    sheet = (
        Sheet()
        .say(150, 520, "I. INTRODUCTION")
        .tell(40, 508, SOIL)
        .say(150, 440, "Beds and rows (n)", 12, "bold")
    )
    sheet.say(150, 400, "II. RELATED WORK").tell(40, 388, SEEDS).say(150, 330, "III. METHOD").tell(
        40, 318, SOIL
    )
    document = read(sheet)

    assert headings(document) == [("I. INTRODUCTION", 1), ("II. RELATED WORK", 1), ("III. METHOD", 1)]


def test_cells_stay_beside_each_other_and_words_set_wide_are_no_cells() -> None:
    sheet = Sheet().tell(40, 500, ["Name", "Ada", "Alan"]).tell(150, 500, ["Age", "36", "41"])
    sheet.tell(250, 500, ["Town", "London", "Wilmslow"])
    sheet.tell(40, 420, ["Text that is set with very wide", "spaces to fill a narrow column."], how="14 Tw")

    assert blocks(sheet) == [
        "Name\tAge\tTown\nAda\t36\tLondon\nAlan\t41\tWilmslow",
        "Text that is set with very wide spaces to fill a narrow column.",
    ]


def test_no_arrangement_of_marks_is_too_odd_to_read() -> None:
    dice = random.Random(7)
    letters = "abc XYZ 12¹²אבجق水木กขé-—\u00ad.,()[]\u200d\ue000\t"
    for _ in range(60):
        sheet = Sheet(
            media=[dice.uniform(-500, 900) for _ in range(4)], turned=dice.choice([0, 90, 180, 270])
        )
        for _ in range(dice.randint(1, 20)):
            text = "".join(dice.choices(letters, k=dice.randint(1, 40)))
            how = dice.choice(["", "1 g", "3 Tr", "4 Ts", "-2 Ts", "3 Tc"])
            place = dice.uniform(-100, 600), dice.choice([500, 488, dice.uniform(-50, 700)])
            sheet.say(*place, text, dice.choice([0, 0.5, 6, 10, 10, -10, 40]), "any", how=how)

        with contextlib.suppress(RefusedError):
            assert len(read(sheet).pages) == 1
