"""What to do today: what the source itself tells its reader to do, and ways to use what the day is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.writer import ActionItem
from momentum.providers.writer.extractive.checks.conditions import conditions
from momentum.providers.writer.extractive.languages.teaching import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.writer.extractive.checks import Day
    from momentum.providers.writer.extractive.units import Piece

_LONGEST: Final = 28
_STEPS: Final = 3
_LONGEST_CASE: Final = 110


def suggest(day: Day, number: int, headings: Sequence[str], count: int = 2) -> list[ActionItem]:
    """Up to `count` things to do on the day of this number, each of which can be done today.

    The first is the source's own, where it has one: its procedure, or what it tells its reader to do today whatever
    happens. The others use a term that the day defines, a case that it speaks of, or what a heading names; days that
    follow each other have different ones.
    """
    items = [*_procedures(day, headings), *_orders(day)][: max(0, count - 1)]
    offered = _exercises(day, number, headings)
    while len(items) < count:
        items.append(next(offered))
    return items


def _exercises(day: Day, number: int, headings: Sequence[str]) -> Iterator[ActionItem]:
    """Exercises without end: of a term or a case in turn with those about the matter."""
    teaching, quoted = find(day.language.code), day.language.quoted
    terms = list(dict.fromkeys(day.inside(definition.term) for definition in day.definitions))
    cases = [(quoted(f"{start} …"), piece) for start, piece in conditions(day)]
    titles = list(headings) or [day.title]
    special: list[ActionItem] = [
        ActionItem(text=teaching.actions[(number + at) % len(teaching.actions)].format(term=quoted(term)))
        for at, term in enumerate(terms)
    ]
    told = [
        ActionItem(text=teaching.action_condition.format(start=start), note=_capital(day.place(piece)))
        for start, piece in [case for case in cases if len(case[0]) <= _LONGEST_CASE][:1]
    ]
    special = [*told, *special] if number % 2 else [*special[:1], *told, *special[1:]]
    at = 0
    while True:
        if special:
            yield special.pop(0)
        template = teaching.actions_about[(2 * number + at) % len(teaching.actions_about)]
        yield ActionItem(text=template.format(title=quoted(titles[(number + at) % len(titles)])))
        at += 1


def _procedures(day: Day, headings: Sequence[str]) -> list[ActionItem]:
    found: list[ActionItem] = []
    for pieces in day.lists:
        steps = [piece for piece in pieces if piece.item == "step"]
        told = sum(bool(day.language.signs.order.match(piece.text)) for piece in steps)
        if len(steps) < _STEPS or told * 2 < len(steps):
            continue
        lead = next((piece.text.rstrip(":：") for piece in pieces if not piece.item), "")
        title = day.language.quoted(lead or (headings[0] if headings else day.title))
        found.append(
            ActionItem(text=day.teaching.steps.format(title=title), note=_capital(day.place(steps[0])))
        )
    return found[:1]


def _orders(day: Day) -> list[ActionItem]:
    # A point of a slide leaves unsaid when it is to be done.
    asked = [
        piece
        for piece in day.statements
        if not piece.item and piece.words <= _LONGEST and _is_order(piece, day)
    ]
    return [ActionItem(text=piece.text, note=_capital(day.place(piece))) for piece in asked]


def _is_order(piece: Piece, day: Day) -> bool:
    """Whether it tells its reader to do something that waits for nothing and speaks of nothing named before."""
    signs, teaching, text = day.language.signs, day.teaching, piece.text
    waits = signs.idle.search(text) or teaching.event.search(text) or teaching.denies.search(text)
    is_name = text.split()[0].isupper() and len(text.split()[0]) > 1
    return bool(signs.order.match(text)) and not (waits or is_name or teaching.no_order.match(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
