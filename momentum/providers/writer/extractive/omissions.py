"""What was left out of a course and of a lesson, said to its reviewer with the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.documents.notes import listed
from momentum.providers.language.names import language_name
from momentum.providers.writer.extractive.plan import COMFORTABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from momentum.providers.writer.extractive.abridging import Day
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.review_notes import Wish

_THIN: Final = 180  # words below which the reviewer is told that a lesson is thin
_NAMES: Final = {
    "paragraph": ("paragraph", "paragraphs"),
    "quotation": ("quotation", "quotations"),
    "note": ("note", "notes"),
    "bullets": ("list", "lists"),
    "steps": ("list of steps", "lists of steps"),
    "table": ("table", "tables"),
    "figure": ("figure", "figures"),
    "formula": ("formula", "formulas"),
    "code": ("listing", "listings"),
    "listing": ("listing", "listings"),
}


def of_course(material: Material, used: Iterable[int]) -> list[str]:
    """Say which parts of the references are no matter for lessons, and what was in another language."""
    notes = []
    taken = set(used)
    found: dict[int, list[str]] = {}
    for segment in material.segments:
        inside = range(segment.start, segment.end)
        if segment.skip and inside and not taken.intersection(inside):
            name = f"“{segment.title.strip()}”" if segment.title.strip() else "what stands before the text"
            found.setdefault(segment.document, []).append(name)
    for document, names in found.items():
        told = list(dict.fromkeys(names))
        more = f" and {len(told) - 8} more" if len(told) > 8 else ""
        notes.append(
            f"{material.documents[document].name}: left out, because it isn't matter for a lesson: "
            f"{', '.join(told[:8])}{more}."
        )
    if material.foreign:
        some = "One paragraph" if material.foreign == 1 else f"{material.foreign} paragraphs"
        was = "was" if material.foreign == 1 else "were"
        notes.append(
            f"{some} in another language than {language_name(material.language.code)} {was} left out."
        )
    return notes


def of_lesson(material: Material, units: Sequence[int], day: Day, words: int, wish: Wish) -> list[str]:
    """Say what a lesson leaves out of its pages, and which wishes could not be followed."""
    notes = []
    if words < _THIN and wish.length >= 1.0:
        notes.append("The source has little running text here, so this lesson is short.")
    if day.left_out:
        notes.append(
            f"Left out so that the day isn't too long (at most about {COMFORTABLE[-1]} words): "
            f"{_counted(material, [(n, material.units[n].kind, material.units[n].page) for n in day.left_out])}."
        )
    if lost := _dropped(material, units):
        notes.append(f"Could not be shown, look at the source: {lost}.")
    notes += [
        f"“{clause}” could not be followed: this writer only chooses from the reference and rewrites nothing."
        for clause in wish.unheard
    ]
    if wish.stale and not day.left_out and wish.length >= 1.0:
        notes.append("All that these pages say is in the lesson, so there is no other text to choose.")
    notes += [
        f"The pages of this lesson say nothing about “{term}”."
        for term in wish.focus
        if not any(term in material.units[unit].text.casefold() for unit in units)
    ]
    return notes


def _counted(material: Material, lost: Iterable[tuple[int, str, int]]) -> str:
    """Say "3 paragraphs (pages 4 and 5), 1 table (page 6)". Each is a unit, its kind and its page."""
    found: dict[tuple[int, str], list[int]] = {}
    for number, kind, page in lost:
        found.setdefault((material.units[number].document, kind), []).append(page)
    return _told(material, found)


def _dropped(material: Material, units: Sequence[int]) -> str:
    found: dict[tuple[int, str], list[int]] = {}
    for document, kind, page in material.dropped:
        own = [material.units[unit] for unit in units if material.units[unit].document == document]
        if own and own[0].page <= page <= own[-1].last_page:
            found.setdefault((document, kind), []).append(page)
    return _told(material, found)


def _told(material: Material, found: dict[tuple[int, str], list[int]]) -> str:
    told = []
    for (document, kind), pages in found.items():
        places = sorted(set(pages))
        labels = [material.label(document, page) for page in places]
        name = _NAMES[kind][len(pages) > 1]
        unit = material.documents[document].unit + ("s" if len(places) > 1 else "")
        told.append(f"{len(pages)} {name} ({unit} {listed(places, labels)})")
    return ", ".join(told)
