from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from momentum.ui import formats


def test_a_day_near_by_has_a_name_and_one_of_another_year_its_year() -> None:
    today = timezone.localdate()

    assert formats.day(today) == "today"
    assert formats.day(today - timedelta(days=1)) == "yesterday"
    assert formats.day(date(2020, 11, 9)) == "9 November 2020"


def test_a_day_to_come_is_told_as_shortly_as_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))
    days = [date(2026, 3, 11), date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 17)]

    assert [formats.coming_day(day) for day in days] == ["tomorrow", "Thursday", "Monday", "17 March"]


def test_moments_are_told_in_the_readers_zone() -> None:
    late = datetime(2020, 11, 9, 23, 30, tzinfo=UTC)

    with timezone.override(ZoneInfo("Pacific/Auckland")):
        assert formats.moment(late) == "10 November 2020 at 12:30"
    assert formats.moment(late) == "9 November 2020 at 23:30"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, ""), (5, "0:05"), (125, "2:05"), (3725, "1:02:05"), (timedelta(minutes=3), "3:00")],
)
def test_durations(seconds: float | timedelta | None, said: str) -> None:
    assert formats.duration(seconds) == said


@pytest.mark.parametrize(
    ("micros", "said"),
    [(None, "–"), (0, "$0.00"), (310_000, "$0.31"), (1_234_560_000, "$1,234.56"), (900, "$0.0009")],
)
def test_model_costs_keep_what_can_be_seen(micros: int | None, said: str) -> None:
    assert formats.usd(micros) == said


def test_money_and_numbers() -> None:
    assert formats.money(123_450, "EUR") == "€1,234.50"
    assert formats.number(3218) == "3,218"
    assert formats.minutes(61) == "1 minute"
    assert formats.minutes(720) == "12 minutes"
