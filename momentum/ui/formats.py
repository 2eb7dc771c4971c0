"""Moments, days and amounts, as the reader's language writes them and in the reader's time zone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from momentum.core.money import locale_of, written


@lru_cache(maxsize=200)
def _locale(language: str | None) -> Locale:
    # English is the world's here, not America's: the day comes before the month.
    return locale_of("en-GB" if language == "en" else language)


def _in_words(value: date, skeleton: str) -> str:
    """Write a day with the parts that a CLDR skeleton names, in the order and with the signs of the language."""
    day = value.date() if isinstance(value, datetime) else value
    return _day_in_words(get_language(), day, skeleton)


@lru_cache(maxsize=10_000)
def _day_in_words(language: str | None, day: date, skeleton: str) -> str:
    return format_skeleton(skeleton, day, locale=_locale(language))


def _local_date(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def day(value: date) -> str:
    """Return "today", "yesterday", or a date such as "9 November", with its year when that isn't this one."""
    zone = timezone.get_current_timezone()
    when = value.astimezone(zone).date() if isinstance(value, datetime) else value
    today = timezone.now().astimezone(zone).date()
    if when == today:
        return _("today")
    if when == today - timedelta(days=1):
        return _("yesterday")
    return _in_words(when, "MMMMd" if when.year == today.year else "yMMMMd")


def day_title(value: date) -> str:
    """Return a day as the heading of what happened on it: "Today", "Yesterday", or "Tuesday 24 November"."""
    when, today = _local_date(value), timezone.localtime().date()
    if when == today:
        return _("Today")
    if when == today - timedelta(days=1):
        return _("Yesterday")
    return _in_words(when, "MMMMEEEEd" if when.year == today.year else "yMMMMEEEEd")


def coming_day(value: date) -> str:
    """Return a day to come, as short as it can be said: "tomorrow", "Thursday", or a date such as "3 December"."""
    when, today = _local_date(value), timezone.localdate()
    if when == today + timedelta(days=1):
        return _("tomorrow")
    return weekday(when) if today < when < today + timedelta(days=7) else _in_words(when, "MMMMd")


def date_words(value: date) -> str:
    """A date in full, such as "9 November 2026", whatever day it is now."""
    return _in_words(_local_date(value), "yMMMMd")


def weekday(value: date) -> str:
    """The day's name, such as "Tuesday"."""
    return str(_locale(get_language()).days["stand-alone"]["wide"][_local_date(value).weekday()])


def weekday_short(value: date) -> str:
    """The day's short name, such as "Tue"."""
    return str(_locale(get_language()).days["stand-alone"]["abbreviated"][_local_date(value).weekday()])


def weekday_day(value: date) -> str:
    """A day with its name, such as "Tuesday 24 November"."""
    return _in_words(_local_date(value), "MMMMEEEEd")


def moment(value: datetime) -> str:
    """A day and a time, such as "today at 09:14"."""
    at = f"{timezone.localtime(value):%H:%M}"
    return _("%(day)s at %(time)s") % {"day": day(value), "time": at}


def time_of_day(value: datetime) -> str:
    """A time without its day, such as "09:14"."""
    return f"{timezone.localtime(value):%H:%M}"


def clock(value: datetime) -> str:
    """A time with its seconds, such as "09:20:44"."""
    return f"{timezone.localtime(value):%H:%M:%S}"


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
    """An amount in the currency's minor units, such as "€12.50" or "¥1,500"."""
    return written(minor, currency)


def recurring(minor: int, currency: str, interval: str) -> str:
    """What is paid each month or year, such as "€12.00/month"."""
    said = _("%(amount)s/year") if interval == "year" else _("%(amount)s/month")
    return said % {"amount": written(minor, currency)}


def usd(micros: int | None) -> str:
    """Millionths of a dollar as dollars, such as "$0.31"; smaller amounts keep what can be seen."""
    if micros is None:
        return "–"
    dollars = Decimal(micros) / 1_000_000
    return f"${dollars:,.2f}" if not micros or abs(micros) >= 10_000 else f"${dollars:,.4f}"


def number(value: float) -> str:
    """A number with thousands set apart."""
    return _number(get_language(), value)


@lru_cache(maxsize=10_000, typed=True)
def _number(language: str | None, value: float) -> str:
    return format_decimal(value, locale=_locale(language))


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "day_title": day_title,
    "coming_day": coming_day,
    "date_words": date_words,
    "weekday": weekday,
    "weekday_short": weekday_short,
    "weekday_day": weekday_day,
    "moment": moment,
    "time_of_day": time_of_day,
    "clock": clock,
    "duration": duration,
    "minutes": minutes,
    "money": money,
    "recurring": recurring,
    "usd": usd,
    "number": number,
}
