"""What to do today: what the source itself tells its reader to do, and a way to use what the day is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.writer import ActionItem
from momentum.providers.writer.extractive.languages.teaching import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.checks import Day
    from momentum.providers.writer.extractive.units import Piece

_LONGEST: Final = 28
_STEPS: Final = 3


def suggest(day: Day, number: int, headings: Sequence[str], count: int = 2) -> list[ActionItem]:
    """Up to `count` things to do on the day of this number, each of which can be done today.

    The first is the source's own, where it has one: its procedure, or what it tells its reader to do. The last uses a
    term that the day defines, or what a heading names.
    """
    teaching = find(day.language.code)
    own = [*_procedures(day, headings), *_orders(day)]
    items = own[: count - 1]
    about = dict.fromkeys(day.inside(definition.term) for definition in day.definitions)
    for at in range(count - len(items)):
        if len(about) > at:
            template = teaching.actions[(number + at) % len(teaching.actions)]
            term = list(about)[at]
            items.append(ActionItem(text=template.format(term=day.language.quoted(term))))
        else:
            template = teaching.actions_about[(number + at) % len(teaching.actions_about)]
            title = headings[(at - len(about)) % len(headings)] if headings else day.title
            items.append(ActionItem(text=template.format(title=day.language.quoted(title))))
    return items


def _procedures(day: Day, headings: Sequence[str]) -> list[ActionItem]:
    found: list[ActionItem] = []
    for pieces in day.lists:
        steps = [piece for piece in pieces if piece.item == "step"]
        told = sum(bool(day.language.signs.order.match(piece.text)) for piece in steps)
        if len(steps) < _STEPS or told * 2 < len(steps):
            continue
        lead = next((piece.text.rstrip(":") for piece in pieces if not piece.item), "")
        title = day.language.quoted(lead or (headings[0] if headings else day.title))
        found.append(
            ActionItem(text=day.teaching.steps.format(title=title), note=_capital(day.place(steps[0])))
        )
    return found[:1]


def _orders(day: Day) -> list[ActionItem]:
    asked = [piece for piece in day.statements if piece.words <= _LONGEST and _is_order(piece, day)]
    return [ActionItem(text=piece.text, note=_capital(day.place(piece))) for piece in asked]


def _is_order(piece: Piece, day: Day) -> bool:
    signs, text = day.language.signs, piece.text
    return bool(signs.order.match(text)) and not (
        signs.idle.search(text) or day.teaching.no_order.match(text)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
