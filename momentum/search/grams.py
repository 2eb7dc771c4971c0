"""Words inside a run of letters, for languages that are written without spaces: Chinese, Japanese, Thai and others.

Korean has spaces, but glues particles to its words (정원에서, "in the garden"), so it is one of them here.

PostgreSQL takes such a run for one long word. So runs are kept from it, and stand in a vector as grams: every letter,
and every two that follow each other. A query asks for the pairs of its own run as a phrase, so that what is found has
the letters in this order and not only all of them.

A vector keeps at most 256 places of a gram, and none past 16,383, which a Japanese course reaches within a week. So
places are counted round: after SPAN it begins again, and the first OVERLAP places of a round also stand at the end of
the one before, which a phrase may go across. Nothing is missed by it; where two frequent pairs stand apart by just a
round they look like neighbours, so that at its very worst a phrase is as good as all its pairs somewhere.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

SPAN, OVERLAP = 200, 20
# What of a vector's megabyte may go to grams, as `_Vector` reckons it.
ENOUGH = 300_000
_LONGEST_LETTER = 6

_LETTERS = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u303c\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff"  # kana
    "\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\uff66-\uff9f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
    "\uac00-\ud7a3"  # Hangul: words have spaces, but what is looked for stands inside them, with particles and endings
    "\u0e01-\u0e3a\u0e40-\u0e4e"  # Thai
    "\u0e81-\u0ece\u0edc-\u0edf"  # Lao
    "\u1780-\u17d3\u17d7\u17dc\u17dd"  # Khmer
    "\u1000-\u103f\u1050-\u108f\u109a-\u109d\ua9e0-\ua9ef\uaa60-\uaa7f"  # Myanmar
)
# Some texts mark where a line may be broken, or letters join; neither is part of a word.
_JOINTS = "\u200b-\u200d\u2060"
_RUN = re.compile(f"[{_LETTERS}][{_LETTERS}{_JOINTS}]*")
_JOINT = re.compile(f"[{_JOINTS}]")
_QUOTED = re.compile(r'(?P<minus>(?<!\S)-)?"(?P<words>[^"]*)"')
_MINUS = re.compile(r'(?<!\S)-(?:"[^"]*"|\S+)')


def has_runs(text: str) -> bool:
    return not text.isascii() and _RUN.search(text) is not None


def apart(text: str) -> str:
    """Return the text without its runs: what PostgreSQL can take apart into words."""
    return _RUN.sub(" ", text) if has_runs(text) else text


def vector(*weighed: tuple[str, str]) -> str:
    """Return the grams of texts, each with its weight from A to D, as a `tsvector` is written; "" without runs."""
    made = _Vector()
    for weight, text in weighed:
        if has_runs(text):
            for run in _RUN.findall(text):
                made.add(_letters(run), weight)
    return str(made)


def rewritten(query: str) -> str:
    """Return what somebody typed with each run as a quoted phrase of grams, for `websearch_to_tsquery`."""
    if not has_runs(query):
        return query
    # A phrase of both is asked for as two: grams and words are counted apart, so that neither follows the other.
    unquoted = _QUOTED.sub(lambda found: f" {_split_up(found['words'], found['minus'] or '')} ", query)
    return re.sub(rf"(?P<minus>(?<!\S)-)?(?P<run>{_RUN.pattern})", _phrased, unquoted)


def phrase(query: str) -> str:
    """Return the runs of what somebody typed, as a `tsquery` is written; "" without runs."""
    chains = (chain for run in _RUN.findall(query) for chain in _chains(run))
    return " & ".join(f"({' <-> '.join(chain)})" for chain in chains)


def wanted(query: str) -> list[str]:
    """Return the runs that somebody looks for, as they may stand in a text: those without a minus."""
    runs = _RUN.findall(_MINUS.sub(" ", query))
    forms = {form: None for run in runs for form in (run, unicodedata.normalize("NFKC", run))}
    return list(forms)


class _Vector:
    """Grams with their places and weights; beyond ENOUGH nothing is added."""

    def __init__(self) -> None:
        self._places: dict[str, dict[int, str]] = {}
        self._at = 0
        self._size = 0

    def add(self, letters: list[str], weight: str) -> None:
        # A letter alone is only asked whether it is there.
        for gram in map(_gram, letters):
            if gram not in self._places:
                self._put(gram, self._at % SPAN + 1, weight)
        for pair in _pairs(letters):
            place = self._at % SPAN + 1
            self._put(pair, place, weight)
            if self._at >= SPAN and place <= OVERLAP:
                self._put(pair, place + SPAN, weight)
            self._at += 1
        # The next run doesn't follow this one.
        self._at += 1

    def __str__(self) -> str:
        return " ".join(
            f"{gram}:{','.join(f'{place}{weight}' for place, weight in places.items())}"
            for gram, places in self._places.items()
        )

    def _put(self, gram: str, place: int, weight: str) -> None:
        if self._size > ENOUGH:
            return
        if gram not in self._places:
            self._places[gram] = {}
            self._size += len(gram) + 8
        # A place that was taken in a round before keeps its weight: what counts more was added first.
        if place not in self._places[gram]:
            self._places[gram][place] = weight
            self._size += 2


def _phrased(found: re.Match[str]) -> str:
    minus = found["minus"] or ""
    phrases = [f'{minus}"{" ".join(chain)}"' for chain in _chains(found["run"])]
    return f" {' '.join(phrases[:1] if minus else phrases)} "


def _split_up(words: str, minus: str) -> str:
    if not has_runs(words):
        return f'{minus}"{words}"'
    rest = apart(words).strip()
    runs = " ".join(f"{minus}{run}" for run in _RUN.findall(words))
    return f'{runs} {minus}"{rest}"' if rest else runs


def _chains(run: str) -> Iterator[list[str]]:
    """Give a run's grams in the order that is asked for, in phrases that aren't longer than the overlap."""
    letters = _letters(run)
    if len(letters) == 1:
        yield [_gram(letters[0])]
    pairs = _pairs(letters)
    for first in range(0, len(pairs), OVERLAP):
        yield pairs[first : first + OVERLAP]


def _pairs(letters: list[str]) -> list[str]:
    return [_gram(one, other) for one, other in pairwise(letters)]


def _gram(*letters: str) -> str:
    """Return the name of a gram: the numbers of its signs, which no language takes apart or changes."""
    return f"x{'x'.join(''.join(f'{ord(sign):04x}' for sign in letter) for letter in letters)}x"


def _letters(run: str) -> list[str]:
    """Return the letters of a run, each with the marks that stand over, under and around it."""
    letters: list[str] = []
    for sign in unicodedata.normalize("NFKC", _JOINT.sub("", run)):
        if letters and unicodedata.category(sign)[0] == "M" and len(letters[-1]) < _LONGEST_LETTER:
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters
