"""Ranks the sentences of a lesson by how much the others say the same (TextRank), and picks unlike ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.languages.language import Signs
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.review_notes import Wish
    from momentum.providers.writer.extractive.units import Piece

_DAMPING, _ROUNDS, _FAINTEST = 0.85, 30, 0.05


def rank(material: Material, pieces: Sequence[Piece], title: str, wish: Wish) -> dict[int, float]:
    """A score from about 0 to 2 for each whole piece, by its order."""
    whole = [piece for piece in pieces if piece.whole]
    if not whole or material.vectorizer is None:
        return {}
    rows = material.rows[[piece.order for piece in whole]]
    alike = (rows @ rows.T).toarray()
    np.fill_diagonal(alike, 0.0)
    alike[alike < _FAINTEST] = 0.0
    flow = alike / (alike.sum(axis=1, keepdims=True) + 1e-9)
    score = np.full(len(whole), 1.0 / len(whole))
    for _ in range(_ROUNDS):
        score = (1 - _DAMPING) / len(whole) + _DAMPING * (flow.T @ score)
    score /= score.max()
    near = rows @ material.vectorizer.transform([" ".join([title, *wish.focus])]).T
    score += 0.3 * near.toarray().ravel()
    signs = material.language.signs
    return {
        piece.order: float(value) + _taste(piece, wish, signs)
        for piece, value in zip(whole, score, strict=True)
    }


def _taste(piece: Piece, wish: Wish, signs: Signs) -> float:
    value = 0.12 if signs.weighty.search(piece.text) else 0.0
    value += wish.examples if signs.example.search(piece.text) else 0.0
    if wish.simpler:
        value -= 0.02 * max(0, piece.words - 14)
    folded = piece.text.casefold()
    value += 0.5 * any(term in folded for term in wish.focus)
    value -= 0.5 if folded in wish.stale else 0.0
    return value - (0.1 if piece.words > 34 else 0.0)


def pick(
    material: Material, pieces: Sequence[Piece], score: dict[int, float], count: int, against: Sequence[Piece]
) -> list[Piece]:
    """Up to `count` high pieces that are unlike each other and unlike `against`, in reading order."""
    chosen: list[Piece] = []
    left = list(pieces)
    if not left:
        return []
    taken: list[Any] = [material.rows[piece.order] for piece in against]
    while left and len(chosen) < count:
        best = max(
            left,
            key=lambda piece: (score[piece.order] - 0.7 * _nearest(material, piece, taken), -piece.order),
        )
        if _nearest(material, best, taken) < 0.6:
            chosen.append(best)
            taken.append(material.rows[best.order])
        left.remove(best)
    return sorted(chosen, key=lambda piece: piece.order)


def _nearest(material: Material, piece: Piece, taken: list[Any]) -> float:
    row = material.rows[piece.order]
    return max((float((row @ other.T).toarray()[0, 0]) for other in taken), default=0.0)
