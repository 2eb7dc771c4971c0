"""Moments, days and amounts in words, in the reader's time zone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def _local_date(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def day(value: date) -> str:
    """Return "today", "yesterday", or a date such as "9 November", with its year when that isn't this one."""
    when, today = _local_date(value), timezone.localdate()
    if when == today:
        return _("today")
    if when == today - timedelta(days=1):
        return _("yesterday")
    return formats.date_format(when, "j F" if when.year == today.year else "j F Y")


def coming_day(value: date) -> str:
    """Return a day to come, as short as it can be said: "tomorrow", "Thursday", or a date such as "3 December"."""
    when, today = _local_date(value), timezone.localdate()
    if when == today + timedelta(days=1):
        return _("tomorrow")
    return formats.date_format(when, "l" if today < when < today + timedelta(days=7) else "j F")


def date_words(value: date) -> str:
    """A date in full, such as "9 November 2026", whatever day it is now."""
    return formats.date_format(_local_date(value), "j F Y")


def weekday(value: date) -> str:
    """The day's name, such as "Tuesday"."""
    return formats.date_format(_local_date(value), "l")


def weekday_short(value: date) -> str:
    """The day's short name, such as "Tue"."""
    return formats.date_format(_local_date(value), "D")


def weekday_day(value: date) -> str:
    """A day with its name, such as "Tuesday 24 November"."""
    return formats.date_format(_local_date(value), "l j F")


def moment(value: datetime) -> str:
    """A day and a time, such as "today at 09:14"."""
    at = formats.date_format(timezone.localtime(value), "H:i")
    return _("%(day)s at %(time)s") % {"day": day(value), "time": at}


def clock(value: datetime) -> str:
    """A time with its seconds, such as "09:20:44"."""
    return formats.date_format(timezone.localtime(value), "H:i:s")


def duration(value: float | timedelta | None) -> str:
    """Minutes and seconds, such as "2:05", or hours first from an hour on."""
    if value is None:
        return ""
    seconds = int(value.total_seconds() if isinstance(value, timedelta) else value)
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def minutes(seconds: float) -> str:
    """Whole minutes, such as "12 minutes"."""
    count = round(seconds / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def money(minor: int, currency: str) -> str:
    """An amount in minor units with its currency, such as "12.50 EUR". Two decimals: what we sell in has them."""
    return f"{Decimal(minor) / 100:,.2f} {currency}"


def usd(micros: int | None) -> str:
    """Millionths of a dollar as dollars, such as "$0.31"; smaller amounts keep what can be seen."""
    if micros is None:
        return "–"
    dollars = Decimal(micros) / 1_000_000
    return f"${dollars:,.2f}" if not micros or abs(micros) >= 10_000 else f"${dollars:,.4f}"


def number(value: float) -> str:
    """A number with thousands set apart."""
    return f"{value:,}"


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "coming_day": coming_day,
    "date_words": date_words,
    "weekday": weekday,
    "weekday_short": weekday_short,
    "weekday_day": weekday_day,
    "moment": moment,
    "clock": clock,
    "duration": duration,
    "minutes": minutes,
    "money": money,
    "usd": usd,
    "number": number,
}
