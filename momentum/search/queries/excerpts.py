"""Showing where the words were found: marked, escaped, and never from a text that the visitor may not read."""

import re
import uuid
from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Coalesce
from markupsafe import Markup, escape

from momentum.accounts.models import User
from momentum.search.domain.text import START, STOP
from momentum.search.models import Passage
from momentum.search.queries.search_query import RawTSQuery

_FOUND = re.compile(f"{START}([^{START}{STOP}]*){STOP}")
_STRAY = str.maketrans("", "", START + STOP)
# An excerpt begins in the middle of a sentence.
_ELLIPSIS = "… "


class Around(Func):
    """What stands around the first of some runs of letters in a text; null where it has none of them."""

    function = "search_around"
    output_field = TextField()

    def __init__(self, text: str, runs: list[str]) -> None:
        super().__init__(F(text), Value(runs, output_field=ArrayField(TextField())))


def is_marked(text: str) -> bool:
    return START in text


def with_runs(text: str, runs: Sequence[str]) -> str:
    """Return the text with these runs of letters marked, which PostgreSQL doesn't find in it."""
    if not runs:
        return text
    longest = sorted(runs, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda found: f"{START}{found[0]}{STOP}", text)


def marked(text: str) -> Markup:
    """Return the text as markup, everything in it escaped but our own marks."""
    parts = _FOUND.split(text)
    # Put together as plain text, each part escaped: Markup would look at every part again.
    return Markup(  # noqa: S704 - every part is escaped here
        "".join(
            f"<mark>{escape(part)}</mark>" if place % 2 else str(escape(part.translate(_STRAY)))
            for place, part in enumerate(parts)
        )
    )


def excerpt(text: str) -> Markup:
    """Return the excerpt as markup, with dots where it doesn't begin or end as a sentence does."""
    text = text.strip()
    begins = text.translate(_STRAY)[:1].isupper()
    ends = text.translate(_STRAY)[-1:] in ".!?…。！？"
    return ("" if begins else _ELLIPSIS) + marked(text) + ("" if ends else " …")


def passages(
    course_ids: list[uuid.UUID], asked: str, runs: Sequence[str], user: User | None
) -> dict[uuid.UUID, tuple[str, int]]:
    """Return for each course an excerpt of the best lesson that `user` may read, and its day; in one query."""
    if not course_ids:
        return {}
    query = RawTSQuery(asked)
    said = reduce(or_, (Q(text__contains=run) for run in runs), Q(words=query))
    best = (
        Passage.objects.open_to(user)
        .filter(said, course__in=course_ids)
        .order_by("course_id", SearchRank("words", query).desc(), "lesson__day")
        .distinct("course_id")
    )
    excerpt = SearchHeadline(
        "text",
        query,
        config=F("course__document__config"),
        start_sel=START,
        stop_sel=STOP,
        max_words=26,
        min_words=14,
        max_fragments=1,
    )
    quote = Coalesce(Around("text", list(runs)), excerpt) if runs else excerpt
    quoted = Passage.objects.filter(pk__in=best.values("pk")).annotate(quote=quote)
    rows = quoted.values_list("course_id", "quote", "lesson__day")
    return {course_id: (with_runs(quote, runs), day) for course_id, quote, day in rows}
