"""The catalogue's filters: read from an address, written to one, applied to courses."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict

from momentum.catalog.models import Access, Category, Course, Level

if TYPE_CHECKING:
    from momentum.catalog.models.course import CourseQuerySet

PER_PAGE = 12
LENGTHS = ("7", "14", "21", "other")
SORTS = {
    "newest": ("-published_at", "title", "id"),
    "popular": ("-enrolment_count", "title", "id"),
    "title": ("title", "id"),
}
DEFAULT_SORT = "newest"
_LONGEST_SEARCH = 100
_MOST_WORDS = 8
_FACETS = ("category", "days", "access", "level", "language")


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many courses it would leave, whether it is chosen, where choosing it leads."""

    value: str
    label: str
    count: int
    chosen: bool
    query: str


@dataclass(frozen=True)
class CatalogueFilter:
    """What somebody looks for in the catalogue. Values of one facet widen, facets together narrow."""

    text: str = ""
    category: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    sort: str = DEFAULT_SORT
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Read the filter from a query string, leaving out whatever makes no sense."""
        page = query.get("page", "")
        sort = query.get("sort", "")
        return cls(
            text=" ".join(query.get("q", "").replace("\0", "").split())[:_LONGEST_SEARCH].strip(),
            category=_known(query.getlist("category"), _is_slug),
            days=_known(query.getlist("days"), LENGTHS.__contains__),
            access=_known(query.getlist("access"), Access.values.__contains__),
            level=_known(query.getlist("level"), Level.values.__contains__),
            language=_known(query.getlist("language"), _is_slug),
            sort=sort if sort in SORTS else DEFAULT_SORT,
            page=max(1, int(page)) if page.isascii() and page.isdecimal() and 0 < len(page) < 6 else 1,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything but order and page is asked for."""
        return bool(self.text) or any(getattr(self, facet) for facet in _FACETS)

    def query(self) -> str:
        """Return the query string that says this, with its question mark; empty for the whole catalogue."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in _FACETS for value in getattr(self, facet)]
        if self.sort != DEFAULT_SORT:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return f"?{urlencode(pairs)}" if pairs else ""

    def toggled(self, facet: str, value: str) -> Self:
        """Return the filter with this value of a facet added, or taken away if it was there; on page 1."""
        values: tuple[str, ...] = getattr(self, facet)
        changed = tuple(one for one in values if one != value) if value in values else (*values, value)
        return replace(self, **{facet: tuple(sorted(changed)), "page": 1})  # type: ignore[arg-type]  # by name

    def cleared(self) -> Self:
        """Return the filter that asks for nothing, in the same order."""
        return type(self)(sort=self.sort)

    def sorted_by(self, sort: str) -> Self:
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> Self:
        return replace(self, page=page)

    def apply(self, courses: "CourseQuerySet") -> "CourseQuerySet":
        """Return the courses that match, in order, with their categories."""
        matching = _by_text(courses, self.text)
        for facet in _FACETS:
            if values := getattr(self, facet):
                matching = matching.filter(_condition(facet, values))
        return matching.select_related("category").order_by(*SORTS[self.sort])


@dataclass(frozen=True)
class CataloguePage:
    """One page of the catalogue; `facets` maps a facet to its choices, `total` is before filtering."""

    filter: CatalogueFilter
    courses: Page[Course]
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    total: int = 0

    @property
    def found(self) -> int:
        return self.courses.paginator.count


def catalogue(chosen: CatalogueFilter) -> CataloguePage:
    """Gather a page of the catalogue, in five queries. It shows what is on the shelf, to admins too."""
    shelf = Course.objects.on_shelf()
    # A page past the end shows the last one: it was there when the link was made.
    courses = Paginator(chosen.apply(shelf), PER_PAGE).get_page(chosen.page)
    return CataloguePage(
        filter=replace(chosen, page=courses.number),
        courses=courses,
        facets=_facets(shelf, chosen),
        total=shelf.count(),
    )


def _facets(shelf: "CourseQuerySet", chosen: CatalogueFilter) -> dict[str, list[Choice]]:
    # One grouped query has every combination that occurs; each facet is counted with all others applied.
    grouped = (
        _by_text(shelf, chosen.text)
        .order_by()
        .values_list("category__slug", "duration_days", "access", "level", "language")
        .annotate(number=Count("pk"))
    )
    rows = [
        (
            {
                "category": category,
                "days": _length(days),
                "access": access,
                "level": level,
                "language": language,
            },
            n,
        )
        for category, days, access, level, language, n in grouped
    ]
    labels = _labels({row["language"] for row, _number in rows})
    return {
        facet: [
            Choice(
                value=value,
                label=label,
                count=counts[value],
                chosen=value in getattr(chosen, facet),
                query=chosen.toggled(facet, value).query(),
            )
            for value, label in labels[facet].items()
        ]
        for facet in _FACETS
        for counts in [_counted(rows, facet, chosen)]
    }


def _counted(
    rows: Iterable[tuple[Mapping[str, str], int]], facet: str, chosen: CatalogueFilter
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row, number in rows:
        others = (other for other in _FACETS if other != facet and getattr(chosen, other))
        if all(row[other] in getattr(chosen, other) for other in others):
            counts[row[facet]] += number
    return counts


def _labels(languages: Iterable[str]) -> dict[str, dict[str, str]]:
    categories = Category.objects.active().values_list("slug", "name")
    return {
        "category": dict(categories),
        "days": {value: value for value in LENGTHS},
        "access": {value: str(label) for value, label in Access.choices},
        "level": {value: str(label) for value, label in Level.choices},
        "language": {code: code for code in sorted(languages)},
    }


def _by_text(courses: "CourseQuerySet", text: str) -> "CourseQuerySet":
    # Every word must occur somewhere; search with ranking and stemming stands elsewhere.
    for word in text.split()[:_MOST_WORDS]:
        courses = courses.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(category__name__icontains=word)
        )
    return courses


def _condition(facet: str, values: tuple[str, ...]) -> Q:
    if facet == "category":
        return Q(category__slug__in=values)
    if facet == "days":
        usual = Q(duration_days__in=[int(value) for value in values if value != "other"])
        return usual | ~Q(duration_days__in=[7, 14, 21]) if "other" in values else usual
    return Q(**{f"{facet}__in": values})


def _length(days: int) -> str:
    return str(days) if str(days) in LENGTHS else "other"


def _known(values: Iterable[str], test: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if test(value)}))


def _is_slug(value: str) -> bool:
    return 0 < len(value) <= 80 and value.isascii() and value.replace("-", "").replace("_", "").isalnum()
