"""One part of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from momentum.providers.writer.support.lexicon import Mark

type Kind = Literal["word", "mark", "number", "break"]


@dataclass(slots=True)
class Token:
    """A part of a sentence. `key` of a word is its lemma; `mark` is set of what changes a claim.

    `value` and `measure` of a number are in the smallest unit, `bound` such as "at least". `head` is the key of what
    is counted. `under` are the marks that govern a word, such as "from" or "if". `name`: it has a capital where
    only names have one. `placed`: it belongs to a phrase such as "in winter". `passive`: a participle that
    makes a passive. `weak`: "a" or "one", which counts only where another number could stand.
    """

    kind: Kind
    key: str
    form: str = ""
    at: int = 0
    clause: int = 0
    main: int = 0
    mark: Mark | None = None
    value: float = 0.0
    measure: str = ""
    bound: Mark | None = None
    head: str = ""
    under: frozenset[str] = frozenset()
    name: bool = False
    placed: bool = False
    passive: bool = False
    light: bool = False
    weak: bool = False
