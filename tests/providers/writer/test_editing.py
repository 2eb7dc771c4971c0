"""What becomes of a document's own text on its way into a lesson: joined, cleaned, and divided into days."""

import pytest

from momentum.providers.documents import Document, Page
from momentum.providers.documents.blocks import Block, BlockKind
from momentum.providers.writer import (
    CourseRequest,
    LessonBlock,
    LessonDraft,
    get_writer,
    most_days,
    proposed_days,
)
from momentum.providers.writer.extractive import languages
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.key_points import is_key_point
from momentum.providers.writer.extractive.material import gather
from tests.providers.prose import CHAPTERS

LONG = [" ".join(paragraphs) for paragraphs in CHAPTERS.values()]


def block(kind: BlockKind, text: str = "", **fields: object) -> Block:
    return Block.model_validate({"kind": kind, "page": 1, "text": text} | fields)


def document(*blocks: Block) -> Document:
    pages = [
        Page(
            number=number, label=str(number), text=" ".join(one.text for one in blocks if one.page == number)
        )
        for number in range(1, max(one.page for one in blocks) + 1)
    ]
    words = sum(len(one.text.split()) for one in blocks)
    return Document(
        title="Bees",
        name="Bees",
        language="en",
        confidence=1.0,
        pages=pages,
        blocks=list(blocks),
        words=words,
    )


def lesson(*blocks: Block) -> LessonDraft:
    """The only day of a document of these blocks, with enough around them for a day."""
    writer, request = get_writer("extractive"), CourseRequest(days=1)
    references = [document(block("heading", "Bees"), *blocks, *(block("paragraph", one) for one in LONG[:2]))]
    outline = writer.outline(request, references).value
    [brief] = writer.briefs(request, outline, references).value
    return writer.lesson(request, brief, references).value


def shown(*blocks: Block) -> list[LessonBlock]:
    return [one for section in lesson(*blocks).sections for one in section.blocks]


def test_a_book_is_proposed_as_many_days_of_a_good_length_and_not_as_one() -> None:
    blocks = []
    for number in range(80):
        said = [f"{text} So it was in year {number}." for text in LONG[: 2 + number % 5]]
        blocks += [
            block("heading", f"Colony {number}", page=number + 1),
            *(block("paragraph", text, page=number + 1) for text in said),
        ]
    book = document(*blocks)

    proposed = proposed_days([book])

    assert 400 * proposed < book.words < 900 * proposed
    assert proposed <= most_days([book])


@pytest.mark.parametrize(
    ("code", "text", "left"),
    [
        (
            "en",
            "The login is shown (see Section 1.1.6 below for more), and you type.",
            "The login is shown, and you type.",
        ),
        ("en", "Add a user (see adduser(8)) for the day.", "Add a user for the day."),
        (
            "en",
            "Cells hold it, which is described in Section 6.3.4 [Cell Arrays], page 149.",
            "Cells hold it.",
        ),
        ("en", "It is sorted. See also: [sort], page 5, and [find], page vi.", "It is sorted. "),
        ("en", "Upload the package as in Chapter 9.", "Upload the package."),
        (
            "en",
            "Rebuild it as described in Section 6.1 and Chapter 7 so it can be sent.",
            "Rebuild it so it can be sent.",
        ),
        ("en", "It obeys the rules described below in Section 3.1 [Quoting], page 6.", "It obeys the rules."),
        ("en", "It may be one of the signs listed below.", "It may be one of the signs."),
        ("en", "As mentioned above, cells are kept.", "Cells are kept."),
        (
            "de",
            "Wenn Sie die Shell wie in Abschnitt 1.4.2 beschrieben eingerichtet haben, geht es.",
            "Wenn Sie die Shell eingerichtet haben, geht es.",
        ),
        ("en", "Two flags (seen by all) are set.", "Two flags (seen by all) are set."),
        (
            "de",
            "Sie kehren zurück (mehr dazu unter Abschnitt 1.1.6), wenn Sie wollen.",
            "Sie kehren zurück, wenn Sie wollen.",
        ),
        (
            "fr",
            "Les réglages (consultez Section 5.6) limitent la taille.",
            "Les réglages limitent la taille.",
        ),
        (
            "it",
            "Le regole (vedere Sezione 5.6 per i dettagli) limitano.",
            "Le regole limitano.",
        ),
        ("nl", "De regels (zie ook paragraaf 5.6 en verder) gelden.", "De regels gelden."),
        ("pt", "As regras (veja a Seção 5.6 para detalhes) valem.", "As regras valem."),
        ("es", "Las reglas (consulte la sección 5.6 del manual) valen.", "Las reglas valen."),
    ],
)
def test_an_aside_that_sends_the_reader_elsewhere_is_taken_out(code: str, text: str, left: str) -> None:
    language = languages.find(code)
    assert language is not None

    assert cut.without_asides(text, language) == left


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "For the advanced configuration of vim, see Section 9.2."),
        ("en", "See When bugs are closed by new uploads."),
        ("en", "See Uploaders for the syntax of that field."),
        ("en", "Section 1.2 (basic concept)"),
        ("en", "You can read more about updating the file later in Chapter 8."),
        ("es", "Se tratará sobre ellos en Capítulo 4 y Capítulo 5."),
        ("zh", "提示查看第 9.9.1 节来获得关于使用设备级加密的跨平台的数据共享的信息。"),
        ("en", "Section 5.5.5 explains how you can use it."),
        ("en", "The spec file syntax is described in Section 5.7."),
        ("de", "Grundsätzliche Informationen über das Paketieren finden Sie in Abschnitt 12.9."),
        ("de", "Folgen Sie dann den Anweisungen in Abschnitt 2.6."),
        ("fr", "Pour la configuration de vim, consultez la section 9.2."),
        ("it", "Se il server è accessibile, vedere Sezione 4.6.3."),
    ],
)
def test_a_sentence_that_only_sends_the_reader_elsewhere_is_none_of_a_lesson(code: str, text: str) -> None:
    language = languages.find(code)
    assert language is not None

    assert cut.only_points_away(text, language)


def test_a_sentence_that_only_points_away_goes_from_an_item_too() -> None:
    item = "Lists hold the hives of several yards. See Section 6.1 [Lists], page 29."

    [bullets] = [
        one
        for one in shown(block("item", item), block("item", "Sets hold each once."))
        if one.kind == "bullets"
    ]

    assert [one.text for one in bullets.sentences] == [
        "Lists hold the hives of several yards.",
        "Sets hold each once.",
    ]


def test_an_item_that_the_end_of_a_page_cut_is_one_item() -> None:
    [steps] = [
        one
        for one in shown(
            block("step", "Open the hive with a flat and", mark="1."),
            block("step", "clean tool of steel.", page=2, goes_on=True),
            block("step", "Close the hive before the sun sets.", mark="2.", page=2),
        )
        if one.kind == "steps"
    ]

    assert [one.text for one in steps.sentences] == [
        "Open the hive with a flat and clean tool of steel.",
        "Close the hive before the sun sets.",
    ]


def test_code_that_the_end_of_a_page_cut_is_shown_whole() -> None:
    [code] = [
        one
        for one in shown(
            block("code", "open the hive"), block("code", "close the hive", page=2, goes_on=True)
        )
        if one.kind == "code"
    ]

    assert code.text == "open the hive\nclose the hive"


def test_a_table_that_the_end_of_a_page_cut_is_shown_whole() -> None:
    head = {"rows": [["month", "task"], ["May", "swarm"]], "head_rows": 1, "text": "month\ttask\nMay\tswarm"}
    rest = {"rows": [["June", "harvest"]], "text": "June\tharvest", "page": 2, "goes_on": True}

    [table] = [one for one in shown(block("table", **head), block("table", **rest)) if one.kind == "table"]

    assert table.rows == [["month", "task"], ["May", "swarm"], ["June", "harvest"]]
    assert table.head_rows == 1


def test_how_a_function_is_called_heads_what_is_said_about_it() -> None:
    said = shown(
        block("paragraph", "Hives are sorted by weight."),
        block("code", "sort (hives)\nsort (hives, mode)"),
        block("paragraph", "Return the hives, the lightest first."),
        block("paragraph", "See also: [find], page 5, [weigh], page 6."),
        block("heading", "Weighing", level=1),
    )

    assert [one.kind for one in said[:3]] == ["paragraph", "code", "paragraph"]
    assert not any("See also" in sentence.text for one in said for sentence in one.sentences)


def test_a_section_on_copyright_in_the_middle_of_a_book_is_what_it_is_about_and_at_its_end_is_not() -> None:
    told = [block("paragraph", text) for text in LONG]
    about = block(
        "paragraph", "A jar of honey names who filled it, and the year in which the bees gathered it."
    )
    notice = block(
        "paragraph", "Copyright 2020 by the keepers. All rights reserved in each country of the world."
    )
    written = lesson(
        block("heading", "Labels", level=1), *told[:4],
        block("heading", "4.2 Copyright", level=2), about,
        block("heading", "Selling", level=1), *told[4:],
        block("heading", "Copyright", level=1), notice,
    )  # fmt: skip

    said = [one.text for section in written.sections for one in section.sentences]

    assert about.text in said
    assert not any("rights reserved" in one for one in said)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The most important tools of a keeper of bees are the following."),
        ("de", "Die wichtigsten Werkzeuge im Bienenhaus sind die folgenden Geräte."),
        ("it", "I pacchetti degni di nota relativi ai sistemi sono i seguenti."),
        ("fr", "Les outils les plus importants pour les abeilles sont les suivants."),
        ("ja", "ファイルでは、それぞれに対応するパーミッションは次のようになります。"),
    ],
)
def test_a_sentence_that_announces_a_list_is_no_key_point(code: str, text: str) -> None:
    told = document(*(block("paragraph", one) for one in LONG), block("paragraph", text))
    material = gather([told.model_copy(update={"language": code})])
    piece = material.pieces[-1]

    assert piece.text == text
    assert not is_key_point(piece, material)
