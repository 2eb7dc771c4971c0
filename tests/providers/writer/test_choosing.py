"""Which sentences can be quoted, which can stand first, and what can be done today."""

import pytest

from momentum.providers.documents import Document, Page
from momentum.providers.writer.extractive import actions, titles
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.material import Material, gather
from momentum.providers.writer.extractive.source import Piece, read


@pytest.mark.parametrize(
    "text",
    [
        "There are two ways to run the program on this system.",
        "Suppose that the file holds only numbers and nothing else.",
        "To provide fast access to selected parts of large databases.",
        "Often called real or double or double precision by others.",
        "All the steps of packaging will be explained in time.",
        "Check out the policy manual of the project for details.",
        "I highly recommend reading the developers reference, 5.8.",
        "Q The expansion is a string that can be used again.",
        "R-x-y-branch/’ names a branch of the sources in the repository.",
    ],
)
def test_what_promises_or_points_to_something_else_is_not_quoted(text: str) -> None:
    assert not cut.is_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "(Most people are familiar with the codes of countries.)",
        "There is also a distribution that is never released.",
        "It is something that you must read before you begin.",
        "Notice that the name of the table is another one.",
        "The alternative is the way of working without a network.",
    ],
)
def test_what_goes_on_from_something_cannot_stand_first(text: str) -> None:
    assert cut.leans_back(text)


def test_a_single_letter_may_end_a_sentence() -> None:
    assert cut.split(
        "Attributes make up the classes used in R. If an object has one, it is examined.", "en"
    ) == [
        "Attributes make up the classes used in R.",
        "If an object has one, it is examined.",
    ]


@pytest.mark.parametrize(
    ("text", "todo"),
    [
        ("Create a folder for your work and keep it tidy.", True),
        ("Check what is in the box before you close it.", True),
        ("Please do not be discouraged by this.", False),
        ("Build daemons are slave hosts which contact a central system.", False),
        ("List elements are accessed through three different operations.", False),
        ("Read-only variables cannot be reset by anybody.", False),
        ("Change to that directory and read the documentation.", False),
        ("Consider a small, artificial example from the past.", False),
        ("Keep in mind that packages are not processed automatically.", False),
    ],
)
def test_an_action_is_something_that_can_be_done_today(text: str, *, todo: bool) -> None:
    piece = Piece(text, page=1, whole=True)

    items = actions.suggest(1, [piece], {}, "bees", "page 1", 0)

    assert any(item.text == text for item in items) == todo


def test_what_explains_an_option_is_known_for_it() -> None:
    text = "erase-word\n\nRemove the word before the cursor.\n\nThe cursor stands where the next letter goes."

    pieces = [
        p
        for u in read(Document(title="T", pages=[Page(number=1, text=text)], words=20)).units
        for p in u.pieces
    ]

    assert [(piece.text.split()[0], piece.gloss) for piece in pieces] == [
        ("erase-word", False),
        ("Remove", True),
        ("The", False),
    ]
    assert actions.suggest(1, pieces, {}, "bees", "page 1", 0)[0].note == ""


@pytest.fixture
def material() -> Material:
    text = "We think that a session is a good thing. You can be writing all the time."
    return gather([Document(title="T", pages=[Page(number=1, text=text)], words=16)])


def test_joined_titles_read_as_one(material: Material) -> None:
    assert titles.joined(["Packages", "A sample session"], material) == "Packages and a sample session"
    assert (
        titles.joined(["Reading data", "Writing functions"], material) == "Reading data and writing functions"
    )
    assert titles.joined(["Arrays and matrices", "Lists and frames"], material) == (
        "Arrays and matrices; lists and frames"
    )
