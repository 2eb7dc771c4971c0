"""A page of the catalogue: what was found, in order, with where and how many of each kind."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchRank
from django.core.paginator import Page, Paginator
from django.db.models import F, FloatField
from django.db.models.functions import Round
from markupsafe import Markup, escape

from momentum.accounts.models import User
from momentum.catalog.filters import PER_PAGE, RELEVANCE, SORTS, CatalogueFilter, Choice, FacetCounts
from momentum.catalog.models import Category, Course
from momentum.catalog.models.course import CourseQuerySet
from momentum.search import quoting, spelling
from momentum.search.asking import Query, Question, configs

# D, C, B, A: so far apart that no repetition lifts a summary over a title, or a description over a summary.
WEIGHTS = [0.0, 0.02, 0.1, 1.0]
_HELPFUL = 6
_MARKED = ("marked_title", "marked_summary", "marked_text")


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
    page: "Page[Course]"
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

    def popular_categories(self) -> list[Category]:
        """Return where to go from here, where nothing was found."""
        shelves = [shelf for shelf in Category.objects.active().with_counts() if shelf.course_count]  # type: ignore[attr-defined]  # annotated
        return sorted(shelves, key=lambda shelf: -shelf.course_count)[:_HELPFUL]  # type: ignore[attr-defined]  # annotated


def find(asked: CatalogueFilter, user: User | AnonymousUser) -> Found:
    """Find what is asked for, or what was probably meant; in at most five queries, seven when misspelt.

    Everybody is shown what is on the shelf, admins too. What depends on `user` is only from which lessons is quoted.
    """
    reader = user if isinstance(user, User) else None
    languages = configs() if asked.text else []
    counts, query = _counted(asked, languages)
    chosen = asked
    if asked.text and not asked.exact and not counts.before:
        better = spelling.corrected(asked.text)
        meant = asked.asking(better) if better else asked
        second, second_query = _counted(meant, languages) if better else (counts, query)
        if second.before:
            chosen, counts, query = meant, second, second_query
    pages = Paginator(_ordered(chosen, query), PER_PAGE)
    # The facets have counted already.
    pages.__dict__["count"] = counts.after
    # A page past the end shows the last one: it was there when the link was made.
    page = pages.get_page(chosen.page)
    courses = list(page.object_list) if counts.after else []
    return Found(
        asked=asked,
        filter=replace(chosen, page=page.number),
        counts=counts,
        page=page,
        hits=_hits(courses, query, reader),
    )


def _counted(chosen: CatalogueFilter, languages: list[str]) -> tuple[FacetCounts, Query | None]:
    shelf = Course.objects.on_shelf()
    query = Question(chosen.text).query(languages) if chosen.text else None
    return chosen.counts(_matching(shelf, query)), query


def _matching(courses: CourseQuerySet, query: Query | None) -> CourseQuerySet:
    return courses if query is None else courses.filter(document__words=query)


def _ordered(chosen: CatalogueFilter, query: Query | None) -> CourseQuerySet:
    courses = _matching(chosen.narrow(Course.objects.on_shelf()), query).select_related("category")
    courses = courses.defer("description", "outcomes")
    if query is None:
        return courses.order_by(*SORTS[chosen.order][1])
    courses = courses.annotate(
        marked_title=quoting.headline("title", query, "document__config", whole=True),
        marked_summary=quoting.headline("summary", query, "document__config", whole=True),
        marked_text=quoting.headline("document__text", query, "document__config", whole=False),
    )
    if chosen.order != RELEVANCE:
        return courses.order_by(*SORTS[chosen.order][1])
    # Cover density ranks where the words stand together; where they don't all stand in the head, the plain rank says
    # how many do. Rounded, so that what is about as good goes by how many learners it has.
    close = SearchRank(F("document__head"), query, weights=WEIGHTS, cover_density=True)
    some = SearchRank(F("document__head"), query, weights=WEIGHTS)
    rank = Round(close + some * 0.1, precision=3, output_field=FloatField())
    return courses.order_by(rank.desc(), "-enrolment_count", "title", "id")


def _hits(courses: list[Course], query: Query | None, reader: User | None) -> list[Hit]:
    if query is None:
        return [Hit(course, escape(course.title), escape(course.summary)) for course in courses]
    marks = {course.pk: [str(getattr(course, name)) for name in _MARKED] for course in courses}
    unexplained = [course for course in courses if not any(map(quoting.is_marked, marks[course.pk]))]
    quotes = quoting.passages(unexplained, query, reader)
    return [_hit(course, marks[course.pk], quotes.get(course.pk)) for course in courses]


def _hit(course: Course, marks: list[str], quoted: tuple[str, int] | None) -> Hit:
    title, summary, text = marks
    hit = Hit(course, quoting.marked(title), quoting.marked(summary))
    if quoted is not None:
        quote, day = quoted
        return replace(hit, quote=quoting.excerpt(quote), day=day)
    if quoting.is_marked(text) and not quoting.is_marked(title) and not quoting.is_marked(summary):
        return replace(hit, quote=quoting.excerpt(text))
    return hit
