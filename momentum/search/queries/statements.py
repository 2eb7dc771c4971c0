"""The SQL of a search: how many of each kind, which in what order, and what a page shows of them.

By hand, because composing it anew took Django longer than PostgreSQL takes to answer it. Each is one statement, and
its cost hardly depends on how many courses match: what grows with that number reads short rows and two indexes.
"""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from momentum.search.domain.text import START, STOP

# Up to how many matches all are ranked; and of more, how many at least.
ALL_RANKED, _RANKED = 120, 60

# The planner takes unpacking a stored vector to be free and, for a common word, would rather unpack all of them than
# ask the index. So it is told what unpacking costs (`search_unpacked` does nothing else), and not what is asked for:
# of an unknown query it expects little, and goes to the index. Plans below mustn't rely on how much it expects.
_ASKED = "(select %(asked)s::tsquery)"
_KINDS = "(%(kinds)s::bigint[] is null or kind_id = any(%(kinds)s))"
_MATCHES = f"search_unpacked(document.words) @@ {_ASKED}"

_COUNT = f"""
select kind.id, category.active, category.name, category.slug, kind.days, kind.offer, kind.level, kind.language,
    counted.number
from (select kind_id, count(*) as number from search_document document where {_MATCHES} group by kind_id) counted
join search_facetgroup kind on kind.id = counted.kind_id
join catalog_category category on category.id = kind.category_id
order by category.position, category.name
"""  # noqa: S608 - constants only

_SHELVES = """
select category.name, category.slug, sum(counted.number)::int
from (select kind_id, count(*) as number from search_document group by kind_id) counted
join search_facetgroup kind on kind.id = counted.kind_id
join catalog_category category on category.id = kind.category_id and category.active
group by category.id order by 3 desc, category.position, category.name limit %(limit)s
"""

# D, C, B, A: so far apart that no repetition lifts a summary over a title, or a description over a summary. Cover
# density ranks where the words stand together; where they don't all stand in the head, the plain rank says how many
# do. Rounded, so that what is about as good goes by how many learners it has.
# Unpacked once for both: `offset 0` keeps PostgreSQL from doing it for each.
_RANK = """round((
    ts_rank_cd('{0, 0.02, 0.1, 1}', vector, %(asked)s::tsquery)
    + ts_rank('{0, 0.02, 0.1, 1}', vector, %(asked)s::tsquery) * 0.1
)::numeric, 3)"""
_UNPACK = "cross join lateral (select document.head || ''::tsvector as vector offset 0) unpacked"

_FEW = f"""
select course_id from search_document document {_UNPACK} where {_MATCHES} and {_KINDS}
order by {_RANK} desc, learners desc, course_id limit %(limit)s offset %(offset)s
"""  # noqa: S608 - constants only

# Ranking reads a vector for every row. Where many match, those are ranked that may come out first: those that say it
# in their title, then in title, summary or shelf and, where those are too few, those that most learners took. After
# them, on later pages, stands the rest, the courses with most learners first. What a title hasn't got the lessons may
# have, so with a minus only the last of these counts.
_BEST = f"""
with in_title as (
    select course_id from search_document
    where search_unpacked(ts_filter(head, '{{a}}')) @@ {_ASKED} and not %(negated)s and {_KINDS}
    order by learners desc, course_id limit {_RANKED}
),
in_top as materialized (
    select course_id from search_document
    where search_unpacked(ts_filter(head, '{{a,b}}')) @@ {_ASKED} and not %(negated)s and {_KINDS}
    order by learners desc, course_id limit {_RANKED}
),
others as (
    select course_id from search_document document
    where {_MATCHES} and {_KINDS} and (select count(*) from in_top) < {_RANKED}
    order by learners desc, course_id limit {_RANKED}
),
best as (
    select course_id from in_title union select course_id from in_top union select course_id from others
),
ranked as materialized (
    select course_id, learners, {_RANK} as rank
    from best join search_document document using (course_id) {_UNPACK}
)
"""  # noqa: S608 - constants only
_FIRST = f"""
{_BEST} select course_id from ranked
order by rank desc, learners desc, course_id limit %(limit)s offset %(offset)s
"""  # noqa: S608 - constants only
_LATER = f"""
{_BEST} select course_id from (
    select course_id, learners, rank from ranked
    union all
    select course_id, learners, null from search_document document
    where {_MATCHES} and {_KINDS} and course_id not in (select course_id from ranked)
) everything
order by rank desc nulls last, learners desc, course_id limit %(limit)s offset %(offset)s
"""  # noqa: S608 - constants only

# An excerpt of the description only where neither title nor summary say it. `offset 0` keeps PostgreSQL from marking
# everything twice.
_SHOW = """
with page as materialized (select row_number() over () as place, ids.* from ({ids}) ids (id))
select course.id, course.title, course.slug, course.summary, course.duration_days, course.level, course.language,
    course.thumbnail, course.access, course.cover_seed, course.price_minor, course.currency, course.rating_count,
    course.rating_sum,
    category.name, category.slug, marked.title, marked.summary,
    case when position(%(start)s in marked.title || marked.summary) > 0 then ''
        else coalesce(
            search_around(document.text, %(runs)s::text[]),
            ts_headline(document.config::regconfig, document.text, %(asked)s::tsquery, %(part)s)
        ) end
from page
join search_document document on document.course_id = page.id
join catalog_course course on course.id = page.id
join catalog_category category on category.id = course.category_id
cross join lateral (
    select ts_headline(document.config::regconfig, course.title, %(asked)s::tsquery, %(whole)s) as title,
        ts_headline(document.config::regconfig, course.summary, %(asked)s::tsquery, %(whole)s) as summary offset 0
) marked
order by page.place
"""
_MARKS = f'StartSel="{START}", StopSel="{STOP}"'
WHOLE = f"{_MARKS}, HighlightAll=true"
PART = f"{_MARKS}, MaxWords=26, MinWords=14, MaxFragments=1"


class Counted(NamedTuple):
    """How many courses of one kind match."""

    kind: int
    active: bool
    category: str
    slug: str
    days: int
    offer: str
    level: str
    language: str
    number: int


class Shelf(NamedTuple):
    """A category, and how many courses stand on it."""

    name: str
    slug: str
    course_count: int


class Shown(NamedTuple):
    """A course of a page: what its card needs, and its texts with what was looked for marked."""

    id: uuid.UUID
    title: str
    slug: str
    summary: str
    duration_days: int
    level: str
    language: str
    thumbnail: str
    access: str
    cover_seed: str
    price_minor: int | None
    currency: str
    rating_count: int
    rating_sum: int
    category: str
    category_slug: str
    marked_title: str
    marked_summary: str
    marked_text: str


def count(asked: str) -> list[Counted]:
    """Count what matches by kind, in the order of the shelves."""
    return [Counted(*row) for row in _rows(_COUNT, {"asked": asked})]


def shelves(limit: int) -> list[Shelf]:
    """Return the categories with the most courses."""
    return [Shelf(*row) for row in _rows(_SHELVES, {"limit": limit})]


def best(
    asked: str, runs: Sequence[str], kinds: Sequence[int] | None, number: int, part: slice
) -> list[Shown]:
    """Return this part of the `number` courses of these kinds (of any, where None) that match, the best first.

    An excerpt is taken around one of the `runs`, see `search.domain.ngrams`, where the description has one.
    """
    ids = _FEW if number <= ALL_RANKED else _FIRST if part.stop <= _RANKED else _LATER
    values = {
        "kinds": None if kinds is None else list(kinds),
        "negated": "!" in asked,
        "limit": part.stop - part.start,
        "offset": part.start,
    }
    return _show(ids, asked, runs, values)


def show(asked: str, runs: Sequence[str], ids: Sequence[uuid.UUID]) -> list[Shown]:
    """Return these courses, in this order."""
    return _show("select unnest(%(ids)s::uuid[])", asked, runs, {"ids": list(ids)})


def _show(ids: str, asked: str, runs: Sequence[str], values: dict[str, Any]) -> list[Shown]:
    values |= {"asked": asked, "runs": list(runs), "start": START, "whole": WHOLE, "part": PART}
    return [Shown(*row) for row in _rows(_SHOW.format(ids=ids), values)]


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
