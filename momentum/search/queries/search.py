"""A page of the catalogue: what was found, in order, with where and how many of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

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

    Where that doesn't say it, `quote` does: from the lesson of `day` or, without one, from the description.
    """

    course: Course
    title: Markup
    summary: Markup
    quote: Markup = field(default_factory=Markup)
    day: int = 0


@dataclass(frozen=True)
class Found:
    """What the catalogue page shows. `filter` is what was done, which a correction may have changed from `asked`."""

    asked: CatalogueFilter
    filter: CatalogueFilter
    counts: FacetCounts
    page: "Page[int]"
    hits: list[Hit]

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


def find(asked: CatalogueFilter, user: User | AnonymousUser) -> Found:
    """Find what is asked for, or what was probably meant; in at most five queries, seven when misspelt.

    Everybody is shown what is on the shelf, admins too. What depends on `user` is only from which lessons is quoted.
    """
    if not asked.text:
        counts = asked.counts()
        page = _page(asked, counts)
        courses = list(_all(asked)[_part(page)]) if counts.after else []
        hits = [Hit(course, escape(course.title), escape(course.summary)) for course in courses]
        return Found(asked, replace(asked, page=page.number), counts, page, hits)
    chosen, found = _meant(asked)
    page = _page(chosen, found.counts)
    hits = _hits(_shown(chosen, found, _part(page)), found, user) if found.counts.after else []
    return Found(asked, replace(chosen, page=page.number), found.counts, page, hits)


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


def _hits(shown: list[Shown], found: _Counted, user: User | AnonymousUser) -> list[Hit]:
    reader = user if isinstance(user, User) else None
    shown = [_with_runs(row, found.runs) for row in shown] if found.runs else shown
    unexplained = [row.id for row in shown if not _is_explained(row)]
    quotes = excerpts.passages(unexplained, found.asked, found.runs, reader)
    shelves = {row.category_slug: Category(name=row.category, slug=row.category_slug) for row in shown}
    return [_hit(row, shelves[row.category_slug], quotes.get(row.id)) for row in shown]


def _with_runs(row: Shown, runs: Sequence[str]) -> Shown:
    title, summary, text = (
        excerpts.with_runs(said, runs) for said in (row.marked_title, row.marked_summary, row.marked_text)
    )
    said_above = excerpts.is_marked(title) or excerpts.is_marked(summary)
    return row._replace(marked_title=title, marked_summary=summary, marked_text="" if said_above else text)


def _is_explained(row: Shown) -> bool:
    return any(map(excerpts.is_marked, (row.marked_title, row.marked_summary, row.marked_text)))


def _hit(row: Shown, shelf: Category, quoted: tuple[str, int] | None) -> Hit:
    course = Course.from_db(None, _SHOWN, row[: len(_SHOWN)])
    course.category = shelf
    hit = Hit(course, excerpts.marked(row.marked_title), excerpts.marked(row.marked_summary))
    if quoted is not None:
        quote, day = quoted
        return replace(hit, quote=excerpts.excerpt(quote), day=day)
    if excerpts.is_marked(row.marked_text):
        return replace(hit, quote=excerpts.excerpt(row.marked_text))
    return hit
