"""Finds the captions of tables and figures, and gives each to what it belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from momentum.providers.documents.paragraphs import TextBlock

_TABLES: Final = "table|tab|tabelle|tabla|cuadro|tableau|tabela|quadro|tabella|tabel|表|الجدول|جدول"
_FIGURES: Final = (
    "figure|fig|diagram|chart|plate|illustration|graph|scheme|map|abbildung|abb|bild|grafik|schaubild|figura|gráfico|"
    "ilustración|imagen|esquema|graphique|schéma|carte|imagem|ilustração|immagine|grafico|schema|afbeelding|figuur|"
    "図|圖|图|写真|照片|الشكل|شكل|صورة|رسم"
)
_NUMBER: Final = r"(?:[A-Z]\s?[.\-–]\s?)?\d{1,3}(?:[.\-–]\d{1,3})*[a-z]?|[IVX]{1,5}"
_CAPTION: Final = re.compile(
    rf"(?i:(?P<table>{_TABLES})|(?P<figure>{_FIGURES}))\.?\s?(?:{_NUMBER})(?P<end>\s*[.:：–—|-]\s|\s*[.:：]?$|[\s　]+)"
)
_LONGEST: Final = 90  # words
_NEAR: Final = 4.0  # letter sizes between a caption and what it belongs to


def is_caption(block: TextBlock) -> bool:
    """Whether a paragraph says what a table or a figure is, and isn't a sentence that speaks of one."""
    short = block.kind in {"text", "heading"} and len(block.text.split()) <= _LONGEST
    return short and says_what_it_is(block.text)


def says_what_it_is(text: str) -> bool:
    """Whether a text begins like a caption: with "Figure 3" or "Table 3", and no sentence goes on from that."""
    found = _CAPTION.match(text)
    if found is None:
        return False
    rest = text[found.end() :]
    return bool(found["end"].strip()) or not rest or not rest[:1].islower()


def attach_captions(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the blocks without the captions, which are now with their tables and figures."""
    taken: set[int] = set()
    for at, block in enumerate(blocks):
        if not block.lines or not is_caption(block):
            continue
        owner = _owner(blocks, at)
        if owner is not None:
            owner.caption = block.text
            taken.add(at)
    return [block for at, block in enumerate(blocks) if at not in taken]


def _owner(blocks: list[TextBlock], at: int) -> TextBlock | None:
    """The nearest table or figure above or below that has no caption yet; one of the kind it names comes first."""
    caption = blocks[at]
    found = _CAPTION.match(caption.text)
    wanted = "table" if found is not None and found["table"] else "figure"
    near: list[tuple[bool, float, TextBlock]] = []
    for other in blocks[max(at - 3, 0) : at + 4]:
        if other.kind not in {"table", "figure", "code"} or other.page != caption.page or other.caption:
            continue
        white = _white(caption, other)
        if white <= _NEAR * caption.size and (other.kind != "code" or wanted == "figure"):
            near.append((other.kind != wanted, white, other))
    return min(near, key=lambda one: one[:2])[2] if near else None


def _white(one: TextBlock, other: TextBlock) -> float:
    first, second = one.extent, other.extent
    across = max(first.left - second.right, second.left - first.right, 0.0)
    return across + max(first.bottom - second.top, second.bottom - first.top, 0.0)
