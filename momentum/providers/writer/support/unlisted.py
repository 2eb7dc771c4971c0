"""Claims in languages of which no tables are kept: only what is quoted is supported."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.support.reading import sentences

if TYPE_CHECKING:
    from momentum.providers.writer import Support
    from momentum.providers.writer.support.comparing import Reason

_MARKS: Final = re.compile(r"\[[\d ,;–-]{1,20}\]")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
# What narrows the clause beside it, in the languages that courses are written in.
_NARROWING: Final = re.compile(
    r"除非|如果|只有|只要|除了|除外|以外|才|ない限り|場合|だけ|とき|時|なら|たら|إلا|إذا|فقط|ما لم"
    r"|\b(?:exceto|salvo|se|quando|apenas|somente|só|a menos|behalve|tenzij|als|wanneer|alleen|slechts|mits"
    r"|unless|if|except|only|when)\b",
    re.IGNORECASE,
)
_SAME, _SOME = 0.5, 0.3


def is_quoted(claim: str, passage: str) -> bool:
    """Whether the claim is a whole sentence of the passage, or several in a row, word for word."""
    wanted = folded(claim)
    parts = [folded(sentence) for sentence in sentences(passage)]
    for start in range(len(parts)):
        said = ""
        for part in parts[start:]:
            said = f"{said} {part}".strip()
            if said == wanted:
                return bool(wanted)
            if len(said) >= len(wanted):
                break
    return False


def compare_unlisted(claim: str, passage: str) -> tuple[Support, Reason]:
    """Say how far the passage bears the claim out, and why not wholly."""
    if is_quoted(claim, passage) or _is_clause(claim, passage):
        return "supported", ""
    numbers = set(_NUMBER.findall(claim)) <= set(_NUMBER.findall(passage))
    words = _words(claim)
    shared = len(words & _words(passage)) / len(words) if words else 0.0
    if shared < _SOME:
        return "none", "words"
    return "partly", "words" if numbers else "number"


def likely_same(claim: str, passage: str) -> bool:
    """Whether both share so many words that they are hardly in two languages."""
    words = _words(claim)
    return len(words & _words(passage)) >= _SAME * len(words)


def folded(text: str) -> str:
    """The words alone, as one string."""
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", text)).replace("’", "'").casefold()
    return " ".join(re.findall(r"[^\W_]+(?:[.,][^\W_]+)*", plain))


def _is_clause(claim: str, passage: str) -> bool:
    """Whether it is a whole clause of a sentence of which the rest doesn't narrow it."""
    wanted = claim.strip(" .。！？!?")
    for sentence in sentences(passage):
        clauses = [clause.strip() for clause in re.split(r"[,;，；、。.!?！？]", sentence)]
        if wanted in clauses and not _NARROWING.search(sentence.replace(wanted, "", 1)):
            return True
    return False


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    pairs = {pair for run in _UNSPACED.findall(plain) for pair in map("".join, pairwise(run))}
    return pairs | {
        word for word in re.findall(r"\w+", _UNSPACED.sub(" ", plain)) if len(word) > 3 or word.isdigit()
    }
