"""Fields for a day and for a moment, in the reader's zone, and within years that every zone and table can hold."""

from datetime import date, datetime
from typing import override

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The first and last years of the calendar leave it where a day is added, or where they are told in another zone.
FIRST_YEAR, LAST_YEAR = 1900, 2999


def _within(value: date | datetime | None) -> None:
    if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Enter a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )


class DayField(forms.DateField):
    """A day."""

    widget = forms.DateInput(
        attrs={"type": "date", "min": f"{FIRST_YEAR}-01-01", "max": f"{LAST_YEAR}-12-31"}
    )

    @override
    def to_python(self, value: str | datetime | date | None) -> date | None:
        day = super().to_python(value)
        _within(day)
        return day


class MomentField(forms.DateTimeField):
    """A day and a time."""

    widget = forms.DateTimeInput(
        attrs={
            "type": "datetime-local",
            "min": f"{FIRST_YEAR}-01-01T00:00",
            "max": f"{LAST_YEAR}-12-31T23:59",
        },
        format="%Y-%m-%dT%H:%M",
    )

    @override
    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        moment = super().to_python(value)
        _within(moment)
        return moment
