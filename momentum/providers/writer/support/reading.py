"""Reads a sentence as what it claims, and says what stands under what."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.support.tables import table_of
from momentum.providers.writer.support.tokens import CLAUSAL, tokens_of

if TYPE_CHECKING:
    from momentum.providers.writer.support.lexicon import Lexicon
    from momentum.providers.writer.support.tables import Table
    from momentum.providers.writer.support.token import Token

_SENTENCE: Final = re.compile(r"\S.*?(?:[.!?…][”’\"')\]]*(?=\s)|[。！？]|$)", re.DOTALL)
_ABBREVIATED: Final = re.compile(
    r"\b(?:[A-Za-z]|ca|bzw|etc|e\.g|i\.e|approx|no|nr|vs|Dr|Mr|Mrs|St)\.$", re.IGNORECASE
)
_GOVERNING: Final = frozenset({"than", "from", "to", "by", "without", "instead"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as tokens. `leans`: it speaks of something by a pronoun."""

    text: str
    tokens: list[Token]
    leans: bool

    @property
    def words(self) -> list[Token]:
        """The words that carry meaning."""
        return [token for token in self.tokens if token.kind == "word" and not token.light]

    @property
    def numbers(self) -> list[Token]:
        """The numbers, with what they measure or count."""
        return [token for token in self.tokens if token.kind == "number"]


def sentences(text: str) -> list[str]:
    """Cut a text into sentences."""
    if "\n\n" in text or "\n•" in text:
        return [one for part in re.split(r"\n\n|\n(?=•)", text) for one in sentences(part)]
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        if found and (_ABBREVIATED.search(found[-1]) or match[0][:1].islower()):
            found[-1] += f" {match[0]}"
        else:
            found.append(match[0])
    return found


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read one sentence."""
    table = table_of(lexicon.code)
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("­", "")
    if lexicon.code == "en":
        plain = _spelled_out(plain)
    if lexicon.code == "fr":  # the season, which looks like a form of "être"
        plain = re.sub(r"(?i)\b(en|un|cet|chaque|l'|d')( ?)été\b", r"\1\2étésaison", plain)
    if table.elisions is not None:
        plain = table.elisions.sub(r"\1' ", plain)
    plain = table.phrases.sub(lambda match: f" «{table.marks[_squeezed(match[0])]}» ", plain)
    tokens = tokens_of(plain, table)
    _drop_loose(tokens)
    _govern(tokens, table)
    leans = any(token.form in table.leaning for token in tokens)
    _mark_passives(tokens, table)
    return Reading(text, tokens, leans)


def _spelled_out(plain: str) -> str:
    """English without contractions; "as" that means "when", and "switch on" in one word."""
    plain = re.sub(r"\b(?i:can't)\b", "can not", plain)
    plain = re.sub(r"(?i)n't\b", " not", plain)
    plain = re.sub(r"(?i)(^|, )as (?!well|if|long|soon|much|many|a )", r"\1when ", plain)
    plain = re.sub(
        r"(?i)\bas (?=(?:the |its )?\w+(?: of (?:the )?\w+)? (?:increas|ris|fall|grow|decreas|drop)(?:e?s)?\b)",
        "when ",
        plain,
    )
    plain = re.sub(r"(?i)\b(?:switch|turn)(e?d|e?s|ing)?(?: it| them)? on\b", r"activat\1", plain)
    plain = re.sub(r"(?i)\b(?:switch|turn)(e?d|e?s|ing)?(?: it| them)? off\b", r"deactivat\1", plain)
    return re.sub(r"(?i)'(?:s|re|ve|ll|d|m)\b", "", plain)


def _squeezed(text: str) -> str:
    return " ".join(text.lower().split())


def _drop_loose(tokens: list[Token]) -> None:
    """Take "before" and "after" without anything they govern for the adverbs that they are."""
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.mark in {"before", "after"} and (following is None or following.kind == "break"):
            token.kind, token.mark, token.light = "word", None, True


def _govern(tokens: list[Token], table: Table) -> None:
    """Say under which marks each word stands: a preposition reaches over a few words, "if" to its clause's end."""
    clausal: dict[str, int] = {}
    near: str | None = None
    reach = placed = 0
    for token in tokens:
        if token.mark in CLAUSAL:
            clausal[token.mark] = token.clause
            placed = 0
        elif token.mark in _GOVERNING:
            near, reach, placed = token.mark, 2, 0
        elif token.kind == "number":
            near = near if token.weak else None
        elif token.kind == "break" or token.mark in {"may", "must", "should", "not"}:
            near, placed = None, 0
        elif token.form in table.places:
            placed, near = 2, None
        elif token.kind == "word" and not token.light:
            held = {mark for mark, clause in clausal.items() if clause == token.clause}
            if near is not None and reach:
                held.add(near)
                reach -= 1
            token.under = frozenset(held)
            token.placed = placed > 0
            placed -= 1
        elif token.form in table.passive:
            near, placed = None, 0


def _mark_passives(tokens: list[Token], table: Table) -> None:
    """Mark the participles that stand with the verb that makes a passive: near it, or in German at the end."""
    for place, token in enumerate(tokens):
        if token.form not in table.passive:
            continue
        near = tokens[place + 1 :] if table.lexicon.postponed else tokens[place + 1 : place + 4]
        if table.lexicon.postponed:
            near = [*near, *tokens[max(0, place - 1) : place]]
        for other in near:
            if (
                other.kind == "word"
                and not other.light
                and other.key != other.form
                and table.participle.fullmatch(other.form)
            ):
                other.passive = True
