"""Lists: what is asked for, which rows that is, and which page of them."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.ui.date_fields import DayField

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ALL = ("", _("All"))
PER_PAGE = 30
PERIODS = (7, 30, 90, 365)
_USUAL_PERIOD = 30
_DAYS = ("since", "until")


def choice(label: "StrPromise", *choices: tuple[str, Any]) -> forms.ChoiceField:
    """Return a field that asks for one of the choices, or for all."""
    return forms.ChoiceField(label=label, choices=[ALL, *choices], required=False)


def words(label: "StrPromise", max_length: int = 100) -> forms.CharField:
    """Return a field that asks for words."""
    return forms.CharField(label=label, max_length=max_length, required=False, widget=forms.SearchInput())


def day(label: "StrPromise") -> forms.DateField:
    """Return a field that asks for a day, in the reader's zone."""
    return DayField(label=label, required=False)


class FilterForm(forms.Form):
    """What of a list is asked for; whatever makes no sense is left out of `cleaned_data`.

    A list in the panel has one of these: `rows` is everything in it, and `find` what of that is asked for.
    """

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.offer()
        self.is_valid()

    def offer(self) -> None:
        """Fill in the choices that depend on what there is."""

    def rows(self) -> "QuerySet[Any]":
        """Return everything that the list can show, with what its cells say."""
        raise NotImplementedError

    def find(self) -> "QuerySet[Any]":
        """Return the rows that are asked for."""
        return self.rows()

    @property
    def asked(self) -> bool:
        """Whether anything is asked for."""
        return any(self.cleaned_data.values())


class DatedFilterForm(FilterForm):
    """The same for rows of a certain day."""

    since = day(_("From"))
    until = day(_("To"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.order_fields([*(name for name in self.fields if name not in _DAYS), *_DAYS])

    def within[T: QuerySet[Any]](self, found: T, field: str) -> T:
        """Narrow rows to the days that are asked for, both included, by a field that holds a moment."""
        if since := self.cleaned_data.get("since"):
            found = found.filter(**{f"{field}__gte": _midnight(since)})
        if until := self.cleaned_data.get("until"):
            found = found.filter(**{f"{field}__lt": _midnight(until + timedelta(days=1))})
        return found


def page_of(request: HttpRequest, found: "QuerySet[Any]", per_page: int = PER_PAGE) -> dict[str, Any]:
    """Return the `page` of rows that is asked for, and the `query` that asks for this list without its page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    page = Paginator(found, per_page).get_page(request.GET.get("page"))
    return {"page": page, "query": asked.urlencode()}


def period_of(request: HttpRequest) -> int:
    """Return how many days back a report is asked for: one of PERIODS."""
    asked = request.GET.get("days", "")
    return next((days for days in PERIODS if str(days) == asked), _USUAL_PERIOD)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
