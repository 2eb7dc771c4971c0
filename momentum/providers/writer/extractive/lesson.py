"""Writes one lesson from its share of the references."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from momentum.providers.documents.notes import listed
from momentum.providers.writer import LessonDraft, WriterError
from momentum.providers.writer.extractive import action_items, passages, questions, ranking, titles
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.composition import Composition
from momentum.providers.writer.extractive.definitions import definitions
from momentum.providers.writer.extractive.naming import heading_of
from momentum.providers.writer.extractive.structure import segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer import LessonBrief
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.passages import Chosen
    from momentum.providers.writer.extractive.review_notes import Wish
    from momentum.providers.writer.extractive.structure import Segment
    from momentum.providers.writer.extractive.units import Piece

_WORDS_A_MINUTE, _FEWEST_MINUTES = 200, 3
_KEY_POINT_WORDS = range(7, 33)
_KEY_POINTS, _QUESTIONS = 4, 4
_THIN = 180  # words below which the reviewer is told that a lesson is thin


def write(material: Material, brief: LessonBrief, wish: Wish) -> LessonDraft:
    """The lesson: nothing in it but the words of the references, and a few that say where they are."""
    units = _units(material, brief)
    share = _share(material, units)
    own = [piece for unit in units for piece in material.units[unit].pieces]
    score = ranking.rank(material, own, brief.title, wish)
    sections = passages.choose(material, share, score, wish)
    if not sections:
        raise WriterError(
            "source_too_short",
            f"The pages for day {brief.day} have too little running text for a lesson. "
            "Give that day more pages, or choose fewer days.",
        )
    rest = _unquoted(material, own, sections)
    points = _key_points(material, rest, sections, score)
    summary = _summary(material, brief.title, rest, points, sections, score)
    page = Composition(material, brief)
    written = page.sections(sections)
    key_points = [page.sentence(piece, page.unit_of(piece)) for piece in points]
    quoted = [piece for section in sections for run in section.runs for piece in run.pieces]
    names = [section.heading for section in written]
    where = page.where_briefed()
    language = material.language
    setting = questions.Setting(
        material,
        brief.title,
        sections,
        [n if s.segment.title else brief.title for n, s in zip(names, sections, strict=True)],
        [*quoted, *points],
        [material.units[unit] for unit in units],
        _foreign(material, units),
    )
    subject = language.listed([language.quoted(name) for name in dict.fromkeys(setting.headings[:2])])
    doing = [piece for piece in rest if piece not in points and piece.text != summary] or rest
    words = sum(len(s.text.split()) for section in written for s in section.sentences)
    return LessonDraft(
        title=brief.title,
        summary=summary,
        key_points=key_points,
        sections=written,
        action_items=action_items.suggest(material, brief.day, doing, score, subject, where, wish.actions),
        questions=questions.ask(setting, max(0, _QUESTIONS - 1 + wish.questions)),
        passages=page.passages,
        resources=page.resources(),
        minutes=max(_FEWEST_MINUTES, math.ceil(words / _WORDS_A_MINUTE)),
        notes=_notes(material, units, words, wish, len(key_points)),
    )


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


def _share(material: Material, units: list[int]) -> list[tuple[Segment, list[int]]]:
    wanted = set(units)
    share = [
        (segment, [unit for unit in range(segment.start, segment.end) if unit in wanted])
        for segment in segments(material)
    ]
    return [(segment, inside) for segment, inside in share if inside]


def _unquoted(material: Material, own: Sequence[Piece], sections: list[Chosen]) -> list[Piece]:
    """Good sentences that the sections leave; a few are taken back from them when hardly any are left."""
    quoted = {piece.order for section in sections for run in section.runs for piece in run.pieces}
    rest = [piece for piece in own if piece.whole and piece.order not in quoted and not piece.item]
    spare = sum(_is_key_point(piece, material) for piece in rest)
    for run in (run for section in sections for run in section.runs):
        last = run.pieces[-1]
        if spare >= 2:
            break
        if len(run.pieces) > 2 and not last.item and _is_key_point(last, material):
            run.pieces.remove(last)
            rest.append(last)
            spare += 1
    return sorted(rest, key=lambda piece: piece.order)


def _is_key_point(piece: Piece, material: Material) -> bool:
    ends = piece.text.endswith(("?", ":"))
    fits = piece.words in _KEY_POINT_WORDS and not piece.item and not piece.gloss and not ends
    return fits and cut.stands_alone(piece.text, material.language)


def _key_points(
    material: Material, rest: list[Piece], sections: list[Chosen], score: dict[int, float]
) -> list[Piece]:
    offered = [piece for piece in rest if _is_key_point(piece, material)]
    count = min(_KEY_POINTS, max(2, len(offered) - 1))
    return ranking.pick(material, offered, score, count, [])


def _summary(
    material: Material,
    title: str,
    rest: list[Piece],
    points: list[Piece],
    sections: list[Chosen],
    score: dict[int, float],
) -> str:
    """The best sentence that is quoted nowhere else, or else where the lesson is in the source."""
    offered = [
        p
        for p in rest
        if _is_key_point(p, material)
        and p not in points
        and 9 <= p.words <= 26
        and not material.language.signs.condition.match(p.text)
    ]
    defined = {d.piece.order for d in definitions(offered, material.language)}
    if offered:
        telling = {word[:6] for word in re.findall(r"[^\W\d_]{4,}", title.casefold())}

        def worth(piece: Piece) -> tuple[float, int]:
            about = any(word in piece.text.casefold() for word in telling)
            return score.get(piece.order, 0.0) + 0.25 * (piece.order in defined) + 0.3 * about, -piece.order

        return max(offered, key=worth).text
    names = [titles.inside(heading_of(s.segment, material), material) for s in sections if s.segment.title]
    first, last = sections[0].runs[0].pieces[0], sections[-1].runs[-1].pieces[-1]
    # One document's pages, where several have a part in it.
    end = last.page if last.document == first.document else first.page
    place = material.place(first.document, first.page, end)
    taken = material.language.phrases.taken_from.format(place=place)
    return f"{taken}: {material.language.listed(names)}." if names else f"{taken}."


def _foreign(material: Material, units: list[int]) -> list[Piece]:
    """What the other lessons are made of, which is where wrong answers come from."""
    own = set(units)
    skipped = {
        unit for segment in segments(material) if segment.skip for unit in range(segment.start, segment.end)
    }
    return [
        piece
        for number, unit in enumerate(material.units)
        if number not in own and number not in skipped
        for piece in unit.pieces
        if piece.whole
    ]


def _notes(material: Material, units: list[int], words: int, wish: Wish, points: int) -> list[str]:
    notes = []
    if words < _THIN and wish.length >= 1.0:
        notes.append("The source has little running text here, so this lesson is short.")
    if points < 2:
        notes.append("The source had no further sentences that make good key points.")
    for document, bare in material.bare_pages:
        if here := _pages_here(material, units, document, bare):
            notes.append(f"Nothing was taken from {here}: there are only tables or code.")
    for document, pages in material.incomplete:
        if here := _pages_here(material, units, document, pages):
            notes.append(
                f"The steps on {here} could not be quoted whole, so they were left out. Add them by hand."
            )
    notes += [
        f"“{clause}” could not be followed: this writer only chooses from the reference and rewrites nothing."
        for clause in wish.unheard
    ]
    notes += [
        f"The pages of this lesson say nothing about “{term}”."
        for term in wish.focus
        if not any(
            term in p.text.casefold() for unit in units for p in material.units[unit].pieces if p.whole
        )
    ]
    return notes


def _pages_here(material: Material, units: list[int], document: int, pages: Sequence[int]) -> str:
    """Those of the pages that lie within this lesson, by what is printed on them; nothing for none."""
    own = [p.page for n in units if material.units[n].document == document for p in material.units[n].pieces]
    here = [page for page in pages if own and min(own) <= page <= max(own)]
    if not here:
        return ""
    labels = [material.label(document, page) for page in here]
    return f"page{'s' if len(here) > 1 else ''} {listed(here, labels)}"
