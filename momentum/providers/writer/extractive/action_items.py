"""What to do today: what the source itself tells its reader to do, and a way to study the lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer import ActionItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.languages.language import Signs
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.units import Piece


def suggest(
    material: Material,
    day: int,
    pieces: Sequence[Piece],
    score: dict[int, float],
    subject: str,
    where: str,
    extra: int,
) -> list[ActionItem]:
    """One study action and, when the source asks its reader to do something, that too."""
    signs, phrases = material.language.signs, material.language.phrases
    asked = [
        piece
        for piece in pieces
        if piece.whole and not piece.leans and not piece.item and not piece.gloss
        if piece.words <= 28 and _is_order(piece.text, signs)
    ]
    asked.sort(
        key=lambda piece: (
            -score.get(piece.order, 0.0) - 0.3 * bool(signs.order.match(piece.text)),
            piece.order,
        )
    )
    items = [
        ActionItem(text=piece.text, note=phrases.from_page.format(place=material.place_of(piece)))
        for piece in asked[: 1 + extra]
    ]
    for number in range(max(1, 1 + extra - len(items))):
        pattern = phrases.study[(day - 1 + number) % len(phrases.study)]
        items.append(ActionItem(text=pattern.format(where=where, subject=subject)))
    return items


def _is_order(text: str, signs: Signs) -> bool:
    asks = signs.order.match(text) or signs.advice.match(text)
    return bool(asks) and not signs.idle.search(text) and not text.endswith(("?", ":"))
