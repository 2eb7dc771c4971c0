"""What a teacher adds to a day: what it is for, a question of yesterday, questions, things to do, and a glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer import LessonBlock, Section, Sentence
from momentum.providers.writer.extractive import checks
from momentum.providers.writer.extractive.checks.conditions import conditions
from momentum.providers.writer.extractive.checks.order import are_steps
from momentum.providers.writer.extractive.glossary import glossary
from momentum.providers.writer.extractive.languages.teaching import find
from momentum.providers.writer.extractive.naming import heading_of
from momentum.providers.writer.extractive.objectives import objectives, telling
from momentum.providers.writer.extractive.titles import inside
from momentum.providers.writer.extractive.units import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.abridging import Chosen
    from momentum.providers.writer.extractive.composition import Composition
    from momentum.providers.writer.extractive.material import Material

_FEWEST_TERMS, _MOST_TERMS = 3, 30


def day_of(
    material: Material, title: str, sections: Sequence[Chosen], elsewhere: Sequence[Piece]
) -> checks.Day:
    """What the questions and actions of a day are made from."""
    return checks.Day(
        language=material.language,
        title=title,
        said=[piece for section in sections for piece in section.pieces],
        lists=_lists(material, sections),
        elsewhere=elsewhere,
        page=lambda piece: (piece.page, material.label(piece.document, piece.page)),
        place=material.place_of,
        inside=lambda text: inside(text, material),
        tables=_tables(material, sections),
    )


def headings_of(material: Material, title: str, sections: Sequence[Chosen]) -> list[str]:
    """What the parts of the day are called; its own title where they have no names."""
    named = [
        one.title or heading_of(one.segment, material) for one in sections if one.title or one.segment.title
    ]
    return telling(list(dict.fromkeys(named)), material.language) or [title]


def opening(day: checks.Day, number: int, headings: Sequence[str]) -> list[LessonBlock]:
    """What a learner will be able to do after the day of this number."""
    procedures = [
        next((piece.text.rstrip(":：") for piece in pieces if not piece.item), "")
        for pieces in day.lists
        if are_steps([piece.text for piece in pieces if piece.item == "step"], day)
    ]
    terms = [day.inside(definition.term) for definition in day.definitions]
    found = objectives(
        terms,
        [title for title in procedures if title],
        headings,
        day.language,
        cases=[start for start, _ in conditions(day)],
        number=number,
    )
    return [
        LessonBlock(kind="paragraph", sentences=[Sentence(text=day.teaching.will, support="linking")]),
        LessonBlock(kind="bullets", sentences=[Sentence(text=text, support="linking") for text in found]),
    ]


def closing(material: Material, page: Composition) -> list[Section]:
    """The document's defined terms, where there are enough of them for a glossary."""
    found = glossary([piece for piece in material.pieces if piece.whole], material.language)[:_MOST_TERMS]
    if len(found) < _FEWEST_TERMS:
        return []
    sentences = [page.sentence(piece).model_copy(update={"text": text}) for text, piece in found]
    heading = find(material.language.code).glossary
    return [Section(heading=heading, blocks=[LessonBlock(kind="bullets", sentences=sentences)])]


def _tables(material: Material, sections: Sequence[Chosen]) -> list[checks.Table]:
    units = [material.units[run.unit] for section in sections for run in section.runs]
    return [
        checks.Table(block.rows, block.head_rows, Piece("", block.page, whole=True, document=unit.document))
        for unit in units
        if unit.kind == "table"
        for block in unit.blocks
        if block.rows
    ]


def _lists(material: Material, sections: Sequence[Chosen]) -> list[list[Piece]]:
    """The lists of a lesson, each with the sentence that introduces it, or the heading right above it."""
    found: list[list[Piece]] = []
    for section in sections:
        lead: Piece | None = None
        for place, run in enumerate(section.runs):
            items = [piece for piece in run.pieces if piece.item]
            plain = [piece for piece in run.pieces if not piece.item]
            lead = plain[-1] if plain else lead
            if items:
                introduces = lead is not None and lead.text.endswith((":", "："))
                if not introduces:
                    lead = _heading(material, section, items[0]) if place == 0 else None
                found.append([lead, *items] if lead is not None else items)
                lead = None
    return found


def _heading(material: Material, section: Chosen, item: Piece) -> Piece | None:
    title = heading_of(section.segment, material) if section.segment.title else ""
    return Piece(title, item.page, whole=True, document=item.document) if title else None
