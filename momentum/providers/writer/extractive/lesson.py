"""Writes one lesson from its share of the references."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from momentum.providers.writer import LessonDraft, WriterError
from momentum.providers.writer.extractive import (
    abridging,
    actions,
    checks,
    omissions,
    ranking,
    recap,
    teaching,
)
from momentum.providers.writer.extractive.composition import Composition
from momentum.providers.writer.extractive.key_points import is_key_point, key_points
from momentum.providers.writer.extractive.naming import heading_of
from momentum.providers.writer.extractive.review_notes import Wish
from momentum.providers.writer.extractive.titles import inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer import LessonBrief, Question
    from momentum.providers.writer.extractive.abridging import Chosen
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.structure import Segment
    from momentum.providers.writer.extractive.units import Piece

_WORDS_A_MINUTE, _FEWEST_MINUTES = 200, 3
_SUMMARY_WORDS = range(9, 33)
_QUESTIONS, _ACTIONS = 4, 2
_NAMED = 4  # parts that a summary tells


def write(material: Material, brief: LessonBrief, wish: Wish) -> LessonDraft:
    """The lesson: nothing in it but the words of the references."""
    units = _units(material, brief)
    own = _own(material, units)
    score = ranking.rank(material, own, brief.title, wish)
    looks_back = brief.title == material.language.phrases.recap and brief.day > recap.FEWEST_DAYS - 1
    day = (
        recap.recap(material, brief.day - 1, wish)
        if looks_back
        else abridging.abridge(material, _share(material, units), score, wish)
    )
    page = Composition(material, brief)
    written = page.sections(day.sections)
    if not written:
        raise WriterError(
            "source_too_short",
            f"The pages for day {brief.day} have too little running text for a lesson. "
            "Give that day more pages, or choose fewer days.",
        )
    said = [piece for section in day.sections for piece in section.pieces]
    points = key_points(material, said, score)
    elsewhere = _foreign(material, [] if looks_back else units)
    today = teaching.day_of(material, brief.title, day.sections, elsewhere)
    headings = teaching.headings_of(material, brief.title, day.sections)
    is_last = bool(brief.avoid) and len(brief.avoid) + 1 == brief.day
    draft = LessonDraft(
        title=brief.title,
        summary=(
            material.language.phrases.recap_summary
            if looks_back
            else _summary(material, said, points, day.sections)
        ),
        key_points=[page.sentence(piece) for piece in points],
        opening=teaching.opening(today, brief.day, headings),
        sections=written,
        closing=teaching.closing(material, page) if is_last else [],
        action_items=actions.suggest(today, brief.day, headings, _ACTIONS + wish.actions),
        questions=[
            *_recalled(material, brief),
            *checks.ask(today, max(0, _QUESTIONS + wish.questions)),
        ],
        passages=page.passages,
        resources=page.resources(),
    )
    words = draft.words
    return draft.model_copy(
        update={
            "minutes": max(_FEWEST_MINUTES, math.ceil(words / _WORDS_A_MINUTE)),
            "notes": omissions.of_lesson(material, units, day, words, wish),
        }
    )


def _recalled(material: Material, brief: LessonBrief) -> list[Question]:
    """A question of yesterday's lesson, as it was written without any wish."""
    if not brief.yesterday:
        return []
    units = _units(material, brief.model_copy(update={"source": brief.yesterday}))
    score = ranking.rank(material, _own(material, units), "", Wish())
    kept = abridging.abridge(material, _share(material, units), score, Wish())
    question = checks.recall(
        teaching.day_of(material, "", kept.sections, _foreign(material, units)), _QUESTIONS
    )
    return [question] if question is not None else []


def _units(material: Material, brief: LessonBrief) -> list[int]:
    """The units of the brief: exact where this writer planned it, by page where a person changed it."""
    found: set[int] = set()
    for span in brief.source:
        if span.start is not None and span.end is not None and span.end <= len(material.units):
            found.update(range(span.start, span.end))
            continue
        found.update(
            number
            for number, unit in enumerate(material.units)
            if unit.document == span.document and span.first_page <= unit.page <= span.last_page
        )
    return sorted(found)


def _own(material: Material, units: Sequence[int]) -> list[Piece]:
    # All are cut first: only then does a piece know its place among the others.
    return [piece for unit in units for piece in material.units[unit].pieces] if material.pieces else []


def _share(material: Material, units: Sequence[int]) -> list[tuple[Segment, list[int]]]:
    wanted = set(units)
    share = [
        (segment, [unit for unit in range(segment.start, segment.end) if unit in wanted])
        for segment in material.segments
    ]
    return [(segment, inside) for segment, inside in share if inside]


def _summary(
    material: Material, said: Sequence[Piece], points: Sequence[Piece], sections: Sequence[Chosen]
) -> str:
    """The first sentence that says something alone, or else what the lesson's parts are called."""
    for piece in said:
        alone = is_key_point(piece, material) and piece.words in _SUMMARY_WORDS
        if alone and piece not in points and not material.language.signs.condition.match(piece.text):
            return piece.text
    named = [heading_of(one.segment, material) for one in sections if one.segment.title]
    names = list(dict.fromkeys(named))
    told = [name if at == 0 else inside(name, material) for at, name in enumerate(names[:_NAMED])]
    told += [material.language.phrases.more] if len(names) > _NAMED else []
    return f"{material.language.listed(told)}{material.language.phrases.stop}" if told else ""


def _foreign(material: Material, units: Sequence[int]) -> list[Piece]:
    """What the other lessons are made of, which is where wrong answers come from."""
    own = set(units)
    skipped = {
        unit for segment in material.segments if segment.skip for unit in range(segment.start, segment.end)
    }
    return [
        piece
        for number, unit in enumerate(material.units)
        if number not in own and number not in skipped
        for piece in unit.pieces
        if piece.whole
    ]
