"""A list in the panel: an app says what stands in it (columns, filters, actions), and this answers with the page.

Everything works without JavaScript: a form, links, and checkboxes that belong to a second form. htmx asks for the same
addresses and swaps the block `list` of the page alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from momentum.ui import fragments
from momentum.ui.bulk_actions import BulkAction, respond_to
from momentum.ui.listing import PER_PAGE, FilterForm, page_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

type Text = "str | StrPromise"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    Args:
        text: what it says.
        href: where it leads; nowhere where empty.
        note: what is said below it, in small.
        tag: makes it a tag of this kind; "" is a kind, too.
        at: the moment that it says, for machines.
    """

    text: Any
    href: str = ""
    note: Any = ""
    tag: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column, whose cells are either what `cell` returns for a row, or what `template` says of `row`.

    Args:
        label: its title.
        cell: returns a `Cell`, or only its text, without a query.
        template: a template for cells with markup of their own; it is given `row` and what the page is given.
        sort: what an address calls the order by this column; it can't be sorted by where empty.
        by: the fields that it is sorted by.
        newest_first: whether a first click sorts downwards, as suits dates and amounts.
        nullable: whether `by` may be empty; rows where it is come last when sorted downwards.
        numeric: whether it holds numbers, which end at the right.
    """

    label: Text
    cell: Callable[[Any], Cell | str] | None = None
    template: str = ""
    sort: str = ""
    by: tuple[str, ...] = ()
    newest_first: bool = False
    nullable: bool = False
    numeric: bool = False

    def shown(self, row: object) -> Cell:
        """Return what stands in this column for a row."""
        assert self.cell is not None  # noqa: S101 - the page asks only where there is no template
        said = self.cell(row)
        return said if isinstance(said, Cell) else Cell(said)

    def ordering(self, *, down: bool) -> list[Any]:
        """Return what to order by; rows that are the same here stand in the order that they were made in."""
        if self.nullable:
            fields: list[Any] = [
                F(field).desc(nulls_last=True) if down else F(field).asc(nulls_first=True)
                for field in self.by
            ]
        else:
            fields = [f"-{field}" if down else field for field in self.by]
        return [*fields, "-pk" if down else "pk"]


@dataclass(frozen=True)
class Link:
    """A link at the top of the page; `main` is what the page is for."""

    label: Text
    route: str
    main: bool = False


@dataclass(frozen=True)
class Nothing:
    """What is said in place of an empty list, and what would be in it; `link` leads on."""

    title: Text
    text: Text
    link: Link | None = None


@dataclass(frozen=True)
class SortLink:
    """The title of a column that is sorted by: where it leads, and how the list is sorted by it now, if it is."""

    query: str
    state: str


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A list of the panel.

    Args:
        title: what the page is called.
        route: the name of its address.
        columns: its columns; the first that has a `cell` names the row.
        form: what can be asked for, and which rows that is.
        count: how many there are: `ngettext_lazy` with the number as `num`.
        nothing: what is said where there is none.
        no_match: what is said where nothing is what was asked for.
        sort: how it is sorted where nobody asks: a column's `sort`, downwards with a minus; by `form` where empty.
        actions: what can be done to several at once.
        links: links at the top.
        export: the name of the route that answers with what is asked for as a file; none where empty.
        intro: a sentence below the title.
        prepare: returns the rows of a page with what its cells say besides, in a fixed number of queries.
        template: extends `layouts/list.html` where there is more on the page.
        per_page: rows on a page.
    """

    title: Text
    route: str
    columns: tuple[Column, ...]
    form: type[FilterForm]
    count: Text
    nothing: Nothing
    no_match: Nothing = Nothing(_("No results"), _("Remove a filter or try different words."))
    sort: str = ""
    actions: tuple[BulkAction, ...] = ()
    links: tuple[Link, ...] = ()
    export: str = ""
    intro: Text = ""
    prepare: Callable[[Sequence[Any]], Sequence[Any]] = list
    template: str = "layouts/list.html"
    per_page: int = PER_PAGE

    def respond(self, request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
        """Answer with the page, its `list` alone for htmx, or with what a bulk action did.

        `context` is for `template`; what it says as `intro` or `nothing` stands in place of the list's own.
        """
        if request.method == "POST" and self.actions and "action" in request.POST:
            form = self.form(request.GET)
            return respond_to(request, self.actions, form.rows(), self.name_of, title=self.title)
        values = {**self._context(request), **context}
        if request.headers.get("HX-Target") == "list" and not request.headers.get(
            "HX-History-Restore-Request"
        ):
            response = fragments.render_block(request, self.template, "list", values, status=status)
        else:
            response = render(request, self.template, values, status=status)
        patch_vary_headers(response, ["HX-Target"])
        return response

    def find(self, request: HttpRequest) -> QuerySet[Any]:
        """Return all rows that are asked for, in the order asked for; nonsense in the address is ignored."""
        return self._sorted(self.form(request.GET), self._sort(request))

    def name_of(self, row: object) -> str:
        """Return what a row is called, without markup."""
        said = next(column for column in self.columns if column.cell).shown(row).text
        return Markup(said).striptags() if hasattr(said, "__html__") else str(said)  # noqa: S704 - as it says itself

    def key_of(self, row: Any) -> str:  # noqa: ANN401 - any model's
        """Return what names a row, in the version that is shown, where it has one."""
        version = getattr(row, "version", None)
        return str(row.pk) if version is None else f"{row.pk}:{version}"

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        form, sort = self.form(request.GET), self._sort(request)
        found = page_of(request, self._sorted(form, sort), self.per_page)
        page: Page[Any] = found["page"]
        return {
            "listing": self,
            "filters_form": form,
            "rows": self.prepare(list(page.object_list)),
            "total": self.count % {"num": page.paginator.count},
            "intro": self.intro,
            "nothing": self.nothing,
            "sort": sort,
            "sorts": {
                column.sort: self._link(request, column, sort) for column in self.columns if column.sort
            },
            "address": reverse(self.route),
            **found,
        }

    def _sort(self, request: HttpRequest) -> str:
        asked = request.GET.get("sort", "")
        return (
            asked
            if asked.removeprefix("-") in {column.sort for column in self.columns if column.sort}
            else self.sort
        )

    def _sorted(self, form: FilterForm, sort: str) -> QuerySet[Any]:
        found = form.find()
        for column in self.columns:
            if sort and column.sort == sort.removeprefix("-"):
                return found.order_by(*column.ordering(down=sort.startswith("-")))
        return found

    def _link(self, request: HttpRequest, column: Column, sort: str) -> SortLink:
        up, down = column.sort, f"-{column.sort}"
        first = down if column.newest_first else up
        asked = request.GET.copy()
        asked.pop("page", None)
        asked["sort"] = {up: down, down: up}.get(sort, first)
        return SortLink(asked.urlencode(), {up: "ascending", down: "descending"}.get(sort, ""))


def macro(template: str, name: str) -> Callable[[Any], Cell]:
    """Return a `cell` that says what a macro of a template says of a row."""

    def cell(row: object) -> Cell:
        return Cell(fragments.macro(template, name)(row))

    return cell
