import pytest

from momentum.providers.documents.notes import listed
from tests.providers.documents.reading import SEEDS, SOIL, headings, read
from tests.providers.sheets import Sheet

PROGRAMS = (
    "Microsoft Word - leaflet_v3.doc",
    "PowerPoint Presentation",
    "PowerPoint-Präsentation",
    "Slide 1",
    "Document1",
    "Untitled",
    "garden.pptx",
    "leaflet.indd",
    "print",
    "Scan_20261130",
    "C:\\Users\\ann\\leaflet",
    "gardening_final_v2",
    "notes",
    "Template of the Acme company",
)


def titled(shown: str = "Gardening for everybody") -> Sheet:
    return Sheet().say(40, 540, shown, 20, "bold").tell(40, 500, SOIL)


@pytest.mark.parametrize("metadata", PROGRAMS)
def test_the_title_on_the_first_page_is_better_than_what_a_program_claims(metadata: str) -> None:
    document = read(titled(), title=metadata)

    assert (document.title, document.name) == ("Gardening for everybody", "Gardening for everybody")


@pytest.mark.parametrize(
    "metadata", ["Gardening for Everybody, 2nd edition", "Microsoft Excel for gardeners"]
)
def test_a_title_that_the_file_gives_is_kept_where_the_first_page_speaks_of_it(metadata: str) -> None:
    sheet = titled("Gardening for everybody").say(
        40, 520, "With Microsoft Excel for gardeners, second edition."
    )

    assert read(sheet, title=metadata).title == metadata


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("HANDBUCH.PDF", "Handbuch"),
        ("keeping_bees.pdf", "Keeping bees"),
        ("C:\\a\\Bee-Book.Pdf", "Bee Book"),
        ("bees%20at%20work.pdf.pdf", "Bees at work"),
        ("bees (2).pdf", "Bees"),
        ("2026-03-01_bees.pdf", "2026-03-01 bees"),
    ],
)
def test_a_document_without_a_title_has_none_and_is_cited_by_its_file(file: str, name: str) -> None:
    document = read(Sheet().tell(40, 500, SOIL), name=file, title="Document1")

    assert (document.title, document.name) == ("", name)


@pytest.mark.parametrize(
    "metadata",
    [
        "New Microsoft Word Document",
        "Presentación de PowerPoint",
        "PDFCreator",
        "Final version 2",
        "Print Job 7",
    ],
)
def test_a_title_of_nothing_but_a_programs_words_is_none_even_where_no_other_is_shown(metadata: str) -> None:
    document = read(Sheet().tell(40, 500, SOIL), name="bees.pdf", title=metadata)

    assert (document.title, document.name) == ("", "Bees")


def test_a_title_on_two_lines_is_one() -> None:
    sheet = Sheet().say(40, 540, "Gardening for", 18).say(40, 518, "everybody", 18).tell(40, 480, SOIL)

    assert read(sheet).title == "Gardening for everybody"


def test_pages_go_by_the_labels_of_the_file() -> None:
    document = read(
        *(Sheet().tell(40, 500, (f"Bed {at}.", *SOIL)) for at in "abcd"), labels="0<</S/r>> 2<</S/D/St 169>>"
    )

    assert [(page.number, page.label) for page in document.pages] == [
        (1, "i"),
        (2, "ii"),
        (3, "169"),
        (4, "170"),
    ]


def test_pages_go_by_the_numbers_that_are_printed_where_the_file_says_nothing() -> None:
    sheets = [
        Sheet().tell(40, 500, (f"On bed {'abcdef'[at]}.", *SOIL)).say(190, 40, str(at + 168))
        for at in range(1, 6)
    ]
    document = read(*sheets)

    assert [page.label for page in document.pages] == ["169", "170", "171", "172", "173"]


def test_sheets_before_the_first_number_are_counted_in_roman_numerals() -> None:
    front = [Sheet().tell(40, 500, SOIL), Sheet().tell(40, 500, SEEDS)]
    sheets = [
        Sheet().tell(40, 500, (f"On bed {'abcdef'[at]}.", *SOIL)).say(190, 40, f"Page {at}")
        for at in range(1, 6)
    ]
    document = read(*front, *sheets)

    assert [page.label for page in document.pages] == ["i", "ii", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "printed",
    [
        ["v", "vi", "vii", "viii", "ix"],
        ["XI", "XII", "XIII"],
        ["i", "ii", "iii", "1", "2", "3"],
        ["11", "12", "13", "201", "202", "203"],
        ["A-1", "A-2", "A-3", "B-1", "B-2"],
        ["169", "170"],
    ],
    ids=["Roman", "Roman capitals", "Roman before others", "two parts", "by chapter", "an excerpt"],
)
def test_pages_are_cited_as_they_are_printed_in_whatever_way(printed: list[str]) -> None:
    sheets = [
        Sheet().tell(40, 500, (f"On bed {'abcdef'[at]}.", *SOIL)).say(190, 40, number)
        for at, number in enumerate(printed)
    ]

    assert [page.label for page in read(*sheets).pages] == printed


def test_a_cover_is_counted_back_from_the_first_number() -> None:
    sheets = [
        Sheet().tell(40, 500, (f"On bed {'abcdefg'[at]}.", *SOIL)).say(190, 40, number)
        for at, number in enumerate(["", "ii", "iii", "1", "", "3", "4"])
    ]

    assert [page.label for page in read(*sheets).pages] == ["i", "ii", "iii", "1", "2", "3", "4"]


def test_pages_are_numbered_by_sheet_where_nothing_is_printed() -> None:
    document = read(
        *(
            Sheet().tell(40, 500, (f"{['Early', 'Late', 'Always', 'Never'][at]} in 19{at}7.", *SOIL))
            for at in range(4)
        )
    )

    assert [page.label for page in document.pages] == ["1", "2", "3", "4"]


def test_pages_are_listed_in_runs() -> None:
    assert listed([3, 5, 6, 7, 9], ["iii", "1", "2", "3", "5"]) == "iii, 1 to 3 and 5"
    assert listed([4, 5], ["4", "5"]) == "4 and 5"
    assert listed([1], ["1"]) == "1"


def test_a_heading_that_recurs_at_the_top_of_pages_is_a_heading() -> None:
    sheets = [
        Sheet()
        .say(40, 560, "Purpose", 14, "bold")
        .tell(40, 540, (f"The bed {'abcdef'[at]} needs care.", *SOIL))
        .say(40, 460, "Steps", 14, "bold")
        .tell(40, 440, SEEDS)
        for at in range(6)
    ]

    assert headings(read(*sheets)) == [
        (title, page) for page in range(1, 7) for title in ("Purpose", "Steps")
    ]


@pytest.mark.parametrize(
    ("y", "size", "font", "number"),
    [(580, 9, "plain", ""), (580, 14, "bold", ""), (560, 14, "bold", "12")],
    ids=["small", "large but apart", "beside the page's number"],
)
def test_a_running_header_is_none(y: float, size: float, font: str, number: str) -> None:
    sheets = [
        Sheet()
        .say(40, y, "The garden book", size, font)
        .say(350, y, number)
        .tell(40, 540, (f"Bed {at}.", *SOIL))
        for at in "abcdef"
    ]
    document = read(*sheets)

    assert headings(document) == []
    assert all("garden book" not in page.text for page in document.pages)


def test_a_large_header_in_the_middle_of_a_sentence_is_no_heading() -> None:
    sheets = [
        Sheet()
        .say(40, 560, "The garden book", 14, "bold")
        .tell(40, 540, ("and so the beds", *SOIL, f"In bed {at}"))
        for at in "abcdef"
    ]

    assert headings(read(*sheets)) == []
