"""A document of which only the text of its pages was stored has the blocks that the text shows."""

import pytest

from momentum.providers.documents import Document, Page
from momentum.providers.documents.blocks import Block, page_text

TEXT = "Baking bread\n\nFlour, water and salt.\n\n• rye\n\n2. Knead it.\n\nflour\twater\n500 g\t350 g\n\n    oven = 220"


def document(**fields: object) -> Document:
    return Document.model_validate(
        {
            "title": "Bread",
            "pages": [Page(number=1, label="", text=TEXT)],
            "outline": [{"level": 0, "title": "1 Baking bread", "page": 1}],
            "words": 12,
            **fields,
        }
    )


def test_text_that_was_stored_before_there_were_blocks_is_cut_into_them() -> None:
    assert [(block.kind, block.text, block.mark) for block in document().blocks] == [
        ("heading", "1 Baking bread", ""),
        ("paragraph", "Flour, water and salt.", ""),
        ("item", "rye", "•"),
        ("step", "Knead it.", "2."),
        ("table", "flour\twater\n500 g\t350 g", ""),
        ("code", "oven = 220", ""),
    ]
    assert document().blocks[4].rows == [["flour", "water"], ["500 g", "350 g"]]


def test_blocks_say_what_stands_on_the_page() -> None:
    assert page_text(document().blocks) == TEXT.replace("Baking bread", "1 Baking bread")
    assert Document.model_validate_json(document().model_dump_json()) == document()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "paragraph", "rows": [["a"]]},
        {"kind": "table"},
        {"kind": "table", "rows": [["a", "b"], ["c"]]},
        {"kind": "table", "rows": [["a"]], "head_rows": 2},
    ],
)
def test_a_table_and_nothing_else_has_rows_of_one_length(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="rows"):
        Block.model_validate({"page": 1, **wrong})
