"""What the questions of a day are made from, and what every kind of question asks of it."""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from momentum.providers.writer import Question
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.definitions import definitions, entries, glosses, runs
from momentum.providers.writer.extractive.languages.teaching import find
from momentum.providers.writer.support import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from momentum.providers.writer.extractive.checks.tables import Table
    from momentum.providers.writer.extractive.definitions import Definition
    from momentum.providers.writer.extractive.languages.language import Language
    from momentum.providers.writer.extractive.languages.teaching import Teaching
    from momentum.providers.writer.extractive.units import Piece

_WORDS: Final = range(6, 31)
_EVIDENCE: Final = 8  # the sentences that a claim is held against: those that share most words with it
_ODD: Final = re.compile(r"[\\{}<>=|_^~`$#@]|https?:|www\.|\w/\w|\.\w{2,4}\b(?!\.)|[“”„«»\"]|\(\)")
_NO_WORDS: Final = re.compile(r"[\\{}<>=|^`$]|https?:|www\.|[“”„«»\"]|\(\)")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_ENDS: Final = re.compile(r"[.!](?=\s|$)|[。！]")
PROMPT: Final = 500  # characters that the catalogue holds
_CHOICE, _WHY = 200, 1000


@dataclass(frozen=True)
class Day:
    """What a lesson shows, and what else its document says.

    `said` is in reading order. `lists` are its lists, whole, each with the sentence that introduces it first, where
    one does. `page` says on which page a piece stands and what is printed there; `place` says it in words.
    `inside` writes a term or a title as it is written inside a sentence.
    """

    language: Language
    title: str
    said: Sequence[Piece]
    lists: Sequence[Sequence[Piece]]
    elsewhere: Sequence[Piece]
    page: Callable[[Piece], tuple[int, str]]
    place: Callable[[Piece], str]
    inside: Callable[[str], str] = str
    tables: Sequence[Table] = ()

    @property
    def teaching(self) -> Teaching:
        """The words of this language."""
        return find(self.language.code)

    @cached_property
    def statements(self) -> list[Piece]:
        """The sentences of the lesson that say something by themselves."""
        return [*self._stated(), *(piece for piece in self._points if is_statement(piece, self.language))]

    @cached_property
    def technical(self) -> list[Piece]:
        """Those, and such as name a file, a command or an address."""
        return [*self._stated(technical=True)]

    def _stated(self, *, technical: bool = False) -> list[Piece]:
        return [
            piece
            for piece in self.said
            if not piece.item and is_statement(piece, self.language, technical=technical)
        ]

    @cached_property
    def _points(self) -> list[Piece]:
        """Items that are sentences, of lists that no sentence introduces, such as those of slides."""
        return [
            piece
            for pieces in self.lists
            if pieces[0].item or not pieces[0].text.endswith((":", "："))
            for piece in pieces
            if piece.item == "bullet"
        ]

    @cached_property
    def definitions(self) -> list[Definition]:
        """The terms that the lesson defines."""
        return definitions(self.said, self.language)

    @cached_property
    def described(self) -> list[Definition]:
        """Those, and what its lists and its terms on lines of their own say what they are."""
        return [*self.definitions, *entries(self.lists), *glosses(self.said)]

    @cached_property
    def described_elsewhere(self) -> list[Definition]:
        """The same of the rest of the document."""
        found = definitions(self.elsewhere, self.language)
        return [*found, *entries(runs(self.elsewhere)), *glosses(self.elsewhere)]

    @cached_property
    def _known(self) -> list[tuple[str, frozenset[str]]]:
        return [(piece.text, words(piece.text)) for piece in [*self.said, *self.elsewhere]]

    def is_supported(self, claim: str) -> bool:
        """Whether the document says this, or something that it can't be told from."""
        wanted = words(claim)
        near = sorted(
            (text for text, held in self._known if len(wanted & held) * 2 >= len(wanted)),
            key=lambda text: -len(wanted & words(text)),
        )
        return any(judge(claim, text, self.language.code).support == "supported" for text in near[:_EVIDENCE])

    def single(
        self, prompt: str, right: str, wrong: Sequence[str], piece: Piece, explanation: str = ""
    ) -> Question | None:
        """A question with one right choice, at a place that its words decide; None where it isn't one."""
        choices = [right, *wrong]
        folded = {cut.normal(choice) for choice in choices}
        fits = len(prompt) <= PROMPT and all(0 < len(choice) <= _CHOICE for choice in choices)
        if not fits or len(folded) != len(choices) or len(choices) < 2:
            return None
        mixed = shuffled(choices, prompt)
        page, label = self.page(piece)
        return Question(
            kind="single",
            prompt=prompt,
            choices=mixed,
            answer=[mixed.index(right)],
            explanation=(explanation or self.why(piece))[:_WHY],
            page=page,
            label=label,
        )

    def why(self, piece: Piece) -> str:
        """The sentence that answers, and its page."""
        return self.teaching.why.format(quote=self.language.quoted(piece.text), place=self.place(piece))


def shuffled[T](items: Sequence[T], seed: str) -> list[T]:
    """The same order every time for the same question, and no pattern a learner could guess."""
    mixed = list(items)
    random.Random(hashlib.sha256(seed.encode()).digest()).shuffle(mixed)  # noqa: S311 - no secret
    return mixed


def is_statement(piece: Piece, language: Language, *, technical: bool = False) -> bool:
    """Whether it is a plain sentence that can be asked about without those beside it.

    `technical`: names of files, commands and addresses may stand in it.
    """
    return (
        piece.whole
        and (not piece.leans or piece.item is not None)
        and not piece.gloss
        and piece.words in _WORDS
        and piece.text[-1:] in ".!。！"
        and len(_ENDS.findall(piece.text)) == 1
        and not (_NO_WORDS if technical else _ODD).search(piece.text)
        and not find(language.code).narrator.search(piece.text)
        and not cut.leans_back(piece.text, language)
    )


def words(text: str) -> frozenset[str]:
    """Its longer words, without regard to endings; pairs of letters where no spaces stand between words."""
    unspaced = _UNSPACED.findall(text)
    spaced = re.findall(r"[^\W\d_]{4,}", _UNSPACED.sub(" ", text.casefold()) if unspaced else text.casefold())
    return frozenset(
        [word[:5] for word in spaced] + [one + other for run in unspaced for one, other in pairwise(run)]
    )
