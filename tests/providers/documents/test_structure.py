"""What each block of a PDF is, how it belongs to others, and where it stands."""

import pytest

from momentum.providers.documents.blocks import Block, page_text
from tests.providers.documents.typeset import typeset

CELL = "Look through the hive and clean the floor of all that fell down in the winter"


def made(source: str, kind: str = "") -> list[Block]:
    return [block for block in typeset(source).document.blocks if not kind or block.kind == kind]


def test_headings_stand_where_they_are_printed_with_their_level_and_their_place() -> None:
    reading = typeset("= Hives\n#lorem(30)\n== Hives\n#lorem(30)\n=== Lids\n#lorem(30)\n= Honey\n#lorem(30)")

    found = [block for block in reading.document.blocks if block.kind == "heading"]
    assert [(block.text, block.level) for block in found] == [
        ("Hives", 0),
        ("Hives", 1),
        ("Lids", 2),
        ("Honey", 0),
    ]
    boxes = [block.box for block in found if block.box]
    assert [round(box.left, 2) for box in boxes] == [0.12] * 4  # 50 of 420 points
    assert [box.top for box in boxes] == sorted(box.top for box in boxes)
    assert reading.document.pages[0].text == page_text(reading.document.blocks)


def test_steps_and_items_keep_their_marks_and_how_deep_they_are_nested() -> None:
    source = "+ Light the smoker.\n+ Open the hive.\n  - Lift the lid.\n    + Gently.\n+ Close it."

    assert [(block.kind, block.mark, block.level, block.text) for block in made(source)] == [
        ("step", "1.", 0, "Light the smoker."),
        ("step", "2.", 0, "Open the hive."),
        ("item", "•", 1, "Lift the lid."),
        ("step", "1.", 2, "Gently."),
        ("step", "3.", 0, "Close it."),
    ]


def test_steps_go_on_after_a_note_and_over_the_end_of_a_page() -> None:
    step = " ".join(["hold the frame over the open hive"] * 12)
    source = f"#v(410pt)\n+ Light the smoker.\n+ Then {step}.\n\n*Warning:* Bees sting.\n\n+ Close it."

    blocks = made(source)

    assert [(block.kind, block.mark, block.page, block.goes_on) for block in blocks] == [
        ("step", "1.", 1, False),
        ("step", "2.", 1, False),
        ("step", "", 2, True),
        ("note", "Warning:", 2, False),
        ("step", "1.", 2, False),
    ]
    assert f"{blocks[1].text} {blocks[2].text}" == f"Then {step}."
    assert blocks[3].text == "Bees sting."


def test_a_word_that_the_end_of_a_page_breaks_stands_before_it() -> None:
    said = "They investigated extraordinarily incomprehensible representations of internationalization"
    source = f"#set text(hyphenate: true)\n#v(440pt)\n#block(width: 9em)[{said}]"

    first, rest = made(source)

    assert (first.page, rest.page, rest.goes_on) == (1, 2, True)
    assert f"{first.text} {rest.text}" == said


def test_a_table_without_rules_has_rows_columns_and_a_head() -> None:
    source = (
        "#figure(caption: [Work in spring.], table(columns: (60pt, 180pt, 50pt), stroke: none, align: left,"
        f" table.header[*Month*][*Work*][*Hours*], [April], [{CELL}], [2], [May], [Add a super], [1.5],"
        " [June], [], [3]))"
    )

    [table] = made(source)

    assert table.rows == [
        ["Month", "Work", "Hours"],
        ["April", CELL, "2"],
        ["May", "Add a super", "1.5"],
        ["June", "", "3"],
    ]
    assert (table.head_rows, table.caption) == (1, "Table 1: Work in spring.")


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "Tabelle"),
        ("es", "Tabla"),
        ("fr", "Tableau"),
        ("pt", "Tabela"),
        ("it", "Tabella"),
        ("nl", "Tabel"),
        ("ja", "表"),
        ("zh", "表"),
        ("ar", "جدول"),
    ],
)
def test_captions_are_known_in_every_language(language: str, word: str) -> None:
    name = "عسل" if language == "ar" else "ABC"
    direction = "rtl" if language == "ar" else "ltr"
    families = '("Noto Serif", "Noto Serif CJK JP", "Noto Naskh Arabic")'
    source = (
        f'#set text(lang: "{language}", dir: {direction}, font: {families})\n'
        "#table(columns: (80pt, 80pt), stroke: none, align: left,"
        f" [{name}], [{name} {name}], [{name}], [{name}])\n{word} 3: {name} {name}"
    )

    [table] = made(source)

    assert table.caption == f"{word} 3: {name} {name}"
    assert table.rows == [[name, f"{name} {name}"], [name, name]]


def test_a_sentence_that_speaks_of_a_table_is_no_caption() -> None:
    source = (
        "#table(columns: 2, stroke: none, align: left, [Ada], [36], [Alan], [41])\nTable 3 shows how old."
    )

    table, sentence = made(source)

    assert (table.caption, sentence.text) == ("", "Table 3 shows how old.")


def test_how_a_function_is_called_is_code_whatever_letters_its_arguments_are_in() -> None:
    said = "Return the hives, the lightest first, and where each of them stood before."

    blocks = made(
        f"`sort` (_hives_) \\\n`sort` (_hives_, _mode_)\n\n{said}\n\n`sort` (_hives_) puts them in order."
    )

    assert [(one.kind, one.text) for one in blocks] == [
        ("code", "sort (hives)\nsort (hives, mode)"),
        ("paragraph", said),
        ("paragraph", "sort (hives) puts them in order."),
    ]


def test_a_line_of_code_alone_that_ends_a_sentence_belongs_to_its_paragraph() -> None:
    said = "This priority of a hive is the last of all. It should be treated as the same as what is called"

    [paragraph] = made(f"#show raw: set text(size: 1.25em)\n{said}#linebreak(justify: true)`optional.`")

    assert (paragraph.kind, paragraph.text) == ("paragraph", f"{said} optional.")


def test_the_sign_of_a_warning_below_a_rule_takes_none_of_its_text_away() -> None:
    said = "Do not open the hive on a cold day, because the brood would die of it within an hour of the day."
    sign = (
        "#place(line(length: 100%))#place(dy: 1pt, circle(radius: 14pt))"
        "#place(dx: 9pt, dy: 9pt, polygon((0pt, 0pt), (9pt, 4pt), (2pt, 9pt)))"
    )
    text = f"#place(dx: 36pt, dy: 8pt, box(width: 170pt)[*Warning* \\ {said}])"

    blocks = made(f"#lorem(30)\n\n#block(height: 70pt, width: 100%)[{sign}{text}]\n\n#lorem(30)")

    assert said in " ".join(one.text for one in blocks)
    assert not any(one.kind == "figure" for one in blocks)


def test_a_letter_under_the_tail_of_another_is_in_its_word() -> None:
    [block] = made("Quédese con la persona. Quand la mie est prête, qu’elle refroidisse. QUEEN.")

    assert block.text == "Quédese con la persona. Quand la mie est prête, qu’elle refroidisse. QUEEN."


def test_a_word_too_long_for_its_column_stays_in_its_cell() -> None:
    long = "#box(height: 8pt)[#place(box(width: 200pt)[keeper-of-many-hives])]"

    [table] = made(
        f"#table(columns: (70pt, 90pt), [name], [count], [bees], [many], [{long}], [#h(60pt) 12])", "table"
    )

    assert table.rows == [["name", "count"], ["bees", "many"], ["keeper-of-many-hives", "12"]]


def test_bullets_that_are_drawn_begin_items() -> None:
    marker = "#set list(marker: box(inset: (top: 2pt), square(size: 4pt, fill: black)))\n"

    blocks = made(f"{marker}Before it:\n- Open the hive\n- Look for the queen\n- Close the hive")

    assert [(one.kind, one.text) for one in blocks] == [
        ("paragraph", "Before it:"),
        ("item", "Open the hive"),
        ("item", "Look for the queen"),
        ("item", "Close the hive"),
    ]


def test_a_chapter_whose_number_is_a_word_is_headed_by_its_title_as_the_contents_have_it() -> None:
    chapters = "".join(
        f"#pagebreak(weak: true)\n#text(14pt)[*CHAPTER*]\n\n#text(14pt)[*{number}*]\n\n"
        f"#show heading: it => text(20pt, upper(it.body))\n= {title}\n\n#lorem(60)\n\n"
        for number, title in [("ONE", "The Hive"), ("TWO", "The Bees"), ("THREE", "The Honey")]
    )

    headings = [one.text for one in made(chapters) if one.kind == "heading"]

    assert headings == ["The Hive", "The Bees", "The Honey"]


def test_what_a_command_answers_stands_with_it() -> None:
    size = "#show raw: set text(size: 1.25em)\n"
    blocks = made(f"{size}`sort([3, 1])` \\\n#h(20pt)$=>$ `[1, 3]` \\\n`max([3, 1])` \\\n#h(20pt)$=>$ `3`")

    assert [(one.kind, one.text.split()) for one in blocks] == [
        ("code", ["sort([3,", "1])", "⇒", "[1,", "3]", "max([3,", "1])", "⇒", "3"])
    ]


def test_code_keeps_the_white_before_and_between_its_lines() -> None:
    code = "def honey(frames):\n    for frame in frames:\n        yield frame.weight - 0.5\n\n    return None  # so"

    [block] = made(f"```\n{code}\n```")

    assert (block.kind, block.text) == ("code", code)


def test_what_stands_in_from_both_margins_is_quoted() -> None:
    source = "#lorem(40)\n\n#pad(x: 25pt)[#lorem(30)]\n\n#lorem(40)"

    assert [block.kind for block in made(source)] == ["paragraph", "quotation", "paragraph"]


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        ("*Tip:* ", "Tip:"),
        ("*Achtung!* ", "Achtung!"),
        ("*Remarque :* ", "Remarque :"),
        ("*Let op:* ", "Let op:"),
    ],
)
def test_notes_and_warnings_are_set_apart_with_their_label(label: str, mark: str) -> None:
    [note] = made(f"{label}Bees sting whoever is in a hurry, and smoke calms them down.")

    assert (note.kind, note.mark) == ("note", mark)
    assert note.text == "Bees sting whoever is in a hurry, and smoke calms them down."


def test_what_is_set_in_a_box_is_a_note_with_its_title() -> None:
    box = "#block(fill: luma(230), inset: 8pt, width: 100%)[*Before you begin*\n\n#lorem(20)\n\n#lorem(12)]"
    blocks = made(f"#lorem(60)\n\n{box}\n\n#lorem(60)")

    assert [(block.kind, block.mark) for block in blocks] == [
        ("paragraph", ""),
        ("note", "Before you begin"),
        ("note", ""),
        ("paragraph", ""),
    ]


def test_a_heading_on_a_field_of_colour_stays_one() -> None:
    box = "#block(fill: luma(230), inset: 8pt, width: 100%)[#text(16pt)[*Before you begin*]]"

    assert [block.kind for block in made(f"{box}\n\n#lorem(60)")] == ["heading", "paragraph"]


def test_a_title_that_the_file_names_too_stands_once() -> None:
    source = "= Hives\n#lorem(30)\n== Lids\n#lorem(30)\n== Frames\n#lorem(30)\n== Wax\n#lorem(30)"

    headings = [block.text for block in made(source, "heading")]

    assert headings == ["Hives", "Lids", "Frames", "Wax"]
