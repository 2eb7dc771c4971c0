"""Which sentences of a lesson can stand for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive import ranking
from momentum.providers.writer.extractive import sentences as cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.units import Piece

_WORDS: Final = range(7, 33)
# What only announces the list or the table after it, in any language.
_ANNOUNCES: Final = re.compile(
    r"(?i)(?:\b(?:as follows|(?:the )?following(?: \w+)?|wie folgt|folgende[nrs]?(?: \w+)?|suivante?s?|come segue"
    r"|seguent[ei]|siguientes?|como sigue|seguintes?|volgende|als volgt|below|unten|ci-dessous|a continuación|abaixo"
    r"|sotto|hieronder)|以下|次(?:の|に)[^。]{0,14}|如下|下列|下面)"
    r"[^\w]*(?:です|ます|である|となります|のとおり|の通り|所示)?[.。:：]$"
)
_MOST: Final = 4


def is_key_point(piece: Piece, material: Material) -> bool:
    """Whether it is a sentence that says something with nothing around it."""
    ends = piece.text.endswith(("?", ":", "？", "：")) or _ANNOUNCES.search(piece.text)
    fits = piece.whole and piece.words in _WORDS and not piece.item and not piece.gloss and not ends
    return fits and cut.stands_alone(piece.text, material.language)


def key_points(material: Material, said: Sequence[Piece], score: dict[int, float]) -> list[Piece]:
    """The most telling of what a lesson says, unlike each other and in its order."""
    offered = [piece for piece in said if is_key_point(piece, material) and piece.order in score]
    return ranking.pick(material, offered, score, min(_MOST, max(2, len(offered) - 1)), [])
