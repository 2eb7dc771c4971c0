"""The parts of a sentence: words, marks such as "only", numbers with units, and where clauses end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from momentum.providers.writer.support import quantities
from momentum.providers.writer.support.tables import lemma
from momentum.providers.writer.support.token import Token

if TYPE_CHECKING:
    from momentum.providers.writer.support.lexicon import Mark
    from momentum.providers.writer.support.tables import Table

_NUMBER: Final = r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?:[/:]\d+)*"
_TOKEN: Final = re.compile(
    rf"«\w+»|(?P<number>{_NUMBER})|(?P<word>[^\W\d_]+(?:[-’'][^\W\d_]+)*)|(?P<sign>\S)"
)
_BREAKS: Final = frozenset(",;:()–—")
_BOUNDS: Final = frozenset({"about", "min", "max", "over", "under"})
CLAUSAL: Final = frozenset({"if", "unless", "because", "before", "after", "until"})
COORDINATORS: Final = frozenset({"and", "und", "y", "e", "et"})


def tokens_of(plain: str, table: Table) -> list[Token]:
    """Cut a sentence, in which marks stand as «mark», into its parts."""
    return _Cutting(plain, table).tokens


class _Cutting:
    def __init__(self, plain: str, table: Table) -> None:
        self.tokens: list[Token] = []
        self._table = table
        self._clause = self._main = 0
        self._bound: Mark | None = None
        self._spelled = list(_TOKEN.finditer(plain))
        at = 0
        while at < len(self._spelled):
            at = self._take(at) + 1

    def _take(self, at: int) -> int:
        """Take the part that begins here; return where it ends."""
        match, table = self._spelled[at], self._table
        text, folded = match[0], match[0].lower()
        if text.startswith("«"):
            self._take_mark(cast("Mark", text.strip("«»")), self._spelled[at + 1 : at + 3])
        elif text in _BREAKS:
            after = self._spelled[at + 1][0].lower() if at + 1 < len(self._spelled) else ""
            self._clause += 1
            self._main += text in ";:" or after in table.splits
            self._add(Token("break", text, text))
        elif folded in table.splits | COORDINATORS:
            self._clause += 1
            self._main += folded not in COORDINATORS
        elif match["number"] or folded in table.numbers or folded in table.articles:
            number, at = quantities.read(self._spelled, at, table)
            if number is not None:
                number.bound, self._bound = self._bound, None
                self._add(number)
        elif match["word"]:
            self._take_word(text, at)
        elif text == "%" and self.tokens and self.tokens[-1].kind == "number":
            self.tokens[-1].measure = "share"
        return at

    def _add(self, token: Token) -> None:
        token.at, token.clause, token.main = len(self.tokens), self._clause, self._main
        self.tokens.append(token)

    def _take_mark(self, mark: Mark, following: list[re.Match[str]]) -> None:
        if mark in _BOUNDS:
            self._bound = self._unbound(mark, following)
        elif mark != "nothing":
            self._clause += mark in CLAUSAL and bool(self.tokens)
            self._add(Token("mark", mark, mark=mark))

    def _unbound(self, mark: Mark, following: list[re.Match[str]]) -> Mark | None:
        """Give "at most" to the number before it where none follows; otherwise it waits for the next one."""
        table = self._table
        ahead = any(m["number"] or m[0].lower() in {*table.numbers, *table.articles} for m in following)
        before = [
            token
            for token in self.tokens
            if token.kind == "number"
            and token.clause == self._clause
            and not token.weak
            and token.bound is None
        ]
        if ahead or not before:
            return mark
        before[-1].bound = mark
        return None

    def _take_word(self, text: str, at: int) -> None:
        folded, table = text.lower(), self._table
        code = table.lexicon.code
        month = folded in table.months and (text[:1].isupper() or code in {"es", "fr", "it"})
        name = month or (text[:1].isupper() and at > 0 and code != "de")
        light = folded in table.light
        self._add(Token("word", folded if month else lemma(text, code), folded, name=name, light=light))
        if self._bound is not None and not light:
            self._add(Token("mark", self._bound, mark=self._bound))
            self._bound = None
