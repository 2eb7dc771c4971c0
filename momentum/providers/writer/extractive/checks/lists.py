"""Lists: what belongs to one, beside what belongs to others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.writer import Question
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.checks.day import PROMPT, shuffled, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.writer.extractive.checks.day import Day
    from momentum.providers.writer.extractive.units import Piece

_TRAILING: Final = re.compile(
    r"(?:[,;.](?: (?:and|or|und|oder|y|o|et|ou|e|en|of))?| (?:and|or|und|oder|y|et|ou|en))$"
)
_ITEM_WORDS, _LEAD_WORDS = range(1, 16), range(3, 25)
_RIGHT, _WRONG, _LONGEST = 2, 2, 160
_ALIKE: Final = 0.34
_LONGER: Final = 2


def ask_belongs(day: Day) -> Iterator[tuple[int, Question]]:
    """Which of these belong to a list of the lesson; the others are items of other lists that share no word with it."""
    for pieces in day.lists:
        lead = [piece for piece in pieces if not piece.item]
        items = [piece for piece in pieces if _can_be_chosen(piece)]
        if not lead or len(items) < _RIGHT or not _introduces(lead[-1]):
            continue
        right = [_bare(piece) for piece in shuffled(items, lead[-1].text)[:_RIGHT]]
        wrong = _foreign(list(pieces), right, day)
        if len(wrong) < _WRONG:
            continue
        choices = shuffled([*right, *wrong], lead[-1].text)
        if len({cut.normal(choice) for choice in choices}) != len(choices):
            continue
        page, label = day.page(items[0])
        yield (
            items[0].order,
            Question(
                kind="multiple",
                prompt=day.teaching.belongs.format(lead=day.language.quoted(lead[-1].text))[:PROMPT],
                choices=choices,
                answer=sorted(choices.index(text) for text in right),
                explanation=_why(day, lead[-1], right)[:1000],
                page=page,
                label=label,
            ),
        )


def _why(day: Day, lead: Piece, right: list[str]) -> str:
    listed = f"{lead.text.rstrip(' :：')}: {'; '.join(right)}"
    return day.teaching.why.format(quote=day.language.quoted(listed), place=day.place(lead))


def _can_be_chosen(piece: Piece) -> bool:
    """Whether it is an item in words: not one of code."""
    return piece.item == "bullet" and piece.words in _ITEM_WORDS and ";" not in piece.text


def _introduces(lead: Piece) -> bool:
    """Whether it says what the list is of: a sentence that ends in a colon, or the heading above it."""
    if lead.text[:1].isdigit():
        return False  # the mark of a note, most likely
    return not lead.leans and (lead.words in _LEAD_WORDS or not lead.text.endswith((":", "：")))


def _bare(piece: Piece) -> str:
    text = _TRAILING.sub("", piece.text.strip())
    return text[:1].upper() + text[1:]


def _foreign(pieces: list[Piece], right: list[str], day: Day) -> list[str]:
    held = {piece.order for piece in pieces}
    own = words(" ".join(piece.text for piece in pieces))
    size = sum(map(len, right)) / len(right)
    offered = [
        piece for piece in [*day.elsewhere, *day.said] if piece.order not in held and _can_be_chosen(piece)
    ]
    if len({_form(text, day) for text in right}) > 1:
        return []  # nothing of one form could stand beside them
    chosen: list[str] = []
    for piece in sorted(offered, key=lambda one: (abs(len(one.text) - size), one.order)):
        text = _bare(piece)
        unlike = len(words(text) & own) <= _ALIKE * max(1, len(words(text)))
        same_form = _form(text, day) == _form(right[0], day) and len(text) <= _LONGER * size
        if len(text) <= _LONGEST and unlike and same_form and text not in chosen:
            chosen.append(text)
        if len(chosen) == _WRONG:
            break
    return chosen


def _form(text: str, day: Day) -> tuple[bool, bool, bool]:
    """What tells items apart by their look alone: an order, an entry with a colon, how it ends."""
    return bool(day.language.signs.order.match(text)), ":" in text or "：" in text, text[-1:].isalnum()
