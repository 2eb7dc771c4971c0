"""The last day of a course whose references make one day less than was asked for: it looks back on the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.writer.extractive import plan, ranking
from momentum.providers.writer.extractive.abridging import Chosen, Day, Run
from momentum.providers.writer.extractive.key_points import is_key_point

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.plan import Part
    from momentum.providers.writer.extractive.review_notes import Wish

FEWEST_DAYS: Final = 4  # of a course that is worth looking back on
_SENTENCES: Final = 4  # of each day


def has_recap(material: Material, days: int) -> bool:
    """Whether so many days end with one that looks back: the references make one less."""
    return days >= FEWEST_DAYS and plan.proposed(material) == days - 1


def recap(material: Material, days: int, wish: Wish) -> Day:
    """The most telling sentences of each of these days, under its title."""
    parts = plan.divide(material, days)
    sections = [_section(material, part, wish) for part in parts]
    return Day([section for section in sections if section.runs], [])


def _section(material: Material, part: Part, wish: Wish) -> Chosen:
    own = [(unit, piece) for unit in part.units() for piece in material.units[unit].pieces]
    score = ranking.rank(material, [piece for _, piece in own], part.title, wish)
    offered = [piece for _, piece in own if is_key_point(piece, material) and piece.order in score]
    picked = {piece.order for piece in ranking.pick(material, offered, score, _SENTENCES, [])}
    runs = [Run(unit, [piece]) for unit, piece in own if piece.order in picked]
    return Chosen(part.segments[0], runs, part.title)
