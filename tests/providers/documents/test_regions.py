"""Tables with rules, figures and formulas: what is cut out of a page, and what stays text."""

import io

import pytest
from PIL import Image

from momentum.providers.documents import Reading
from momentum.providers.documents.blocks import Block
from tests.providers.documents.reading import SOIL, read
from tests.providers.documents.typeset import typeset
from tests.providers.sheets import Sheet

DIAGRAM = """#rect(width: 200pt, height: 90pt, stroke: 1pt)[
  #place(dx: 10pt, dy: 10pt)[#circle(radius: 15pt, fill: yellow)[Lid]]
  #place(dx: 70pt, dy: 20pt)[#rect(fill: orange)[Frames]]
  #place(dx: 130pt, dy: 20pt)[#rect(fill: aqua)[Entrance]]
  #place(dx: 45pt, dy: 30pt)[#line(length: 25pt)]
]"""
CURVE = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 120'><path d='M10 110 L10 10 M10 110 L190 110'"
    " stroke='black' fill='none'/><path d='M10 100 C 50 20, 100 90, 190 20' stroke='blue' fill='none'/></svg>"
)
TEXT = "#lorem(40)\n\n"


def blocks(reading: Reading, kind: str = "") -> list[Block]:
    return [block for block in reading.document.blocks if not kind or block.kind == kind]


def test_a_table_with_rules_keeps_its_cells_however_many_lines_and_columns_they_span() -> None:
    reading = typeset(
        "#table(columns: 3, table.header[*Month*][*Work*][*Hours*],"
        " [April], [Look through the hive and clean the floor of what fell down in winter], [2],"
        " table.cell(rowspan: 2)[May], [Add a super], [1.5], [Cut drones], [1],"
        " table.cell(colspan: 2)[Sum], [4.5])"
    )

    [table] = blocks(reading)

    assert table.rows == [
        ["Month", "Work", "Hours"],
        ["April", "Look through the hive and clean the floor of what fell down in winter", "2"],
        ["May", "Add a super", "1.5"],
        ["", "Cut drones", "1"],
        ["Sum", "", "4.5"],
    ]
    assert table.head_rows == 1


def test_a_table_that_a_page_cuts_goes_on_without_its_head_again() -> None:
    rows = ", ".join(f"[Row {number}], [{number}]" for number in range(40))
    first, rest = blocks(typeset(f"#table(columns: 2, table.header[*Name*][*Number*], {rows})"))

    assert (first.head_rows, first.goes_on, rest.head_rows, rest.goes_on) == (1, False, 0, True)
    assert [row[0] for row in first.rows[1:] + rest.rows] == [f"Row {number}" for number in range(40)]


def test_a_diagram_is_a_picture_with_its_labels_and_its_caption() -> None:
    reading = typeset(f"{TEXT}#figure(caption: [The parts of a hive.])[{DIAGRAM}]\n\n{TEXT}")

    before, figure, after = blocks(reading)

    assert (before.kind, figure.kind, after.kind) == ("paragraph", "figure", "paragraph")
    assert (figure.caption, figure.text) == ("Figure 1: The parts of a hive.", "")
    assert "Entrance" not in reading.document.pages[0].text
    assert "The parts of a hive." in reading.document.pages[0].text
    picture = Image.open(io.BytesIO(reading.pictures[figure.picture]))
    assert picture.format == "PNG"
    # 200 by 90 points at two pixels each, with a little white around.
    assert 400 <= picture.width <= 420
    assert 180 <= picture.height <= 200


def test_tables_and_figures_of_a_page_that_runs_to_the_left_do_so() -> None:
    reading = typeset(
        '#set text(lang: "ar", dir: rtl, font: "Noto Naskh Arabic")\n'
        "#table(columns: 2, [الشهر], [العمل], [أبريل], [زرع])"
        f'\n#figure(caption: [أجزاء الحوض.])[#image(bytes("{CURVE}"), width: 40%)]'
    )

    table, figure = blocks(reading)

    assert table.rows == [["الشهر", "العمل"], ["أبريل", "زرع"]]
    assert (figure.kind, figure.caption) == ("figure", "شكل 1: أجزاء الحوض.")


def test_a_drawing_of_curves_is_a_figure() -> None:
    reading = typeset(f'{TEXT}#image(bytes("{CURVE}"), width: 60%)\n\n{TEXT}')

    assert [block.kind for block in blocks(reading)] == ["paragraph", "figure", "paragraph"]
    assert len(reading.pictures) == 1


def test_a_paragraph_with_a_figure_in_its_middle_is_one() -> None:
    sheet = (
        Sheet().tell(40, 500, SOIL[:2]).mark("q 200 0 0 90 60 380 cm /Picture Do Q").tell(40, 350, SOIL[2:])
    )

    assert [(block.kind, block.text) for block in read(sheet).blocks] == [
        ("paragraph", " ".join(SOIL)),
        ("figure", ""),
    ]


def test_a_formula_with_a_number_is_one_whatever_its_letters_are() -> None:
    sheet = (
        Sheet().tell(40, 500, SOIL).say(150, 430, "bfac = 1 - B").say(340, 430, "(9.3)").tell(40, 380, SOIL)
    )

    assert [block.kind for block in read(sheet).blocks] == ["paragraph", "formula", "paragraph"]


def test_formulas_that_stand_alone_are_pictures_and_those_in_a_line_are_text() -> None:
    reading = typeset("The area of a cell is\n$ A = (3 sqrt(3)) / 2 dot s^2 $\nwhere $s$ is its side.")

    before, formula, after = blocks(reading)

    assert (before.text, after.text) == ("The area of a cell is", "where s is its side.")
    assert formula.kind == "formula"
    assert formula.text == "A = 3 √ 3 2 ⋅ s 2"
    assert Image.open(io.BytesIO(reading.pictures[formula.picture])).width > 60


def test_a_line_of_a_paragraph_that_is_mostly_a_formula_stays_in_it() -> None:
    reading = typeset(
        "#set par(justify: false)\n#block(width: 130pt)[The function is given as $H(t) = -log(1 - F(t))$ here.]"
    )

    [paragraph] = blocks(reading)

    assert paragraph.text == "The function is given as H(t) = − log(1 − F(t)) here."


def test_dots_that_lead_to_a_page_number_are_no_formula() -> None:
    sheet = Sheet().tell(40, 500, SOIL).say(40, 430, "x = 2. . . . . . . . . . . . . . . . . . . . . (3)")

    assert [block.kind for block in read(sheet).blocks] == ["paragraph", "paragraph"]


def test_code_with_a_number_at_its_end_is_no_formula() -> None:
    sheet = (
        Sheet()
        .tell(40, 500, SOIL)
        .say(150, 430, "y = c[6, 17]", font="code")
        .say(340, 430, "(3)", font="code")
    )

    assert "formula" not in [block.kind for block in read(sheet).blocks]


@pytest.mark.parametrize(
    "adornment",
    [
        "#line(length: 100%)",
        "#rect(width: 8pt, height: 8pt, fill: red)",
        "#underline[What matters here.]",
        "#block(fill: luma(230), inset: 8pt)[#lorem(30)]",
        "#block(stroke: 1pt, inset: 8pt)[#lorem(30)]",
        '#set page(background: rect(width: 100%, height: 100%, fill: rgb("#ffeedd")))',
        "#quote(block: true)[#lorem(30)]",
        "#for line in range(6) [#block(fill: luma(230), width: 100%, spacing: 0pt)[`option domain-name example;`]]",
        "#for line in range(6) [#block(fill: luma(230), stroke: (x: 1pt), width: 100%, spacing: 0pt)[allow booting;]]",
    ],
    ids=[
        "rule",
        "bullet",
        "underline",
        "filled",
        "framed",
        "background",
        "quotation",
        "code",
        "code between rules",
    ],
)
def test_what_only_adorns_a_page_is_no_figure(adornment: str) -> None:
    reading = typeset(f"{adornment}\n\n{TEXT}{TEXT}")

    assert blocks(reading, "figure") == []
    assert reading.pictures == {}


def test_a_logo_on_every_page_is_no_figure() -> None:
    logo = '#set page(header: image(bytes("' + CURVE + '"), height: 30pt))\n'
    reading = typeset(logo + "\n#pagebreak()\n".join([TEXT] * 4))

    assert len(reading.document.pages) == 4
    assert blocks(reading, "figure") == []
