"""Whether what somebody typed is one of the answers that an author accepts. Pure: text in, a verdict out.

Words are compared without case, extra spaces and the punctuation around them. Everything that can tell two answers
apart counts: signs (“C#” isn’t “C”), accents and marks (“が” isn’t “か”). An author who doesn’t mind accepts both.
Numbers are compared by value, however they are written; see `quantities.py`.
"""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from momentum.catalog.domain.normalization import bare, plain, pointed_alike, without_article, without_marks
from momentum.catalog.domain.numbers import Number, number_of, readings, within


class Miss(StrEnum):
    """What is wrong with an answer that isn’t accepted, as far as it can be said without giving the right one away."""

    NUMBER_WANTED = "number_wanted"
    MARKS = "marks"
    SIGNS = "signs"
    UNIT = "unit"
    OTHER = "other"


def accepts(accepted: Sequence[str], given: str, *, tolerance: str = "", language: str = "en") -> bool:
    """Say whether `given` is one of the `accepted`.

    Args:
        accepted: what the author wrote.
        given: what the learner typed.
        tolerance: how far a number may be off: “0.1”, or “5%” of the number; nothing where it must be exact.
        language: of the course; it decides what “1,500” is, which some read as one and a half.
    """
    return any(_same(one, given, tolerance, language) for one in accepted)


def miss(accepted: Sequence[str], given: str, *, language: str = "en") -> Miss:
    """Say what is wrong with an answer that `accepts` refused."""
    keys = [number_of(one, language) for one in accepted]
    if all(keys):
        found = readings(given, language)
        if not found:
            return Miss.NUMBER_WANTED
        if any(key and abs(key.value) == abs(one.value) for key in keys for one in found):
            same_size = any(key and key.value == one.value for key in keys for one in found)
            return Miss.UNIT if same_size else Miss.SIGNS
        return Miss.OTHER
    said = plain(given, language)
    forms = [plain(one, language) for one in accepted]
    if without_marks(said) in map(without_marks, forms):
        return Miss.MARKS
    if (core := bare(said)) and core in map(bare, forms):
        return Miss.SIGNS
    return Miss.OTHER


def is_number(text: str, language: str = "en") -> bool:
    """Say whether an accepted answer is compared by its value."""
    return number_of(text, language) is not None


def bounds(text: str, tolerance: str, language: str = "en") -> tuple[Fraction, Fraction] | None:
    """Return between which values an accepted number may lie; None where it is a word, or must be exact."""
    number = number_of(text, language)
    if number is None or not tolerance:
        return None
    off = number.off_by(tolerance)
    return (number.written - off, number.written + off)


def spelled_out(accepted: Sequence[str], tolerance: str = "", language: str = "en") -> list[str]:
    """Return in words what is accepted, for its author: a range where a number may be off."""
    said = []
    for one in accepted:
        ends = bounds(one, tolerance, language)
        unit = (number_of(one, language) or Number(Fraction(0))).unit
        said.append(" – ".join(f"{_figure(end)} {unit}".strip() for end in ends) if ends else one)
    return said


def _figure(value: Fraction) -> str:
    return f"{float(value):.10g}"


def _same(one: str, given: str, tolerance: str, language: str) -> bool:
    key = number_of(one, language)
    found = readings(given, language, key) if key else []
    if key and found:
        return any(_fits(key, number, tolerance) for number in found)
    wanted, said = pointed_alike(plain(one, language), plain(given, language))
    return wanted == said or (
        # Two articles that differ may be what is asked.
        without_article(wanted, language) == without_article(said, language)
        and (without_article(wanted, language) == wanted or without_article(said, language) == said)
    )


def _fits(key: Number, found: Number, tolerance: str) -> bool:
    return key.unit == found.unit and within(key, found, tolerance)
