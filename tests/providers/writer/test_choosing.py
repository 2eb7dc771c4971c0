"""Which sentences can be quoted, which can stand first, and what can be done today."""

from pathlib import Path

import pytest

from momentum.providers.documents import Document, Page, reading
from momentum.providers.writer.extractive import actions, languages, titles
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.checks import Day
from momentum.providers.writer.extractive.languages.language import Language
from momentum.providers.writer.extractive.material import Material, gather
from momentum.providers.writer.extractive.source import read
from momentum.providers.writer.extractive.units import Piece


def _english() -> Language:
    found = languages.find("en")
    assert found is not None
    return found


ENGLISH = _english()


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
        "The tide rises twice a day by \ufffd\ufffd feet in the harbour.",
    ],
)
def test_what_promises_or_points_to_something_else_is_not_quoted(text: str) -> None:
    assert not cut.is_whole(text, ENGLISH)


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
    assert cut.leans_back(text, ENGLISH)


def test_a_single_letter_may_end_a_sentence() -> None:
    assert cut.split(
        "Attributes make up the classes used in R. If an object has one, it is examined.", ENGLISH
    ) == [
        "Attributes make up the classes used in R.",
        "If an object has one, it is examined.",
    ]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "The town spent 1.5 million on approx. 3.5 kg of gold.",
                "It was Dr. Smith who said so in vol. 2 of it.",
            ],
        ),
        (
            "de",
            ["Die Abb. 3 zeigt, was Dr. Meier am 3. Oktober in St. Gallen sah.", "Das ist ca. 20 cm tief."],
        ),
        ("fr", ["Mme. Durand habite au no. 5 de la rue St. Denis.", "Voir p. 12 du livre de M. Martin."]),
        (
            "es",
            [
                "El Sr. García vive en la Av. Central núm. 5 de la ciudad.",
                "La pág. 12 trata de 1.5 millones.",
            ],
        ),
    ],
)
def test_the_dot_of_an_abbreviation_or_a_number_ends_no_sentence(language: str, sentences: list[str]) -> None:
    known = languages.find(language)
    assert known is not None

    assert cut.split(" ".join(sentences), known) == sentences


@pytest.mark.parametrize(
    "said", ["It held 1200³ people in all that year.", "A drop holds 10⁶ cells in the morning."]
)
def test_a_number_that_may_be_read_wrongly_is_in_no_sentence_that_is_quoted(said: str) -> None:
    assert not cut.is_clean(said)
    assert cut.is_clean("An area of 20 m² holds the peas of the year.")


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

    items = actions.suggest(_day([piece]), 1, ["Bees"])

    assert 1 < len(items) < 3

    assert any(item.text == text for item in items) == todo


def test_what_explains_an_option_is_known_for_it() -> None:
    text = "erase-word\n\nRemove the word before the cursor.\n\nThe cursor stands where the next letter goes."

    pieces = [
        p
        for u in read(Document(title="T", pages=[Page(number=1, text=text)], words=20), ENGLISH).units
        for p in u.pieces
    ]

    assert [(piece.text.split()[0], piece.gloss) for piece in pieces] == [
        ("erase-word", False),
        ("Remove", True),
        ("The", False),
    ]
    assert [item.note for item in actions.suggest(_day(pieces), 1, ["Bees"])] == ["", ""]


def _day(pieces: list[Piece]) -> Day:
    return Day(
        language=ENGLISH,
        title="Bees",
        said=pieces,
        lists=[],
        elsewhere=[],
        page=lambda piece: (piece.page, str(piece.page)),
        place=lambda piece: f"page {piece.page}",
    )


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


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [
        ("Straw keeps the bed moist for a week [2].", "Straw keeps the bed moist for a week."),
        ("Bark lasts longer than straw [3], [11-13].", "Bark lasts longer than straw."),
        (
            "The first trials of Berg et al. [5] compared nine kinds of bark.",
            "The first trials of Berg et al. compared nine kinds of bark.",
        ),
        ("A bed of this kind costs $40 or £30 to build.", "A bed of this kind costs $40 or £30 to build."),
        (
            "The bed settles in the following three weeks and needs no water.",
            "The bed settles in the following three weeks and needs no water.",
        ),
    ],
)
def test_marks_of_citations_go_and_the_sentence_stays(printed: str, quoted: str) -> None:
    [sentence] = cut.split(cut.without_citations(printed, ENGLISH), ENGLISH)

    assert sentence == quoted
    assert cut.is_whole(sentence, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "The best bark is described by [7].",
        "The next section compares bark with straw.",
        "Write echo $HOME to see where you are.",
        "The first trials of Berg et al.",
        "The bed was dug in3 particular for the trial.",
    ],
)
def test_what_leads_away_or_is_broken_is_still_not_quoted(text: str) -> None:
    assert not cut.is_whole(cut.without_citations(text, ENGLISH), ENGLISH)


def test_entries_of_a_bibliography_are_never_quoted() -> None:
    text = "[4] Berg, L. (2011). Bark in wet years. Journal of Beds, 12(3), pp. 4-19."

    units = read(Document(title="T", pages=[Page(number=1, text=text)], words=14), ENGLISH).units

    assert not any(piece.whole for unit in units for piece in unit.pieces)


def test_instructions_in_a_paragraph_are_steps_and_none_is_lost() -> None:
    text = (
        "First unplug the mill, as shown in Figure 3. Lift the lid. It is heavy. "
        "Then pour the beans in (see Section 2). Turn the wheel until it clicks. "
        "Finally, close the lid and see Chapter 9 for the settings. A mill of this kind lasts for many years."
    )

    units = read(Document(title="T", pages=[Page(number=1, text=text)], words=60), ENGLISH).units

    assert [(piece.text, piece.item, piece.whole) for piece in units[0].pieces] == [
        ("First unplug the mill.", "step", True),
        ("Lift the lid. It is heavy.", "step", True),
        ("Then pour the beans in.", "step", True),
        ("Turn the wheel until it clicks.", "step", True),
        ("Finally, close the lid and see Chapter 9 for the settings.", "step", True),
        ("A mill of this kind lasts for many years.", None, True),
    ]


@pytest.mark.parametrize(
    ("code", "printed", "quoted"),
    [
        (
            "de",
            "Vorsicht Bitte halten Sie den Deckel mit beiden Händen fest.",
            "Bitte halten Sie den Deckel mit beiden Händen fest.",
        ),
        (
            "de",
            "Der Deckel schließt dicht (siehe Abschnitt 4) und hält warm.",
            "Der Deckel schließt dicht und hält warm.",
        ),
        (
            "es",
            "Nota: La tapa cierra bien (véase la figura 2) y guarda el calor.",
            "La tapa cierra bien y guarda el calor.",
        ),
        (
            "fr",
            "Attention : Le couvercle ferme bien (voir figure 2) et garde la chaleur.",
            "Le couvercle ferme bien et garde la chaleur.",
        ),
        (
            "it",
            "Nota: Il coperchio chiude bene (vedi figura 2) e tiene il caldo.",
            "Il coperchio chiude bene e tiene il caldo.",
        ),
        (
            "pt",
            "Nota: A tampa fecha bem (ver figura 2) e guarda o calor.",
            "A tampa fecha bem e guarda o calor.",
        ),
        (
            "nl",
            "Let op: Het deksel sluit goed (zie figuur 2) en houdt warm.",
            "Het deksel sluit goed en houdt warm.",
        ),
    ],
)
def test_labels_and_asides_go_in_each_language(code: str, printed: str, quoted: str) -> None:
    language = languages.find(code)
    assert language is not None

    assert cut.without_asides(cut.without_label(printed, language), language) == quoted


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Lesen Sie dazu auch Kapitel 7 in diesem Handbuch."),
        ("es", "Consulte la sección 7 para saber cómo se limpia."),
        ("fr", "Reportez-vous au chapitre 7 pour le nettoyage du couvercle."),
        ("it", "Si veda il capitolo 7 per la pulizia del coperchio."),
        ("pt", "Consulte o capítulo 7 para saber como se limpa."),
        ("nl", "Zie hoofdstuk 7 voor het schoonmaken van het deksel."),
    ],
)
def test_what_leads_elsewhere_is_known_in_each_language(code: str, text: str) -> None:
    language = languages.find(code)
    assert language is not None

    assert not cut.is_whole(text, language)


def test_a_licence_goes_with_its_clauses_whatever_their_level_and_so_do_lists_of_books(
    tmp_path: Path,
) -> None:
    text = "Rye dough is sticky, rises slowly, and wants a hot oven at the beginning of its baking."
    headings = {
        "# 1 Baking with rye": False,
        "## 1.1 The dough": False,
        "# 2 Literature list": True,
        "## 2.1 Computer notation bibliography": True,
        "### Appendix A Free Documentation License": True,
        "### 0. PREAMBLE": True,
        "### 1. APPLICABILITY": True,
        "## 2. VERBATIM COPYING": True,
        "## 3. MODIFICATIONS": True,
        "# 5 Storing bread": False,
    }
    file = tmp_path / "rye.md"
    file.write_text("\n\n".join(f"{heading}\n\n{text}" for heading in headings))

    found = gather([reading.read(file, name=file.name).document]).segments

    assert [bool(segment.skip) for segment in found] == list(headings.values())
