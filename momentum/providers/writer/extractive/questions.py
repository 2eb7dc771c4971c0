"""Self-check questions whose every word, but the asking, is from the references."""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from momentum.providers.writer import Question
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive import titles
from momentum.providers.writer.extractive.definitions import Definition, definitions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.passages import Chosen
    from momentum.providers.writer.extractive.source import Piece, Unit

_LONGEST_CHOICE, _SHORTEST_CHOICE = 26, 6
_ENOUGH, _ALIKE = 4, 0.6
_FACT = re.compile(
    r"(?:The|An?|To|Each|Every|All|Any|It|There|Some|Both|You|\w+(?:ity|ful|ent|ous|ness|ance|ence)|\w{4,}al"
    r"|\w{3,}ing|\w{3,}[^s]s)\b"
)
_TRAILING = re.compile(r"(?:[,;](?: (?:and|or))?| and| or)$")
_UNLIKE = 0.12  # statements less alike than this are about different things


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
        if not fits or len(set(texts)) != len(texts) or not _are_steps(texts):
            continue
        mixed = _shuffled(texts, "".join(texts))
        if mixed == texts:
            mixed.reverse()
        lead = next((piece.text for piece in unit.pieces if not piece.item), "")
        used.update(piece.order for piece in steps)
        prompt = "Put these steps in the order in which the source gives them."
        return Question(
            kind="order",
            prompt=f"{prompt} They follow the words “{lead}”" if lead else prompt,
            choices=mixed,
            answer=[mixed.index(text) for text in texts],
            explanation=f"The steps are listed on page {steps[0].page}.",
            page=steps[0].page,
        )
    return None


def _are_steps(texts: list[str]) -> bool:
    """Whether each begins as something to do may, so that it is no numbered list of facts."""
    return all(text[:1].isupper() and not _FACT.match(text) for text in texts)


def _definition(setting: Setting, used: set[int]) -> Question | None:
    own = [d for d in definitions(setting.own) if d.piece.order not in used]
    others = definitions([*setting.own, *setting.foreign])
    for found in own:
        plural = found.verb == "are"
        wrong: list[Definition] = []
        for other in others:
            same = other.term.casefold() == found.term.casefold()
            if same or (other.verb == "are") != plural or other.verb != found.verb:
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
            prompt=f"How does the source describe “{term}”?",
            choices=choices,
            answer=[choices.index(right)],
            explanation=f"Page {found.piece.page}: “{found.piece.text}”",
            page=found.piece.page,
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
        pool = [
            piece
            for piece in [*setting.foreign, *setting.own]
            if piece.item and piece.whole and piece not in unit.pieces and 2 <= piece.words <= 18
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
        return Question(
            kind="multiple",
            prompt=f"Which two of these does the source list after “{lead[-1].text.rstrip(' :')}”?",
            choices=choices,
            answer=sorted(choices.index(text) for text in right),
            explanation=f"The list is on page {items[0].page}.",
            page=items[0].page,
        )
    return None


def _statement(setting: Setting, used: set[int]) -> Question | None:
    """One true statement about a section, among true ones about other things."""
    for at, section in _by_use(setting, used):
        heading = setting.headings[at]
        quoted = [piece for run in section.runs for piece in run.pieces]
        for piece in _near(
            setting,
            [p for p in quoted if _can_be_choice(p, setting.material.language) and p.order not in used],
            heading,
        ):
            pool = [
                p
                for p in setting.foreign
                if _can_be_choice(p, setting.material.language) and p.order not in used
            ]
            far = _far(setting, pool, quoted)
            alike = [p for p in far if abs(p.words - piece.words) <= 8][:3]
            if len(alike) < 2:
                continue
            choices = _shuffled([piece.text, *(p.text for p in alike)], piece.text)
            used.update({piece.order, *(p.order for p in alike)})
            return Question(
                kind="single",
                prompt=f"Which of these does the source say under “{heading}”?",
                choices=choices,
                answer=[choices.index(piece.text)],
                explanation=f"It is on page {piece.page}. The others are from other parts of the source.",
                page=piece.page,
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
        prompt="Three of these are from today’s reading. Which one is not?",
        choices=choices,
        answer=[choices.index(other.text)],
        explanation=f"It is from another part of the source, on page {other.page}.",
        page=other.page,
    )


def _by_use(setting: Setting, used: set[int]) -> list[tuple[int, Chosen]]:
    """Sections, those first that no question is about yet."""
    counted = [
        (sum(piece.order in used for run in section.runs for piece in run.pieces), at, section)
        for at, section in enumerate(setting.sections)
    ]
    return [(at, section) for _, at, section in sorted(counted, key=lambda row: row[:2])]


def _can_be_choice(piece: Piece, language: str) -> bool:
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
            return Question(
                kind="single",
                prompt=f"Which part of the lesson is this from? “{piece.text}”",
                choices=choices,
                answer=[choices.index(heading)],
                explanation=f"It is on page {piece.page}, under “{heading}”.",
                page=piece.page,
            )
    return None


def _words(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}
