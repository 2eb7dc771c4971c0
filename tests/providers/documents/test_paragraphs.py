from collections import Counter

import pytest

from momentum.providers.documents.characters import HYPHEN
from momentum.providers.documents.joining import Joiner, vocabulary
from momentum.providers.documents.lines import Cell, Line
from momentum.providers.documents.numbering import NUMBER, same_title
from momentum.providers.documents.paragraphs import blocks_of
from momentum.providers.documents.running_headers import strip_furniture


def line(text: str, y: float, *, left: float = 50, right: float = 400, size: float = 10) -> Line:
    return Line(text, left, right, y, size, bold=False, mono=False)


def texts(lines: list[Line], words: Counter[str] | None = None) -> list[str]:
    return [block.text for block in blocks_of(1, lines, Joiner(words or Counter(), "en"))]


def test_lines_of_one_paragraph_are_joined_and_a_wider_gap_begins_the_next() -> None:
    lines = [line("One line", 700), line("and its end.", 688, right=150), line("Another one.", 664)]

    assert texts(lines) == ["One line and its end.", "Another one."]


def test_a_little_white_after_the_end_of_a_sentence_begins_a_paragraph() -> None:
    lines = [
        line("One line is as", 700),
        line("full as the next.", 688),
        line("Another", 673),
        line("is too.", 661),
    ]

    assert texts(lines) == ["One line is as full as the next.", "Another is too."]


def test_a_soft_hyphen_is_closed() -> None:
    assert texts([line(f"an inspec{HYPHEN}", 700), line("tion", 688)]) == ["an inspection"]


def test_a_hyphen_stays_when_the_document_writes_the_word_with_it() -> None:
    words = Counter({"well-known": 2, "well": 3, "known": 3})

    assert texts([line("a well-", 700), line("known place", 688)], words) == ["a well-known place"]


def test_a_word_of_several_parts_keeps_its_hyphens() -> None:
    lines = [line(f"made on-the{HYPHEN}", 700), line("fly by all", 688)]

    assert texts(lines, Counter({"the": 9, "fly": 1})) == ["made on-the-fly by all"]


def test_a_term_is_not_glued_to_what_is_said_about_it() -> None:
    lines = [
        line("beginning-of-history", 700, right=150),
        line("Move to the first line in the history, whatever the line is", 688, left=80),
        line("that you are on, and go on from there to the line that is next,", 676, left=80),
        line("if any.", 664, left=80, right=110),
    ]

    said = " ".join(each.text for each in lines[1:])
    assert texts(lines) == ["beginning-of-history", said]


def test_rows_with_cells_side_by_side_are_a_table() -> None:
    lines = [line("Name\tAge", 700), line("Ada\t36", 688)]
    for each in lines:
        each.cells = [Cell(50 + 80 * at, 90 + 80 * at, text) for at, text in enumerate(each.text.split("\t"))]
    blocks = blocks_of(1, lines, Joiner(Counter(), "en"))

    assert [(block.kind, block.text) for block in blocks] == [("table", "Name\tAge\nAda\t36")]


def test_text_that_repeats_inside_the_page_is_no_header() -> None:
    pages = [
        [line(f"Header {n}", 800), line(f"{'abcde'[n] * 4} begins here", 760), line("The same text", 748)]
        + [line(f"Text {'abcde'[n] * (row + 3)}", 736 - 12 * row) for row in range(20)]
        for n in range(5)
    ]

    stripped = strip_furniture([[*page] for page in pages])

    assert all("Header" not in each.text for lines in stripped for each in lines)
    assert sum(each.text == "The same text" for lines in stripped for each in lines) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.1 Opening the hive", "Opening the Hive"),
        ("Chapter 4: Tools", "TOOLS"),
        ("A. Notes", "Notes"),
        ("A.3.1 BLAS", "BLAS"),
        ("B.2 Fonts", "Fonts"),
        ("C The editor", "The editor"),
        ("II Bees", "Bees"),
    ],
)
def test_titles_are_the_same_whatever_their_number_and_case(one: str, other: str) -> None:
    assert same_title(one, other)
    assert not same_title(one, "Something else")


@pytest.mark.parametrize("title", ["R and statistics", "A sample session", "Vim mode", "I am a bee"])
def test_a_letter_that_is_a_word_is_no_number(title: str) -> None:
    assert NUMBER.sub("", title) == title


@pytest.mark.parametrize(
    ("first", "rest", "joined"),
    [
        (
            "Please send a copy of the letter to hives@lists.example.",
            "org by the evening.",
            "hives@lists.example.org by",
        ),
        ("The keeper reads what is in the file hives/yard.", "txt on the first day.", "hives/yard.txt on"),
        ("It is told with the help of the function is_", "queen_here at noon.", "is_queen_here at"),
        ("Keep the files that end in .tar.", "gz for a year.", ".tar.gz for"),
        ("So it was in the year of the bees.", "and so on.", "bees. and"),
    ],
)
def test_an_address_or_a_name_that_the_end_of_a_line_cuts_is_whole(
    first: str, rest: str, joined: str
) -> None:
    words = vocabulary([])

    assert joined in Joiner(words, "en").append(first, rest)
