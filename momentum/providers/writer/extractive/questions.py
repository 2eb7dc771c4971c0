"""Self-check questions whose every word, but the asking, is from the references."""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from momentum.providers.writer import Question
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive import titles
from momentum.providers.writer.extractive.definitions import Definition, definitions
from momentum.providers.writer.extractive.naming import heading_of
from momentum.providers.writer.extractive.structure import segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.abridging import Chosen
    from momentum.providers.writer.extractive.languages.language import Language
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.units import Piece, Unit

_LONGEST_CHOICE, _SHORTEST_CHOICE = 26, 6
_ENOUGH, _ALIKE = 4, 0.6
_TRAILING = re.compile(
    r"(?:[,;](?: (?:and|or|und|oder|y|o|et|ou|e|en|of))?| (?:and|or|und|oder|y|et|ou|en))$"
)
_UNLIKE = 0.12  # statements less alike than this are about different things


class _Where(TypedDict):
    page: int
    label: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the questions of a lesson are made from: its sections, its pieces, and those of other lessons."""

    material: Material
    title: str
    sections: Sequence[Chosen]
    headings: Sequence[str]
    own: Sequence[Piece]
    own_units: Sequence[Unit]
    foreign: Sequence[Piece]

    @property
    def language(self) -> Language:
        return self.material.language

    def page_of(self, piece: Piece) -> _Where:
        """Say on which page a question's answer is, for people and for code."""
        return {"page": piece.page, "label": self.material.label(piece.document, piece.page)}


def ask(setting: Setting, count: int) -> list[Question]:
    """Up to `count` questions of different kinds; fewer where the source gives no good ones."""
    made: list[Question] = []
    used: set[int] = set()
    kinds = (
        _order,
        _definition,
        _belongs_to_list,
        _statement,
        _which_part,
        _odd_one_out,
        _definition,
        _statement,
    )
    for kind in kinds:
        if len(made) >= count:
            break
        question = kind(setting, used)
        if question is not None:
            made.append(question)
    return made


def _shuffled[T](items: Sequence[T], seed: str) -> list[T]:
    """The same order every time for the same question, and no pattern a learner could guess."""
    mixed = list(items)
    random.Random(hashlib.sha256(seed.encode()).digest()).shuffle(mixed)  # noqa: S311 - no secret
    return mixed


def _order(setting: Setting, used: set[int]) -> Question | None:
    for unit in setting.own_units:
        steps = [piece for piece in unit.pieces if piece.item == "step"]
        texts = [piece.text for piece in steps]
        fits = 3 <= len(steps) <= 7 and all(p.whole and p.words <= 22 for p in steps)
        if not fits or len(set(texts)) != len(texts) or not _are_steps(setting, texts):
            continue
        mixed = _shuffled(texts, "".join(texts))
        if mixed == texts:
            mixed.reverse()
        lead = next((piece.text for piece in unit.pieces if not piece.item), "")
        used.update(piece.order for piece in steps)
        phrases = setting.language.phrases
        return Question(
            kind="order",
            prompt=phrases.order_after.format(lead=setting.language.quoted(lead)) if lead else phrases.order,
            choices=mixed,
            answer=[mixed.index(text) for text in texts],
            explanation=phrases.order_why.format(place=setting.material.place_of(steps[0])),
            **setting.page_of(steps[0]),
        )
    return None


def _are_steps(setting: Setting, texts: list[str]) -> bool:
    """Whether each begins as something to do may, so that it is no numbered list of facts."""
    fact, order = setting.language.signs.fact, setting.language.signs.order
    return all(text[:1].isupper() and (order.match(text) or not fact.match(text)) for text in texts)


def _definition(setting: Setting, used: set[int]) -> Question | None:
    language = setting.language
    own = [d for d in definitions(setting.own, language) if d.piece.order not in used]
    others = definitions([*setting.own, *setting.foreign], language)
    for found in own:
        wrong: list[Definition] = []
        for other in others:
            same = other.term.casefold() == found.term.casefold()
            if same or other.verb != found.verb:
                continue
            if found.term.casefold() in other.rest.casefold() or other.rest in {w.rest for w in wrong}:
                continue
            wrong.append(other)
        wrong = sorted(wrong, key=lambda d: abs(len(d.rest) - len(found.rest)))[:3]
        if len(wrong) < 2:
            continue
        choices = _shuffled([found.rest, *(other.rest for other in wrong)], found.piece.text)
        choices = [choice[:1].upper() + choice[1:] for choice in choices]
        right = found.rest[:1].upper() + found.rest[1:]
        used.add(found.piece.order)
        term = titles.inside(found.term, setting.material)
        return Question(
            kind="single",
            prompt=language.phrases.describe.format(term=language.quoted(term)),
            choices=choices,
            answer=[choices.index(right)],
            explanation=language.phrases.describe_why.format(
                place=setting.material.place_of(found.piece), quote=language.quoted(found.piece.text)
            ),
            **setting.page_of(found.piece),
        )
    return None


def _belongs_to_list(setting: Setting, used: set[int]) -> Question | None:
    for unit in setting.own_units:
        lead = [piece for piece in unit.pieces if not piece.item]
        items = [p for p in unit.pieces if p.item == "bullet" and p.whole and 2 <= p.words <= 18]
        if not lead or len(items) < 3 or lead[-1].words > 24 or any(p.order in used for p in items):
            continue
        if lead[-1].leans:
            continue
        right = [_TRAILING.sub("", piece.text) for piece in items[:2]]
        # What a list with the same introduction holds, or this one says too, would be right as well.
        alike = _orders_led_by(setting.material, lead[-1].text)
        said = {cut.normal(piece.text) for piece in unit.pieces}
        pool = [
            piece
            for piece in [*setting.foreign, *setting.own]
            if piece.item and piece.whole and piece.order not in alike and 2 <= piece.words <= 18
            if cut.normal(piece.text) not in said
        ]
        wrong: list[str] = []
        for piece in _far(setting, pool, [*lead, *items]):
            text = _TRAILING.sub("", piece.text)
            if text not in wrong and text[:1].isupper() == right[0][:1].isupper():
                wrong.append(text)
            if len(wrong) == 2:
                break
        if len(wrong) < 2:
            continue
        choices = _shuffled([*right, *wrong], lead[-1].text)
        used.update(piece.order for piece in items)
        phrases = setting.language.phrases
        return Question(
            kind="multiple",
            prompt=phrases.listed_two.format(lead=setting.language.quoted(lead[-1].text.rstrip(" :"))),
            choices=choices,
            answer=sorted(choices.index(text) for text in right),
            explanation=phrases.listed_why.format(place=setting.material.place_of(items[0])),
            **setting.page_of(items[0]),
        )
    return None


def _statement(setting: Setting, used: set[int]) -> Question | None:
    """One true statement about a section, among true ones about other things."""
    for at, section in _by_use(setting, used):
        heading = setting.headings[at]
        quoted = [piece for run in section.runs for piece in run.pieces]
        elsewhere = _not_under(setting, section, heading)
        for piece in _near(
            setting,
            [p for p in quoted if _can_be_choice(p, setting.material.language) and p.order not in used],
            heading,
        ):
            pool = [
                p for p in elsewhere if _can_be_choice(p, setting.material.language) and p.order not in used
            ]
            far = _far(setting, pool, quoted)
            alike = [p for p in far if abs(p.words - piece.words) <= 8][:3]
            if len(alike) < 2:
                continue
            choices = _shuffled([piece.text, *(p.text for p in alike)], piece.text)
            used.update({piece.order, *(p.order for p in alike)})
            phrases = setting.language.phrases
            return Question(
                kind="single",
                prompt=phrases.says_under.format(heading=setting.language.quoted(heading)),
                choices=choices,
                answer=[choices.index(piece.text)],
                explanation=phrases.says_under_why.format(place=setting.material.place_of(piece)),
                **setting.page_of(piece),
            )
    return None


def _odd_one_out(setting: Setting, used: set[int]) -> Question | None:
    """Three statements of the lesson, and one that is from elsewhere."""
    language = setting.material.language
    quoted = [piece for section in setting.sections for run in section.runs for piece in run.pieces]
    own = [p for p in quoted if _can_be_choice(p, language) and p.order not in used]
    foreign = [p for p in setting.foreign if _can_be_choice(p, language) and p.order not in used]
    other = next(iter(_far(setting, foreign, quoted)), None)
    if len(own) < 3 or other is None:
        return None
    own = [own[0], own[len(own) // 2], own[-1]]
    choices = _shuffled([*(piece.text for piece in own), other.text], other.text)
    used.update(piece.order for piece in [*own, other])
    return Question(
        kind="single",
        prompt=language.phrases.odd,
        choices=choices,
        answer=[choices.index(other.text)],
        explanation=language.phrases.odd_why.format(place=setting.material.place_of(other)),
        **setting.page_of(other),
    )


def _by_use(setting: Setting, used: set[int]) -> list[tuple[int, Chosen]]:
    """Sections, those first that no question is about yet."""
    counted = [
        (sum(piece.order in used for run in section.runs for piece in run.pieces), at, section)
        for at, section in enumerate(setting.sections)
    ]
    return [(at, section) for _, at, section in sorted(counted, key=lambda row: row[:2])]


def _not_under(setting: Setting, section: Chosen, heading: str) -> list[Piece]:
    """Pieces of other lessons that no heading of this name stands above: those under it would be right, too."""
    material = setting.material
    names = {heading, section.segment.title, heading_of(section.segment, material)} - {""}
    under = {
        piece.order
        for segment in segments(material)
        if names & {segment.title, heading_of(segment, material), *segment.path}
        for piece in material.unit_pieces(segment.start, segment.end)
    }
    return [piece for piece in setting.foreign if piece.order not in under]


def _orders_led_by(material: Material, lead: str) -> set[int]:
    """The places of all that stands in lists with this introduction."""
    wanted = cut.normal(lead)
    return {
        piece.order
        for unit in material.units
        if any(not piece.item and cut.normal(piece.text) == wanted for piece in unit.pieces)
        for piece in unit.pieces
    }


def _can_be_choice(piece: Piece, language: Language) -> bool:
    fits = _SHORTEST_CHOICE <= piece.words <= _LONGEST_CHOICE
    alone = piece.whole and not piece.item and cut.stands_alone(piece.text, language)
    return alone and fits and not piece.text.endswith(("?", ":"))


def _near(setting: Setting, pieces: Sequence[Piece], text: str) -> list[Piece]:
    """Pieces by how close they are to a text, the closest first."""
    if setting.material.vectorizer is None or not pieces:
        return []
    row = setting.material.vectorizer.transform([text])
    close = (setting.material.rows[[p.order for p in pieces]] @ row.T).toarray().ravel()
    ranked = sorted(zip(close, pieces, strict=True), key=lambda pair: (-pair[0], pair[1].order))
    return [piece for _, piece in ranked]


def _far(setting: Setting, pool: Sequence[Piece], section: Sequence[Piece]) -> list[Piece]:
    """Pieces of the pool that are not about what the section is about, evenly from all over."""
    if setting.material.vectorizer is None or not pool or not section:
        return []
    rows = setting.material.rows[[piece.order for piece in section]]
    alike = (setting.material.rows[[p.order for p in pool]] @ rows.T).max(axis=1).toarray().ravel()
    unlike = [piece for piece, value in zip(pool, alike, strict=True) if value < _UNLIKE]
    if len(unlike) < _ENOUGH:  # everything is much alike here: the least alike must do
        ranked = sorted(zip(alike, pool, strict=True), key=lambda pair: (pair[0], pair[1].order))
        unlike = [piece for value, piece in ranked[: 2 * _ENOUGH] if value < _ALIKE]
    return _shuffled(unlike, section[0].text)


def _which_part(setting: Setting, used: set[int]) -> Question | None:
    """A sentence, and the headings it might stand under."""
    headings = list(dict.fromkeys(setting.headings))
    if len(headings) < 3:
        return None
    for at, section in _by_use(setting, used):
        heading = setting.headings[at]
        telling = {word for other in headings for word in _words(other)}
        for piece in (p for run in section.runs for p in run.pieces):
            if (
                piece.order in used
                or not _can_be_choice(piece, setting.material.language)
                or telling & _words(piece.text)
            ):
                continue
            choices = _shuffled(
                headings[:5] if heading in headings[:5] else [*headings[:4], heading], piece.text
            )
            used.add(piece.order)
            phrases = setting.language.phrases
            return Question(
                kind="single",
                prompt=phrases.which_part.format(quote=setting.language.quoted(piece.text)),
                choices=choices,
                answer=[choices.index(heading)],
                explanation=phrases.which_part_why.format(
                    place=setting.material.place_of(piece), heading=setting.language.quoted(heading)
                ),
                **setting.page_of(piece),
            )
    return None


def _words(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}
