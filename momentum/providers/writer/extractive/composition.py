"""Sets a lesson down: sections with headings, links between them, and numbered passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from momentum.providers.writer import Passage, Section, Sentence
from momentum.providers.writer.extractive import actions, wording
from momentum.providers.writer.extractive.naming import heading_of

if TYPE_CHECKING:
    from momentum.providers.writer import LessonBrief
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.passages import Chosen, Run
    from momentum.providers.writer.extractive.source import Piece


@dataclass(slots=True)
class Composition:
    """A lesson while it is set down: numbers the passages as they are first used."""

    material: Material
    brief: LessonBrief
    passages: list[Passage]
    _numbers: dict[tuple[int, int, str], int]
    _unit_by_order: dict[int, int]

    def __init__(self, material: Material, brief: LessonBrief) -> None:
        self.material, self.brief = material, brief
        self.passages, self._numbers, self._unit_by_order = [], {}, {}
        for number, unit in enumerate(material.units):
            for piece in unit.pieces:
                self._unit_by_order[piece.order] = number

    @property
    def _speaks(self) -> bool:
        """Linking sentences are English; among another language's they would be out of place."""
        return self.material.language == "en"

    def unit_of(self, piece: Piece) -> int:
        return self._unit_by_order[piece.order]

    def sections(self, sections: list[Chosen]) -> list[Section]:
        headings = self._headings(sections)
        written: list[Section] = []
        for place, (section, heading) in enumerate(zip(sections, headings, strict=True)):
            paragraphs = [self._paragraph(run) for run in section.runs]
            if self._speaks:
                first = section.runs[0].pieces[0].page
                if place == 0:
                    links = wording.opening(
                        self.brief.day, self._where(sections), list(dict.fromkeys(headings))
                    )
                else:
                    last = place == len(sections) - 1 and place > 1
                    links = [wording.turn(self.brief.day, place, heading, first, last=last)]
                paragraphs[0] = [*map(_link, links), *paragraphs[0]]
                self._mark_later(section.runs, paragraphs, place)
            written.append(Section(heading=heading, paragraphs=paragraphs))
        return written

    def _mark_later(self, runs: list[Run], paragraphs: list[list[Sentence]], place: int) -> None:
        told = False
        for at in range(1, len(runs)):
            page, before = runs[at].pieces[0].page, runs[at - 1].pieces[-1].page
            if page > before and not told:
                link = wording.later(self.brief.day, place + at, page)
                paragraphs[at] = [_link(link), *paragraphs[at]]
                told = True  # once a section is enough

    def _paragraph(self, run: Run) -> list[Sentence]:
        sentences = [self.sentence(piece, run.unit) for piece in run.pieces]
        if run.cut_short and self._speaks:
            sentences.append(_link(wording.list_goes_on(run.pieces[-1].page)))
        return sentences

    def sentence(self, piece: Piece, unit: int) -> Sentence:
        return Sentence(
            text=piece.text, passage=self._passage(unit, piece.page), support="supported", item=piece.item
        )

    def _passage(self, number: int, page: int) -> int:
        unit = self.material.units[number]
        key = (unit.document, page, unit.blocks[page])
        if key not in self._numbers:
            self._numbers[key] = len(self.passages) + 1
            title = self.material.documents[unit.document].name
            self.passages.append(
                Passage(number=self._numbers[key], document=title, page=page, text=unit.blocks[page])
            )
        return self._numbers[key]

    def _headings(self, sections: list[Chosen]) -> list[str]:
        names: list[str] = []
        for section in sections:
            pages = [piece.page for run in section.runs for piece in run.pieces]
            place = wording.pages(min(pages), max(pages))
            name = heading_of(section.segment, self.material) if section.segment.title else f"From {place}"
            names.append(f"{name} ({place})" if name in names else name)
        return names

    def _where(self, sections: list[Chosen]) -> str:
        return actions.places(self._places_of([run for section in sections for run in section.runs]))

    def _places_of(self, runs: list[Run]) -> list[tuple[str, int, int]]:
        found: dict[int, list[int]] = {}
        for run in runs:
            found.setdefault(self.material.units[run.unit].document, []).extend(p.page for p in run.pieces)
        return [
            (self.material.documents[document].name, min(pages), max(pages))
            for document, pages in found.items()
        ]

    def places(self) -> list[tuple[str, int, int]]:
        """Which pages of which documents the brief gives."""
        found: dict[int, list[int]] = {}
        for span in self.brief.source:
            found.setdefault(span.document, []).extend((span.first_page, span.last_page))
        return [
            (self.material.documents[document].name, min(pages), max(pages))
            for document, pages in found.items()
        ]


def _link(text: str) -> Sentence:
    return Sentence(text=text, support="linking")
