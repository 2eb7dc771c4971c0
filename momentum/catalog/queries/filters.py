"""The catalogue's filters: read from an address, written to one, applied to courses.

What the words of a query find is for `momentum.search` to say, which stands above the catalogue.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.conf.locale import LANG_INFO
from django.db import models
from django.db.models import Case, Count, F, OrderBy, Q, When
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from momentum.catalog.models import LATEST, Category, Course, Level
from momentum.catalog.queries import offers
from momentum.core.compiled_queries import compiled
from momentum.core.parsing import read_whole

if TYPE_CHECKING:
    from momentum.catalog.models.course import CourseQuerySet

PER_PAGE = 12
LENGTHS = ("7", "14", "21", "other")
# Four votes of three and a half stars are added, so that one five doesn't stand above forty fours and fives.
_RATING = Case(
    When(rating_count__gt=0, then=(F("rating_sum") + 14.0) / (F("rating_count") + 4.0)),
    output_field=models.FloatField(),
)
RELEVANCE = "relevance"
NEWEST = "newest"
# Relevance is for search to order by, and stands for "newest" where nothing is searched for.
SORTS: dict[str, tuple[str | Promise, tuple[str | OrderBy, ...]]] = {
    RELEVANCE: (gettext_lazy("Best match"), ()),
    NEWEST: (gettext_lazy("Newest"), LATEST),
    "popular": (gettext_lazy("Most learners"), ("-enrolment_count", "title", "id")),
    "rated": (
        gettext_lazy("Highest rated"),
        (_RATING.desc(nulls_last=True), "-rating_count", "title", "id"),
    ),
    "title": (gettext_lazy("Title"), ("title", "id")),
}
_LONGEST_SEARCH = 100
FACETS = ("category", "days", "access", "level", "language")

# One combination of facets that occurs, the name of its category, and how many courses have it.
type Row = tuple[Mapping[str, str], str, int]


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many courses it would leave, and whether it is chosen in `filter`."""

    facet: str
    value: str
    label: str
    count: int
    chosen: bool
    filter: "CatalogueFilter"

    @property
    def query(self) -> str:
        """Where choosing it leads or, where it is chosen, taking it away."""
        return self.filter.toggled(self.facet, self.value).query()


@dataclass(frozen=True)
class CatalogueFilter:
    """What somebody looks for in the catalogue. Values of one facet widen, facets together narrow.

    `exact` says that the text is meant as it stands, and isn't to be corrected. `sort` is empty for the usual order.
    """

    text: str = ""
    exact: bool = False
    category: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    sort: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Read the filter from a query string, leaving out whatever makes no sense."""
        page = query.get("page", "")
        text = one_line(query.get("q", ""))
        return cls(
            text=text,
            exact=bool(text) and query.get("exact") == "1",
            category=_known(query.getlist("category"), _is_slug),
            days=_known(query.getlist("days"), LENGTHS.__contains__),
            access=_known(query.getlist("access"), offers.is_offer),
            level=_known(query.getlist("level"), Level.values.__contains__),
            language=_known(query.getlist("language"), _is_slug),
            page=read_whole(page, most=99_999) or 1,
        ).sorted_by(query.get("sort", ""), keep_page=True)

    @property
    def order(self) -> str:
        """The order that is meant, one of SORTS."""
        return self.sort or (RELEVANCE if self.text else NEWEST)

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The orders there are to choose from, with their names; the usual one is "", whatever it is by then."""
        usual = RELEVANCE if self.text else NEWEST
        there = [(name, label) for name, (label, _by) in SORTS.items() if self.text or name != RELEVANCE]
        return [("" if name == usual else name, str(label)) for name, label in there]

    @property
    def is_narrow(self) -> bool:
        """Whether anything but order and page is asked for."""
        return bool(self.text) or self.has_facets

    @property
    def has_facets(self) -> bool:
        """Whether any facet is chosen."""
        return any(getattr(self, facet) for facet in FACETS)

    def query(self) -> str:
        """Return the query string that says this, with its question mark; empty for the whole catalogue."""
        pairs = [("q", self.text)] if self.text else []
        if self.exact:
            pairs.append(("exact", "1"))
        pairs += self._facet_pairs()
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return f"?{urlencode(pairs)}" if pairs else ""

    def facet_query(self) -> str:
        """Return the facets alone, as a query string without its question mark."""
        return urlencode(self._facet_pairs())

    def toggled(self, facet: str, value: str) -> Self:
        """Return the filter with this value of a facet added, or taken away if it was there; on page 1."""
        values: tuple[str, ...] = getattr(self, facet)
        changed = tuple(one for one in values if one != value) if value in values else (*values, value)
        return replace(self, **{facet: tuple(sorted(changed)), "page": 1})  # type: ignore[arg-type]  # by name

    def cleared(self) -> Self:
        """Return the filter that asks for nothing, in the same order."""
        return type(self)().sorted_by(self.sort)

    def without_facets(self) -> Self:
        """Return the filter that asks for the text alone."""
        return type(self)(text=self.text, exact=self.exact, sort=self.sort)

    def asking(self, text: str, *, exact: bool = False) -> Self:
        """Return the filter with another text, on page 1."""
        return replace(self, text=text, exact=exact, page=1).sorted_by(self.sort)

    def sorted_by(self, sort: str, *, keep_page: bool = False) -> Self:
        """Return the filter in this order, or in the usual one where it makes no sense."""
        usual = RELEVANCE if self.text else NEWEST
        known = sort in SORTS and sort != usual and (self.text or sort != RELEVANCE)
        return replace(self, sort=sort if known else "", page=self.page if keep_page else 1)

    def on_page(self, page: int) -> Self:
        return replace(self, page=page)

    def narrow(self, courses: "CourseQuerySet") -> "CourseQuerySet":
        """Return those of the courses that the facets leave."""
        for facet in FACETS:
            if values := getattr(self, facet):
                courses = courses.filter(_condition(facet, values))
        return courses

    def counts(self) -> "FacetCounts":
        """Count what stands in the catalogue, by facet and before any facet, in two queries."""
        found: dict[UUID, list[tuple[int, str, str, str, int]]] = defaultdict(list)
        for shelf, *kind in _grouped():
            found[shelf].append(tuple(kind))
        return self.counted(
            (shelf.name, shelf.slug, *kind) for shelf in _shelves() for kind in found[shelf.pk]
        )

    def counted(self, grouped: Iterable[tuple[str, str, int, str, str, str, int]]) -> "FacetCounts":
        """Count courses that are grouped already, by category (name and slug), days, offer, level and language."""
        rows: list[Row] = [
            (
                {
                    "category": slug,
                    "days": _length(days),
                    "access": offer,
                    "level": level,
                    "language": language,
                },
                name,
                number,
            )
            for name, slug, days, offer, level, language, number in grouped
        ]
        return FacetCounts(self, rows)

    def _facet_pairs(self) -> list[tuple[str, str]]:
        return [(facet, value) for facet in FACETS for value in getattr(self, facet)]


class FacetCounts:
    """How many courses there are of each kind, before and after the facets narrow them."""

    def __init__(self, chosen: CatalogueFilter, rows: list[Row]) -> None:
        self.chosen = chosen
        self._rows = rows
        self._wanted = [(facet, values) for facet in FACETS if (values := getattr(chosen, facet))]
        # What the text finds, and what of that the facets leave.
        self.before = sum(number for _row, _name, number in rows)
        # For each row, whether the facets leave it.
        self.fits = [self._fits(row, self._wanted) for row, _name, _number in rows]
        self.after = sum(number for (_row, _name, number), fits in zip(rows, self.fits, strict=True) if fits)

    def facets(self) -> dict[str, list[Choice]]:
        """Return the choices of each facet: those that would leave something, and those that are chosen."""
        return {facet: self._choices(facet) for facet in FACETS}

    def chips(self) -> list[Choice]:
        """Return what is chosen now; following one's `query` takes it away."""
        return [choice for choices in self.facets().values() for choice in choices if choice.chosen]

    def _choices(self, facet: str) -> list[Choice]:
        counts = self._counted(facet)
        chosen = getattr(self.chosen, facet)
        return [
            Choice(facet, value, label, counts[value], value in chosen, self.chosen)
            for value, label in self._labels(facet).items()
            if counts[value] or value in chosen
        ]

    def _counted(self, facet: str) -> Counter[str]:
        others = [(name, values) for name, values in self._wanted if name != facet]
        counts: Counter[str] = Counter()
        for row, _name, number in self._rows:
            if self._fits(row, others):
                counts[row[facet]] += number
        return counts

    def _fits(self, row: Mapping[str, str], wanted: list[tuple[str, tuple[str, ...]]]) -> bool:
        return all(row[facet] in values for facet, values in wanted)

    def _labels(self, facet: str) -> dict[str, str]:
        if facet == "category":
            unknown = {slug: slug.replace("-", " ") for slug in self.chosen.category}
            # As the shelves stand; one that has nothing to do with the text keeps its chip all the same.
            found = {row["category"]: name for row, name, _number in self._rows}
            return found | {slug: label for slug, label in unknown.items() if slug not in found}
        if facet == "days":
            return {
                value: ngettext("%(n)s day", "%(n)s days", int(value)) % {"n": value}
                for value in LENGTHS[:-1]
            } | {"other": _("Other")}
        if facet == "access":
            asked = {row["access"] for row, _name, _number in self._rows} | set(self.chosen.access)
            return {value: offers.name_of(value) for value in sorted(asked, key=offers.order_of)}
        if facet == "level":
            return {value: str(label) for value, label in Level.choices}
        codes = {row["language"] for row, _name, _number in self._rows} | set(self.chosen.language)
        return {code: language_name(code) for code in sorted(codes)}


def language_name(code: str) -> str:
    """Return a language's own name, such as "Deutsch"; its code where nobody knows it."""
    known = LANG_INFO.get(code.lower()) or LANG_INFO.get(code.lower().partition("-")[0]) or {}
    return str(known.get("name_local", code)).capitalize()


def one_line(text: str) -> str:
    """Return what somebody typed on one line, without what can't be stored or shown, 100 characters at most."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text[: _LONGEST_SEARCH * 4])
    return " ".join(printable.split())[:_LONGEST_SEARCH].strip()


@compiled
def _shelves() -> models.QuerySet[Category]:
    return Category.objects.active()


@compiled
def _grouped() -> "models.QuerySet[Course, tuple[Any, ...]]":
    """Every combination of facets that published courses have, and how many have it.

    It reads only what the index of the facets has, which is why the shelves aren't joined.
    """
    kinds = Course.objects.published().order_by().annotate(offer=offers.OFFER)
    listed = kinds.values_list("category_id", "duration_days", "offer", "level", "language")
    return listed.annotate(number=Count("*"))


def _condition(facet: str, values: tuple[str, ...]) -> Q:
    if facet == "category":
        return Q(category__slug__in=values)
    if facet == "days":
        usual = Q(duration_days__in=[int(value) for value in values if value != "other"])
        return usual | ~Q(duration_days__in=[7, 14, 21]) if "other" in values else usual
    if facet == "access":
        return offers.any_of(values)
    return Q(**{f"{facet}__in": values})


def _length(days: int) -> str:
    return str(days) if str(days) in LENGTHS else "other"


def _known(values: Iterable[str], test: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if test(value)}))


def _is_slug(value: str) -> bool:
    return 0 < len(value) <= 80 and value.isascii() and value.replace("-", "").replace("_", "").isalnum()
