"""Puts what stands on a line from right to left into the order it is read and written in.

A file holds such text in any order; where the letters stand is all that can be trusted. The rules are those
of Unicode's bidirectional algorithm (UAX 9), applied backwards and as far as printed lines need them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.documents import scripts
from momentum.providers.language.writing import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents.words import Word

# White between two words, in letter sizes: where the file holds no spaces, and where it holds some.
_LEAST_SPACE, _MISSING_SPACE = 0.12, 0.35
_LOOSE: Final = re.compile(r"(?<![^\s])\)\s+(?=[^()]*\))")
_LAM: Final = "\u0644"
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_TURNED: Final = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)


@dataclass(slots=True)
class _Cluster:
    """A letter with its marks, a word that runs to the right, or a space. `kind`: R, L, N(umber) or neutral."""

    text: str
    left: float
    right: float
    kind: str


def has_right_to_left(words: Sequence[Word]) -> bool:
    """Whether any of it runs from right to left."""
    return any(not word.text.isascii() and is_right_to_left(word.text[0]) for word in words)


def logical(words: Sequence[Word], y: float, size: float, *, backwards: bool) -> str:
    """Return the words of a line as they are read; `backwards` when the line as a whole runs to the left."""
    clusters = _spaced(_clusters(words, y, size), size)
    if backwards:
        clusters = _with_islands(clusters[::-1], "LN")
        text = "".join(cluster.text for cluster in clusters)
        return _brackets(text)
    return "".join(cluster.text for cluster in _with_islands(clusters, "R"))


def _clusters(words: Sequence[Word], y: float, size: float) -> list[_Cluster]:
    bases: list[_Cluster] = []
    marks: list[tuple[float, str]] = []
    for word in words:
        if all(unicodedata.category(character) == "Mn" for character in word.text):
            marks.append(((word.left + word.right) / 2, word.text))
            continue
        text = word.text
        if text.isdigit() and word.look.size < 0.86 * size and word.y > y + 0.12 * size:
            text = scripts.exponent(text)
        last = bases[-1] if bases else None
        if last and abs(last.left - word.left) < 0.02 * size and abs(last.right - word.right) < 0.02 * size:
            last.text += text  # two letters in one shape
        else:
            bases.append(_Cluster(text, word.left, word.right, _kind(text)))
    for base in bases:
        # pdfium turns a ligature round with the letters beside it; in Arabic they begin with lam.
        if len(base.text) > 1 and base.text[-1] == _LAM != base.text[0]:
            base.text = base.text[::-1]
    bases.sort(key=lambda cluster: cluster.left)
    for place, text in marks:
        if bases:
            nearest = min(bases, key=lambda base: max(base.left - place, place - base.right, 0.0))
            nearest.text += text
    return bases


def _kind(text: str) -> str:
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return "R"
        if direction == "L":
            return "L"
        if direction in {"EN", "AN"}:
            return "N"
    return ""


def _spaced(clusters: list[_Cluster], size: float) -> list[_Cluster]:
    held = any(cluster.text == " " for cluster in clusters)
    least = (_MISSING_SPACE if held else _LEAST_SPACE) * size
    spaced: list[_Cluster] = []
    for cluster in clusters:
        last = spaced[-1] if spaced else None
        if last and cluster.text == last.text == " ":
            continue
        if last and " " not in {last.text, cluster.text} and cluster.left - last.right >= least:
            spaced.append(_Cluster(" ", last.right, cluster.left, ""))
        spaced.append(cluster)
    return spaced


def _with_islands(clusters: list[_Cluster], kinds: str) -> list[_Cluster]:
    """Turn round every run of these kinds, with what stands between its members."""
    out: list[_Cluster] = []
    arabic = any(unicodedata.bidirectional(cluster.text[0]) == "AL" for cluster in clusters)
    at = 0
    while at < len(clusters):
        if clusters[at].kind not in kinds or not clusters[at].kind:
            out.append(clusters[at])
            at += 1
            continue
        end = at
        ahead = at + 1
        while ahead < len(clusters) and (not clusters[ahead].kind or clusters[ahead].kind in kinds):
            if clusters[ahead].kind and _holds_together(clusters[end : ahead + 1], arabic=arabic):
                end = ahead
            elif clusters[ahead].kind:
                break
            ahead += 1
        out += clusters[at : end + 1][::-1]
        at = end + 1
    return out


def _holds_together(run: list[_Cluster], *, arabic: bool) -> bool:
    """Numbers with a space between them are two numbers, each where it is read; in Arabic a hyphen parts them too."""
    if run[0].kind != "N" or run[-1].kind != "N":
        return True
    between = {cluster.text for cluster in run[1:-1]}
    return " " not in between and not (arabic and between & {"-", "+", "–", "‐"})


def _brackets(text: str) -> str:
    """Files hold a bracket as what it looks like, or as what it means; where it stands tells."""
    out = list(text)
    for at, character in enumerate(text):
        if character not in _OPENING + _CLOSING:
            continue
        before, after = text[at - 1 : at].strip(), text[at + 1 : at + 2].strip()
        opens = not before and bool(after)
        closes = bool(before) and (not after or not after.isalnum())
        if (opens and character in _CLOSING) or (closes and character in _OPENING):
            out[at] = character.translate(_TURNED)
    # A bracket with white on both sides opens what the next one closes.
    return _LOOSE.sub("(", "".join(out))
