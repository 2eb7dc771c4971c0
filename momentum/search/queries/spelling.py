"""Did you mean: the nearest words that the catalogue has, by how many slips of the fingers they are away."""

import re

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from momentum.search.domain import ngrams
from momentum.search.models import Word

_WORD = re.compile(r"[^\W\d_]{3,30}")
_LAST = re.compile(r"[^\W\d_]{4,30}$")
_LONGEST, _NEAREST = 30, 25


def corrected(text: str, *, unfinished: bool = False) -> str:
    """Return the text with each unknown word replaced by the nearest known one; "" where nothing is to be mended.

    Of a text that is being typed the last word may be `unfinished`: it is mended to a word that begins about like it.

    A swap of neighbouring letters counts as one slip, like a letter too many, too few or wrong. Short words may be
    one slip away, others two. Of words equally near the one that begins alike wins, then the one in more courses.
    """
    words = {word.lower() for word in _WORD.findall(ngrams.apart(text))}
    if not words:
        return ""
    last = _LAST.search(ngrams.apart(text).lower()) if unfinished else None
    near = _near(words, most=_LONGEST if last else max(map(len, words)) + 2)
    mended = {word: _nearest(word, near) for word in words if word not in near}
    if last and not any(word.startswith(last[0]) for word in near):
        mended[last[0]] = mended.get(last[0]) or _begun(last[0], near)
    result = _WORD.sub(lambda found: mended.get(found[0].lower()) or found[0], text)
    return result if result != text else ""


def _near(words: set[str], *, most: int) -> dict[str, int]:
    """Return the words of about the right lengths, `most` letters at most, with how many courses have them."""
    lengths = [len(word) for word in words]
    # Two arrays in one row: psycopg makes ten thousand rows at the price of a page.
    found = (
        Word.objects.annotate(length=Length("word"))
        .filter(length__gte=min(lengths) - 2, length__lte=most)
        .aggregate(words=ArrayAgg("word", order_by="word"), courses=ArrayAgg("courses", order_by="word"))
    )
    return dict(zip(found["words"] or (), found["courses"] or (), strict=True))


def _nearest(word: str, near: dict[str, int]) -> str:
    most = 1 if len(word) < 5 else 2
    found = process.extract(word, list(near), scorer=OSA.distance, score_cutoff=most, limit=_NEAREST)
    ranked = sorted((distance, known[0] != word[0], -near[known], known) for known, distance, _place in found)
    return ranked[0][3] if ranked else ""


def _begun(start: str, near: dict[str, int]) -> str:
    """Return the word of which this may be the beginning with one slip in it, the one in most courses first."""
    # Of one letter too few, as many and one too many.
    beginnings = {
        (word, longer): word[: len(start) + longer]
        for word in near
        if len(word) > len(start)
        for longer in (-1, 0, 1)
    }
    found = process.extract(start, beginnings, scorer=OSA.distance, score_cutoff=1, limit=None)
    ranked = sorted((known[0] != start[0], -near[key[0]], key[0]) for known, _distance, key in found)
    return ranked[0][2] if ranked else ""
