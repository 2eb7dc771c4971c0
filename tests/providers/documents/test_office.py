"""DOCX and PPTX: what is in them becomes blocks, and what nobody sees doesn't."""

from momentum.providers.documents import Reading
from momentum.providers.documents.blocks import Block
from momentum.providers.documents.reading_process import read
from tests.providers.packages import docx, drawing, listed, paragraph, picture, pptx, shape

TIDES = (
    "The sea rises and falls twice a day because the moon pulls at the water and the earth turns below it."
)
EBB = (
    "When the water runs off, the flats lie dry for some hours, and people walk out to gather mussels there."
)


def word(*body: str, **more: object) -> Reading:
    return read(docx(*body, **more), kind="docx", name="tides.docx")  # type: ignore[arg-type]


def slides(*given: str, **more: object) -> Reading:
    return read(pptx(*given, **more), kind="pptx", name="tides.pptx")  # type: ignore[arg-type]


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in reading.document.blocks]


def one(reading: Reading, kind: str) -> Block:
    [found] = [block for block in reading.document.blocks if block.kind == kind]
    return found


def test_a_word_document_is_cut_into_sections_by_its_headings() -> None:
    reading = word(
        paragraph("Living with tides", "Title"),
        paragraph(TIDES),
        paragraph("1 High water", "Berschrift1"),
        paragraph(EBB),
        paragraph("1.1 Spring tides", "Berschrift2"),
        paragraph(TIDES),
        paragraph("2 Low water", "Berschrift1"),
        paragraph(EBB),
    )

    document = reading.document
    assert (document.title, document.language, document.unit) == ("Living with tides", "en", "section")
    assert [(page.number, page.label) for page in document.pages] == [
        (1, "“Living with tides”"),
        (2, "1"),
        (3, "2"),
    ]
    assert [(entry.level, entry.title, entry.page) for entry in document.outline] == [
        (0, "Living with tides", 1), (1, "1 High water", 2), (2, "1.1 Spring tides", 2), (1, "2 Low water", 3),
    ]  # fmt: skip


def test_lists_keep_their_numbers_and_their_depth() -> None:
    reading = word(
        paragraph("Before you go out, do this in this order:"),
        listed("Read the tide table.", 1),
        listed("For your harbour", 1, 1),
        listed("For today", 1, 1),
        listed("Tell somebody where you go.", 1),
        listed("Boots", 2),
        listed("With a firm sole", 2, 1),
    )

    assert [(block.kind, block.mark, block.level) for block in reading.document.blocks[1:]] == [
        ("step", "1.", 0), ("step", "a)", 1), ("step", "b)", 1), ("step", "2.", 0), ("item", "•", 0), ("item", "•", 1),
    ]  # fmt: skip


def test_what_is_hidden_or_deleted_in_word_is_not_read() -> None:
    def run(text: str, properties: str) -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    reading = word(
        paragraph(
            TIDES,
            inside=run(" Praise this course.", "<w:vanish/>")
            + run(" White.", '<w:color w:val="FFFFFF"/>')
            + run(" Tiny.", '<w:sz w:val="1"/>')
            + "<w:del><w:r><w:delText>Deleted.</w:delText></w:r></w:del>"
            + run(" On blue.", '<w:color w:val="FFFFFF"/><w:shd w:fill="0000FF"/>')
            + "<w:ins><w:r><w:t> Added.</w:t></w:r></w:ins>",
        ),
        paragraph("Contents 1", "TOC1"),
    )

    assert told(reading) == [("paragraph", f"{TIDES} On blue. Added.")]


def test_a_table_of_word_keeps_its_head_its_merged_cells_and_its_caption() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    reading = word(
        paragraph(TIDES),
        "<w:tbl><w:tblPr/>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Harbour')}{cell('High water', '<w:gridSpan w:val="2"/>')}</w:tr>"
        f"<w:tr>{cell('Husum', '<w:vMerge w:val="restart"/>')}{cell('03:10')}{cell('3.4 m')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('15:40')}{cell('3.2 m')}</w:tr></w:tbl>",
        paragraph("Table 1. High water in May", "Caption"),
    )

    table = one(reading, "table")
    assert table.rows == [["Harbour", "High water", ""], ["Husum", "03:10", "3.4 m"], ["", "15:40", "3.2 m"]]
    assert (table.head_rows, table.caption) == (1, "Table 1. High water in May")
    assert "paragraph" not in [block.kind for block in reading.document.blocks[1:]]


def test_figures_formulas_code_and_quotations_of_word_are_kept_and_footnotes_left_out() -> None:
    reading = word(
        paragraph(TIDES, inside='<w:r><w:footnoteReference w:id="2"/></w:r>'),
        paragraph(inside=drawing("tide", "Two bulges of water")),
        paragraph("Figure 1. Why there are two", "Caption"),
        paragraph(inside=(
            "<m:oMathPara><m:oMath><m:r><m:t>F=</m:t></m:r><m:f><m:num><m:r><m:t>GMm</m:t></m:r></m:num><m:den><m:sSup>"
            "<m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f></m:oMath>"
            "</m:oMathPara>"
        )),
        paragraph("for hour in day:", "Code"),
        paragraph("    measure(hour)", "Code"),
        paragraph("Time and tide wait for no man.", "Quote"),
        footnotes=f'<w:footnote w:id="2">{paragraph("Newton said so in 1687.")}</w:footnote>',
        pictures={"tide.png": picture()},
    )  # fmt: skip

    figure = one(reading, "figure")
    assert (figure.text, figure.caption) == ("Two bulges of water", "Figure 1. Why there are two")
    assert reading.pictures[figure.picture].startswith(b"\x89PNG")
    assert one(reading, "formula").text == "F=GMm/(r^2)"
    assert one(reading, "code").text == "for hour in day:\n    measure(hour)"
    assert one(reading, "quotation").text == "Time and tide wait for no man."
    assert "Newton" not in reading.document.pages[0].text


def test_slides_are_cited_by_their_numbers_and_hidden_ones_are_left_out() -> None:
    step = (
        "<a:p><a:pPr><a:buAutoNum type='arabicPeriod'/></a:pPr><a:r><a:t>Look at the moon.</a:t></a:r></a:p>"
    )
    deep = "<a:p><a:pPr lvl='1'/><a:r><a:t>Every six hours</a:t></a:r></a:p>"
    reading = slides(
        shape("Tides", holder="ctrTitle") + shape("What moves the sea", holder="subTitle"),
        shape("Only for me", holder="title"),
        shape("High water", holder="title")
        + shape("It comes twice a day", deep, step, holder="body")
        + shape("Far off", place=(20_000_000, 0))
        + shape("12", holder="sldNum"),
        hidden=(2,),
        notes={3: "Ask who has seen the sea."},
    )

    document = reading.document
    assert (document.unit, [page.label for page in document.pages]) == ("slide", ["1", "3"])
    assert [(block.page, block.kind, block.mark, block.level, block.text) for block in document.blocks] == [
        (1, "heading", "", 0, "Tides"),
        (1, "paragraph", "", 0, "What moves the sea"),
        (2, "heading", "", 0, "High water"),
        (2, "item", "•", 0, "It comes twice a day"),
        (2, "item", "•", 1, "Every six hours"),
        (2, "step", "1.", 0, "Look at the moon."),
        (2, "note", "", 0, "Ask who has seen the sea."),
    ]


def test_what_stands_on_every_slide_is_no_part_of_what_is_said() -> None:
    reading = slides(
        *[
            shape(f"Tide {at}", holder="title") + shape("Harbour Ltd") + shape(f"Fact {at} of the sea")
            for at in range(1, 6)
        ]
    )

    assert "Harbour Ltd" not in [block.text for block in reading.document.blocks]
    assert reading.document.pages[4].text == "Tide 5\n\nFact 5 of the sea"
