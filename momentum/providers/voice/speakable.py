"""From what is written to what is spoken, and back to the words that are on the screen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from momentum.providers.voice import VoiceError, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Signs that are called by a name, where all others of their kind (arrows, emoji) are only looked at.
_NAMED = "°©®™№℃℉"
_SILENT = {"Cc", "Cf", "Cn", "Co", "Cs", "So"}
# Japanese and Chinese are written without spaces: there each letter is a word of its own.
_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]|[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
_EDGES = re.compile(r"^\W*(.*?)\W*$", re.DOTALL)
# A pause after a word is as long as so many letters.
_PAUSES = {",": 4, ";": 5, ":": 5, ".": 6, "!": 6, "?": 6, "—": 4, "–": 4, "、": 4, "。": 6, "،": 4}


@dataclass(frozen=True)
class Span:
    """A word: from where to where it is in what is written, and in what is spoken."""

    start: int
    end: int
    spoken_start: int
    spoken_end: int


@dataclass(frozen=True)
class Speakable:
    """`text` is what a voice is given; `spans` are its words."""

    text: str
    spans: Sequence[Span]


def speakable(text: str, pronunciations: Mapping[str, str] | None = None) -> Speakable:
    """Return what is spoken of a sentence: without what can't be spoken, on one line, words as they are pronounced.

    Raises:
        VoiceError: `nothing_to_speak`, when no letter and no digit is left.
    """
    said = {written.casefold(): spoken for written, spoken in (pronunciations or {}).items()}
    spoken, spans = "", []
    for found in _WORD.finditer(text):
        word = _pronounced(_audible(found[0]), said)
        if not word:
            continue
        apart = " " if spoken and (found.start() == 0 or text[found.start() - 1].isspace()) else ""
        spoken += apart
        spans.append(Span(found.start(), found.end(), len(spoken), len(spoken) + len(word)))
        spoken += word
    if not any(letter.isalnum() for letter in spoken):
        sentence = _("Nothing in “%(text)s” can be spoken. Write it in words.")
        raise VoiceError("nothing_to_speak", sentence % {"text": text.strip()[:80]})
    return Speakable(spoken, spans)


def estimated(spoken: Speakable, *, begin: float, end: float) -> tuple[Word, ...]:
    """Return when each word is heard between two moments, in seconds, if all letters took equally long."""
    weights = [_weight(spoken.text[span.spoken_start : span.spoken_end]) for span in spoken.spans]
    second, at, words = (end - begin) / sum(weights), begin, []
    for span, weight in zip(spoken.spans, weights, strict=True):
        words.append(Word(span.start, span.end, round(at, 3), round(at + weight * second, 3)))
        at += weight * second
    return tuple(words)


def told(spoken: Speakable, moments: Iterable[tuple[int, float]], *, end: float) -> tuple[Word, ...]:
    """Return when each word is heard, where the voice told at which letter it was at which moment, in seconds."""
    heard: dict[Span, float] = {}
    for letter, at in moments:
        span = next((one for one in spoken.spans if one.spoken_start <= letter < one.spoken_end), None)
        if span is not None:
            heard.setdefault(span, at)
    known = [*heard.items()]
    ends = [*(at for _span, at in known[1:]), end]
    return tuple(
        Word(span.start, span.end, round(at, 3), round(max(until, at), 3))
        for (span, at), until in zip(known, ends, strict=True)
    )


def _audible(word: str) -> str:
    kept = [
        letter
        for letter in unicodedata.normalize("NFC", word)
        if unicodedata.category(letter) not in _SILENT or letter in _NAMED or letter in "\u200c\u200d"
    ]
    # What chose a colour or a skin for an emoji.
    return "".join(letter for letter in kept if not "\ufe00" <= letter <= "\ufe0f" and letter < "\U0001f000")


def _pronounced(word: str, said: Mapping[str, str]) -> str:
    if (whole := said.get(word.casefold())) is not None:
        return " ".join(whole.split())
    inner = _EDGES.match(word)
    if inner and (core := said.get(inner[1].casefold())) is not None:
        return word[: inner.start(1)] + " ".join(core.split()) + word[inner.end(1) :]
    return word


def _weight(word: str) -> int:
    return max(len(word), 1) + _PAUSES.get(word[-1:], 1)
