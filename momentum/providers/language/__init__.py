"""Which language a text is in. `detect` knows 98 languages, works offline and never guesses aloud."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from py3langid.langid import LanguageIdentifier

SAMPLE: Final = 600  # characters of a part that are looked at
PARTS: Final = 60
FEWEST_LETTERS: Final = 12
# Below this share, or this confidence, nothing is said: a wrong language is worse than none.
_MAJORITY: Final = 0.55
_CONFIDENT: Final = 0.5
_SURE: Final = 0.8
_FEWEST_TO_DOUBT: Final = 40
_NO_LANGUAGE: Final = "zxx"  # what ISO 639 calls text that is in no language, such as letters by chance


@dataclass(frozen=True, slots=True)
class Detected:
    """`language` is a BCP 47 code, empty where nothing can be said; `confidence` is between 0 and 1."""

    language: str
    confidence: float


def detect(text: str) -> Detected:
    """Say which language a text of one language is in, from its first thousand characters or so."""
    return detect_among([text])


def detect_among(parts: Sequence[str]) -> Detected:
    """Say which language most of these parts, such as the pages of a document, are in.

    Of many, some from the first to the last are looked at.
    """
    parts = [part for part in parts if part.strip()]
    parts = parts[:: max(1, -(-len(parts) // PARTS))]
    weights: dict[str, float] = {}
    confidences: dict[str, float] = {}
    for part in parts:
        sample = part[:SAMPLE]
        weight = float(sum(map(str.isalpha, sample) if sample.isascii() else map(_weight, sample)))
        if weight < FEWEST_LETTERS:
            continue
        language, confidence = _identifier().classify(sample)
        weights[language] = weights.get(language, 0.0) + weight
        confidences[language] = confidences.get(language, 0.0) + weight * confidence
    if not weights:
        return Detected("", 0.0)
    best = max(weights, key=lambda language: weights[language])
    confidence = confidences[best] / weights[best]
    share = weights[best] / sum(weights.values())
    if best == _NO_LANGUAGE or share < _MAJORITY or confidence < _CONFIDENT:
        return Detected("", share * confidence)
    return Detected(best, share * confidence)


def is_gibberish(text: str) -> bool:
    """Whether this is letters in no order of any language; never said of a few words, names or numbers."""
    letters = sum(map(str.isalpha, text))
    if letters < _FEWEST_TO_DOUBT or letters < 0.5 * len(text.replace(" ", "")):
        return False
    language, confidence = _identifier().classify(text[:SAMPLE])
    return bool(language == _NO_LANGUAGE and confidence >= (_CONFIDENT if letters >= 100 else _SURE))


def _weight(character: str) -> int:
    """How much a character says: a Chinese or Japanese one is as good as half a word."""
    if not character.isalpha():
        return 0
    return 3 if "\u3040" <= character <= "\u9fff" else 1


@cache
def _identifier() -> LanguageIdentifier:
    # It holds 100 MB once it is loaded, so it is loaded where a language is first asked for.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # The smallest languages of the model are taken for their big neighbours more often than they are met.
    identifier.set_languages([code for code in identifier.labels if len(code) == 2 or code == _NO_LANGUAGE])
    return identifier
