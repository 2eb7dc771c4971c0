"""Reads a reviewer's note ("shorter, more examples") and says what it cannot follow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from momentum.providers.writer import LessonDraft

_SHORTER = re.compile(
    r"(?i)\b(?:shorter|short|shorten|briefer|brief|concise|trim|cut|less text|too long|tighter)\b"
)
_LONGER = re.compile(
    r"(?i)\b(?:longer|long|lengthen|expand|more (?:detail|details|detailed|depth|text)|too short|deeper)\b"
)
_EXAMPLES = re.compile(r"(?i)\bexamples?\b")
_FEWER_EXAMPLES = re.compile(r"(?i)\b(?:fewer|less|no|without) examples?\b")
_FEWER_QUOTES = re.compile(
    r"(?i)\b(?:fewer|less) (?:quotes?|quotations?|passages?|sections?|topics?|headings?)\b"
)
_SIMPLER = re.compile(r"(?i)\b(?:simpler|simple|simplify|easier|plainer|plain)\b")
_STEPS = re.compile(r"(?i)\b(?:lists?|steps?|practical|hands[- ]on|bullets?)\b")
_QUESTIONS = re.compile(
    r"(?i)\b(?P<how>more|fewer|less|no|without|extra) (?:\w+ )?(?:questions?|quiz(?:zes)?)\b"
)
_ACTIONS = re.compile(r"(?i)\b(?:more|extra) (?:actions?|action items?|exercises|tasks|to-?dos?)\b")
_OTHER = re.compile(r"(?i)\b(?:different|other|another|again|new|fresh|alternative|rewrite|try)\b")
_FOCUS = re.compile(
    r"(?i)\b(?:focus(?:ing)? (?:more )?on|more (?:about|on)|emphasi[sz]e|concentrate on|say more about|include)"
    r"\s+(?P<what>.+)$"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the note asks for, as far as choosing from the reference can give it."""

    length: float = 1.0
    examples: float = 0.0
    simpler: bool = False
    sections: float = 1.0
    lists: float = 0.0
    questions: int = 0
    actions: int = 0
    focus: tuple[str, ...] = ()
    stale: frozenset[str] = frozenset()
    unheard: tuple[str, ...] = field(default=())


def read_note(  # noqa: C901, PLR0912 - one branch for each kind of wish
    note: str, previous: LessonDraft | None
) -> Wish:
    """Understand the note, clause by clause."""
    length, examples, sections, lists, questions, actions = 1.0, 0.0, 1.0, 0.0, 0, 0
    simpler = False
    focus: list[str] = []
    unheard: list[str] = []
    for clause in _clauses(note):
        heard = True
        asked = _QUESTIONS.search(clause)
        about = _FOCUS.search(clause)
        if asked:
            questions = 2 if asked["how"].casefold() in {"more", "extra"} else -2
        elif _ACTIONS.search(clause):
            actions = 1
        elif _FEWER_EXAMPLES.search(clause):
            examples = -0.6
        elif _EXAMPLES.search(clause):
            examples = 0.8
        elif _FEWER_QUOTES.search(clause):
            sections, length = 0.6, length * 0.8
        elif _SHORTER.search(clause):
            length *= 0.55
        elif _LONGER.search(clause):
            length *= 1.45
        elif _SIMPLER.search(clause):
            simpler = True
        elif about:
            focus.append(about["what"].strip(" .\"'“”").casefold())
        elif _STEPS.search(clause):
            lists = 0.8
        else:
            heard = bool(_OTHER.search(clause))
        if not heard:
            unheard.append(clause)
    stale = _sentences_of(previous) if previous is not None and note.strip() else frozenset()
    return Wish(
        length, examples, simpler, sections, lists, questions, actions, tuple(focus), stale, tuple(unheard)
    )


def _clauses(note: str) -> list[str]:
    parts = re.split(r"[,;.!\n]+|\band\b|\bbut\b", note)
    return [part.strip() for part in parts if re.search(r"\w", part)]


def _sentences_of(draft: LessonDraft) -> frozenset[str]:
    body = (sentence for section in draft.sections for sentence in section.sentences)
    return frozenset(s.text.casefold() for s in [*body, *draft.key_points] if s.support != "linking")
