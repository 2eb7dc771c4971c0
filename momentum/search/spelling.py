"""Did you mean: the nearest words that the catalogue has, by how many slips of the fingers they are away."""

import re

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from momentum.search.models import Word

_WORD = re.compile(r"[^\W\d_]{3,30}")
_NEAREST = 25


def corrected(text: str) -> str:
    """Return the text with each unknown word replaced by the nearest known one; "" where nothing is to be mended.

    A swap of neighbouring letters counts as one slip, like a letter too many, too few or wrong. Short words may be
    one slip away, others two. Of words equally near the one that begins alike wins, then the one in more courses.
    """
    words = {word.lower() for word in _WORD.findall(text)}
    if not words:
        return ""
    near = _near(words)
    mended = {word: _nearest(word, near) for word in words if word not in near}
    result = _WORD.sub(lambda found: mended.get(found[0].lower()) or found[0], text)
    return result if result != text else ""


def _near(words: set[str]) -> dict[str, int]:
    """Return the words of about the right lengths, with the number of courses that have them."""
    lengths = [len(word) for word in words]
    # Two arrays in one row: psycopg makes ten thousand rows at the price of a page.
    found = (
        Word.objects.annotate(length=Length("word"))
        .filter(length__gte=min(lengths) - 2, length__lte=max(lengths) + 2)
        .aggregate(words=ArrayAgg("word", order_by="word"), courses=ArrayAgg("courses", order_by="word"))
    )
    return dict(zip(found["words"] or (), found["courses"] or (), strict=True))


def _nearest(word: str, near: dict[str, int]) -> str:
    most = 1 if len(word) < 5 else 2
    found = process.extract(word, list(near), scorer=OSA.distance, score_cutoff=most, limit=_NEAREST)
    ranked = sorted((distance, known[0] != word[0], -near[known], known) for known, distance, _place in found)
    return ranked[0][3] if ranked else ""
