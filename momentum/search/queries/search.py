"""A page of the catalogue: what was found, in order, with where and how many of each kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from markupsafe import Markup, escape

from momentum.accounts.models import User
from momentum.catalog.models import Category, Course
from momentum.catalog.models.course import CourseQuerySet
from momentum.catalog.queries.filters import PER_PAGE, RELEVANCE, SORTS, CatalogueFilter, Choice, FacetCounts
from momentum.search.domain import ngrams
from momentum.search.models import Unpacked
from momentum.search.queries import excerpts, spelling, statements
from momentum.search.queries.search_query import RawTSQuery, SearchQuery
from momentum.search.queries.statements import Shelf, Shown

_HELPFUL = 6
# In the order of the model's fields, as `from_db` wants them.
_SHOWN = (
    "id", "title", "slug", "summary", "duration_days", "level", "language", "thumbnail", "access", "cover_seed",
    "price_minor", "currency", "rating_count", "rating_sum",
)  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A course that was found, with what was looked for marked.

    Where neither title nor summary say it, `quote` is from the description. Where that doesn't either, the hit is
    `unexplained`, and `quotes` may find it in a lesson.
    """

    course: Course
    title: Markup
    summary: Markup
    quote: Markup = field(default_factory=Markup)
    unexplained: bool = False


class Quote(NamedTuple):
    """An excerpt from the lesson of a day, in the language of its course."""

    text: Markup
    language: str
    day: int


class Unexplained(NamedTuple):
    """Hits that only a lesson may explain: the language of each course.

    `query` is the text as PostgreSQL was asked for it, and `runs` those of its words that stand in runs of letters
    without spaces.
    """

    query: str
    runs: Sequence[str]
    courses: Mapping[UUID, str]


@dataclass(frozen=True)
class Found:
    """What the catalogue page shows. `filter` is what was done, which a correction may have changed from `asked`."""

    asked: CatalogueFilter
    filter: CatalogueFilter
    counts: FacetCounts
    page: "Page[int]"
    hits: list[Hit]
    query: str = ""
    runs: Sequence[str] = ()

    @property
    def number(self) -> int:
        return self.counts.after

    @property
    def corrected(self) -> bool:
        return self.asked.text != self.filter.text

    @cached_property
    def facets(self) -> dict[str, list[Choice]]:
        return self.counts.facets()

    @property
    def chips(self) -> list[Choice]:
        return [choice for choices in self.facets.values() for choice in choices if choice.chosen]

    @property
    def unexplained(self) -> Unexplained:
        courses = {hit.course.pk: hit.course.language for hit in self.hits if hit.unexplained}
        return Unexplained(self.query, self.runs, courses)

    def popular_categories(self) -> list[Shelf]:
        """Return where to go from here, where nothing was found."""
        return statements.shelves(_HELPFUL)


@dataclass(frozen=True)
class _Counted:
    """What a text finds: the query as it is asked, how many of each kind, and which kinds to show, None for all.

    `runs` are those of its words that stand in runs of letters without spaces.
    """

    asked: str
    runs: Sequence[str]
    counts: FacetCounts
    kinds: Sequence[int] | None


def find(asked: CatalogueFilter) -> Found:
    """Find what is asked for, or what was probably meant; in at most three queries, six when misspelt.

    Everybody finds the same: what is on the shelf, admins too. Only `quotes` depend on who asks.
    """
    if not asked.text:
        counts = asked.counts()
        page = _page(asked, counts)
        courses = list(_all(asked)[_part(page)]) if counts.after else []
        hits = [Hit(course, escape(course.title), escape(course.summary)) for course in courses]
        return Found(asked, replace(asked, page=page.number), counts, page, hits)
    chosen, found = _meant(asked)
    page = _page(chosen, found.counts)
    hits = _hits(_shown(chosen, found, _part(page)), found) if found.counts.after else []
    return Found(asked, replace(chosen, page=page.number), found.counts, page, hits, found.asked, found.runs)


def quotes(hits: Unexplained, user: User | AnonymousUser) -> dict[UUID, Quote]:
    """Return, by course, what lessons that `user` may read say of these hits: one query, where there are any."""
    reader = user if isinstance(user, User) else None
    said = excerpts.passages(list(hits.courses), hits.query, hits.runs, reader)
    return {pk: Quote(excerpts.excerpt(text), hits.courses[pk], day) for pk, (text, day) in said.items()}


def _meant(asked: CatalogueFilter) -> tuple[CatalogueFilter, _Counted]:
    """Return what finds something: the text as it is or, where that finds nothing, its correction."""
    found = _counted(asked)
    if asked.exact or found.counts.before:
        return asked, found
    better = spelling.corrected(asked.text)
    meant = asked.asking(better)
    second = _counted(meant) if better else found
    return (meant, second) if second.counts.before else (asked, found)


def _counted(chosen: CatalogueFilter) -> _Counted:
    asked = SearchQuery(chosen.text).asked()
    found = statements.count(asked) if asked else []
    rows = [row for row in found if row.active]
    counts = chosen.counted(row[2:] for row in rows)
    kinds = [row.kind for row, fits in zip(rows, counts.fits, strict=True) if fits]
    return _Counted(asked, ngrams.wanted(chosen.text), counts, kinds if len(kinds) < len(found) else None)


def _page(chosen: CatalogueFilter, counts: FacetCounts) -> "Page[int]":
    # Of places, not of courses: how many there are has been counted already. A page past the end shows the last one:
    # it was there when the link was made.
    return Paginator(range(counts.after), PER_PAGE).get_page(chosen.page)


def _part(page: "Page[int]") -> slice:
    first = (page.number - 1) * PER_PAGE
    return slice(first, first + PER_PAGE)


def _all(chosen: CatalogueFilter) -> CourseQuerySet:
    courses = chosen.narrow(Course.objects.on_shelf()).select_related("category")
    return courses.defer("description", "outcomes").order_by(*SORTS[chosen.order][1])


def _shown(chosen: CatalogueFilter, found: _Counted, part: slice) -> list[Shown]:
    if chosen.order == RELEVANCE:
        return statements.best(found.asked, found.runs, found.kinds, found.counts.after, part)
    # The orders are the catalogue's own.
    matching = Course.objects.alias(unpacked=Unpacked("document__words")).filter(
        unpacked=RawTSQuery(found.asked)
    )
    if found.kinds is not None:
        matching = matching.filter(document__kind__in=found.kinds)
    ids = matching.order_by(*SORTS[chosen.order][1]).values_list("pk", flat=True)[part]
    return statements.show(found.asked, found.runs, list(ids))


def _hits(shown: list[Shown], found: _Counted) -> list[Hit]:
    shown = [_with_runs(row, found.runs) for row in shown] if found.runs else shown
    shelves = {row.category_slug: Category(name=row.category, slug=row.category_slug) for row in shown}
    return [_hit(row, shelves[row.category_slug]) for row in shown]


def _with_runs(row: Shown, runs: Sequence[str]) -> Shown:
    title, summary, text = (
        excerpts.with_runs(said, runs) for said in (row.marked_title, row.marked_summary, row.marked_text)
    )
    said_above = excerpts.is_marked(title) or excerpts.is_marked(summary)
    return row._replace(marked_title=title, marked_summary=summary, marked_text="" if said_above else text)


def _hit(row: Shown, shelf: Category) -> Hit:
    course = Course.from_db(None, _SHOWN, row[: len(_SHOWN)])
    course.category = shelf
    title, summary = excerpts.marked(row.marked_title), excerpts.marked(row.marked_summary)
    if excerpts.is_marked(row.marked_text):
        return Hit(course, title, summary, quote=excerpts.excerpt(row.marked_text))
    said_above = excerpts.is_marked(row.marked_title) or excerpts.is_marked(row.marked_summary)
    return Hit(course, title, summary, unexplained=not said_above)
