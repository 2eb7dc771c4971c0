"""Sets a lesson down: sections with headings, links between them, and numbered passages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from momentum.providers.writer import LessonBlock, Passage, Resource, Section, Sentence
from momentum.providers.writer.extractive.naming import heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.writer import LessonBlockKind, LessonBrief
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.passages import Chosen, Run
    from momentum.providers.writer.extractive.units import ItemKind, Piece


type _Set = tuple[ItemKind | None, Sentence]

_KINDS: dict[ItemKind | None, LessonBlockKind] = {None: "paragraph", "bullet": "bullets", "step": "steps"}


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

    def unit_of(self, piece: Piece) -> int:
        return self._unit_by_order[piece.order]

    def sections(self, sections: list[Chosen]) -> list[Section]:
        headings = self._headings(sections)
        written: list[Section] = []
        for place, (section, heading) in enumerate(zip(sections, headings, strict=True)):
            paragraphs = [self._paragraph(run) for run in section.runs]
            if place == 0:
                links = self._opening(sections, list(dict.fromkeys(headings)))
            else:
                last = place == len(sections) - 1 and place > 1
                links = [self._turn(place, heading, section.runs[0].pieces[0], last=last)]
            paragraphs[0] = [*map(_link, links), *paragraphs[0]]
            self._mark_later(section.runs, paragraphs, place)
            written.append(Section(heading=heading, blocks=list(_blocks(paragraphs))))
        return written

    def _opening(self, sections: list[Chosen], names: list[str]) -> list[str]:
        """How a lesson begins: which pages, and from which heading to which."""
        language = self.material.language
        phrases = language.phrases
        where = self._where(sections)
        first = phrases.openings[(self.brief.day - 1) % len(phrases.openings)].format(where=where)
        if len(names) < 2:
            return [first]
        count = phrases.numbers[len(names)] if len(names) < len(phrases.numbers) else str(len(names))
        ends = {"first": language.quoted(names[0]), "last": language.quoted(names[-1])}
        return [first, phrases.parts.format(count=count, **ends)]

    def _turn(self, place: int, heading: str, piece: Piece, *, last: bool) -> str:
        """How a section begins that is not the first."""
        language = self.material.language
        options = language.phrases.last_turns if last else language.phrases.turns
        said = options[(self.brief.day + place) % len(options)]
        return _sentence(said.format(name=language.quoted(heading), place=self.material.place_of(piece)))

    def _mark_later(self, runs: list[Run], paragraphs: list[list[_Set]], place: int) -> None:
        told = False
        for at in range(1, len(runs)):
            page, before = runs[at].pieces[0].page, runs[at - 1].pieces[-1].page
            if page > before and not told:
                options = self.material.language.phrases.later
                said = options[(self.brief.day + place + at) % len(options)]
                link = said.format(place=self.material.place_of(runs[at].pieces[0]))
                paragraphs[at] = [_link(link), *paragraphs[at]]
                told = True  # once a section is enough

    def _paragraph(self, run: Run) -> list[_Set]:
        sentences = [(piece.item, self.sentence(piece, run.unit)) for piece in run.pieces]
        if run.cut_short:
            said = self.material.language.phrases.list_goes_on
            sentences.append(_link(said.format(place=self.material.place_of(run.pieces[-1]))))
        return sentences

    def sentence(self, piece: Piece, unit: int) -> Sentence:
        return Sentence(text=piece.text, passage=self._passage(unit, piece.page), support="supported")

    def _passage(self, number: int, page: int) -> int:
        unit = self.material.units[number]
        key = (unit.document, page, unit.blocks[page])
        if key not in self._numbers:
            self._numbers[key] = len(self.passages) + 1
            title = self.material.documents[unit.document].name
            self.passages.append(
                Passage(
                    number=self._numbers[key],
                    document=title,
                    page=page,
                    label=self.material.label(unit.document, page),
                    text=unit.blocks[page],
                )
            )
        return self._numbers[key]

    def _headings(self, sections: list[Chosen]) -> list[str]:
        names: list[str] = []
        for section in sections:
            pages = [piece.page for run in section.runs for piece in run.pieces]
            place = self.material.place(section.runs[0].pieces[0].document, min(pages), max(pages))
            from_place = _sentence(self.material.language.phrases.from_place.format(place=place))
            name = heading_of(section.segment, self.material) if section.segment.title else from_place
            names.append(f"{name} ({place})" if name in names else name)
        return names

    def _where(self, sections: list[Chosen]) -> str:
        found: dict[int, list[int]] = {}
        for run in (run for section in sections for run in section.runs):
            found.setdefault(self.material.units[run.unit].document, []).extend(p.page for p in run.pieces)
        return self._named(found)

    def where_briefed(self) -> str:
        """Name the pages that the brief gives, as in "pages 3 to 5 of the handbook and page 2 of the guide"."""
        return self._named(self._briefed())

    def _named(self, found: dict[int, list[int]]) -> str:
        language = self.material.language
        return language.listed(
            [
                language.where(
                    self.material.place(number, min(pages), max(pages)), self.material.documents[number].name
                )
                for number, pages in found.items()
            ]
        )

    def _briefed(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for span in self.brief.source:
            found.setdefault(span.document, []).extend((span.first_page, span.last_page))
        return found

    def resources(self) -> list[Resource]:
        """The same pages, one entry a document."""
        return [
            Resource(
                title=f"{self.material.documents[number].name}, "
                f"{self.material.place(number, min(pages), max(pages))}"
            )
            for number, pages in self._briefed().items()
        ]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _link(text: str) -> _Set:
    return None, Sentence(text=text, support="linking")


def _blocks(paragraphs: list[list[_Set]]) -> Iterator[LessonBlock]:
    for paragraph in paragraphs:
        for item, run in groupby(paragraph, key=lambda one: one[0]):
            yield LessonBlock(kind=_KINDS[item], sentences=[sentence for _, sentence in run])
