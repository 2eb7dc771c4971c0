"""Finds what is set off from the text as a note, a warning or a tip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from momentum.providers.documents.frames import Extent
    from momentum.providers.documents.paragraphs import TextBlock

_WORDS: Final = """
note notes warning warnings caution danger tip tips important attention hint remember notice
hinweis hinweise achtung warnung vorsicht gefahr tipp wichtig merke anmerkung beachte
nota notas advertencia aviso atención peligro consejo importante precaución cuidado sugerencia
remarque avertissement attention danger astuce conseil important
atenção perigo dica observação advertência
avvertenza avvertimento attenzione pericolo suggerimento avviso cautela consiglio
opmerking waarschuwing gevaar belangrijk
注意 警告 注 メモ ヒント 重要 補足 参考 危険 注記 提示 说明 小贴士 注释 备注 警示 危险
ملاحظة تحذير تنبيه هام مهم نصيحة خطر انتبه
"""
_PHRASES: Final = ("let op", "nota bene", "n. b.", "nb", "à noter", "pro tip", "good to know")
_LABELS: Final = "|".join(map(re.escape, (*_PHRASES, *sorted(set(_WORDS.split()), key=len, reverse=True))))
_INSIDE: Final = 0.9  # of a paragraph is inside a box that it is set in
_MOST_OF_A_PAGE: Final = 0.6
_WORDS_IN_A_BOX: Final = 8
_TITLE: Final = 8  # words of what a note is headed by, at most
# What stands at the head of a note by itself, and what its text runs on from.
_ALONE: Final = re.compile(rf"(?i)^[\W_]*(?:{_LABELS})\s*[!:：.]*$")
_RUN_IN: Final = re.compile(rf"(?i)^[\W_]*((?:{_LABELS})\s*(?:[:：!！]|[—–]\s))\s*(?=\S)")


def is_label(text: str) -> bool:
    """Whether a line says no more than that a note or a warning follows."""
    return _ALONE.match(text) is not None


def mark_boxed(blocks: list[TextBlock], boxes: dict[int, list[Extent]]) -> None:
    """Mark the paragraphs of notes that are set in a frame or on a field of colour; `boxes` are those of each page.

    A box with nothing but a heading in it is none, and neither is one of a page that sets most of its text in boxes.
    """
    for page, places in boxes.items():
        if places and (text := [block for block in blocks if block.page == page and block.region is None]):
            _mark_page(text, sorted(places, key=lambda box: box.area))


def _mark_page(text: list[TextBlock], boxes: list[Extent]) -> None:
    held: dict[int, list[TextBlock]] = {}
    for block in text:
        place = block.extent
        at = next((at for at, box in enumerate(boxes) if place.shared(box) > _INSIDE * place.area), None)
        if at is not None:
            held.setdefault(at, []).append(block)
    for inside in held.values():
        words = [len(block.text.split()) for block in inside if block.kind == "text" and not block.bold]
        if sum(words) < _WORDS_IN_A_BOX or sum(len(one.text) for one in inside) > _MOST_OF_A_PAGE * sum(
            len(block.text) for block in text
        ):
            continue
        for block in inside:
            if block.kind == "text":
                block.kind = "note"


def mark_notes(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the blocks with those that are notes marked as such, each put together with its label."""
    out: list[TextBlock] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            last is not None
            and last.kind == "note"
            and not last.text
            and block.kind in {"text", "item", "note"}
        ):
            last.lines = [*last.lines, *block.lines]
            last.text = block.text
            continue
        boxed = block.kind == "note"
        if boxed and block.bold and len(block.text.split()) <= _TITLE:
            block.mark, block.text = block.text, ""
        elif block.kind in {"text", "note"} and _ALONE.match(block.text):
            block.kind, block.mark, block.text = "note", block.text, ""
        elif block.kind in {"text", "note"} and (label := _RUN_IN.match(block.text)):
            block.kind, block.mark, block.text = "note", label[1].strip(), block.text[label.end() :]
        out.append(block)
    for block in out:
        if block.kind == "note" and not block.text:  # a label that nothing follows
            block.kind, block.text, block.mark = "text", block.mark, ""
    return out
