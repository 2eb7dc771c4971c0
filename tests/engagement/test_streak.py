"""Streaks against a model that is too slow and too simple to be wrong."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from momentum.engagement.streak import ONE_DAY, Streak, StreakToday, rest_days, streak_of

TODAY = date(2026, 3, 10)


@dataclass
class Model:
    """Walks through the calendar day by day, as the rule is told to the learner."""

    current: int = 0
    longest: int = 0
    since: date | None = None
    row: int = 0
    rest: bool = False
    rested_on: date | None = None

    def live(self, day: date, *, learned: bool, over: bool) -> None:
        if learned:
            self.since = self.since or day
            self.current += 1
            self.row += 1
            self.rest = self.rest or self.row == 7
            self.longest = max(self.longest, self.current)
        elif not over:
            return
        elif self.rest:
            self.rest, self.row, self.rested_on = False, 0, day
        else:
            self.current, self.row, self.since, self.rested_on = 0, 0, None, None

    @classmethod
    def of(cls, days: set[date], today: date) -> "Model":
        model = cls()
        today = max([today, *days])
        day = min([today, *days])
        while day <= today:
            model.live(day, learned=day in days, over=day < today)
            day += ONE_DAY
        return model


def _agree(days: set[date], today: date) -> None:
    stands, model = streak_of(days).on(today), Model.of(days, today)
    assert stands == StreakToday(
        current=model.current,
        longest=model.longest,
        since=model.since,
        rest=model.rest,
        days_to_rest=0 if model.rest else 7 - model.row,
        rested_on=model.rested_on,
        done=any(day >= today for day in days),
    ), (sorted(days), today)


@pytest.mark.parametrize("seed", range(20))
def test_it_agrees_with_walking_through_the_calendar_over_thousands_of_histories(seed: int) -> None:
    chance = random.Random(seed)
    for _history in range(250):
        # Around the end of February, in years with and without a 29th, and at the turn of the year.
        start = date(
            chance.choice([2023, 2024, 2026, 2028]), chance.choice([1, 2, 12]), chance.randint(1, 28)
        )
        likely, length = chance.choice([0.2, 0.5, 0.8, 0.9, 0.97]), chance.randint(1, 80)
        days = {start + number * ONE_DAY for number in range(length) if chance.random() < likely}
        today = start + chance.randint(0, length + 4) * ONE_DAY
        _agree({day for day in days if day <= today + 2 * ONE_DAY}, today)


@pytest.mark.parametrize("seed", range(10))
def test_one_day_after_the_other_comes_to_the_same_as_all_at_once(seed: int) -> None:
    chance = random.Random(seed)
    days = sorted({TODAY - chance.randint(0, 60) * ONE_DAY for _day in range(50)})
    shuffled = chance.sample(days * 2, len(days) * 2)

    streak = Streak()
    for day in days:
        streak = streak.after(day)

    assert streak == streak_of(shuffled)


ZONES = [
    "Pacific/Kiritimati", "Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin", "UTC", "America/New_York",
    "America/St_Johns", "America/Los_Angeles", "Pacific/Pago_Pago", "Australia/Lord_Howe",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_it_agrees_for_travellers_through_nights_in_which_clocks_change(seed: int) -> None:
    chance = random.Random(seed)
    for _history in range(100):
        zone = ZoneInfo(chance.choice(ZONES))
        # From just before the changes of spring and autumn, in the north and the south; also over a 29 February.
        moment = datetime(
            *chance.choice([(2024, 2, 20), (2026, 3, 1), (2026, 3, 25), (2026, 10, 20)]), tzinfo=UTC
        )
        moment += timedelta(minutes=chance.randint(0, 1440))
        days = set()
        for _lesson in range(chance.randint(1, 60)):
            days.add(_date_by_the_clock_on_the_wall(moment, zone))
            moment += timedelta(hours=chance.choice([1, 9, 20, 23, 24, 25, 26, 30, 49]))
            if chance.random() < 0.1:
                zone = ZoneInfo(chance.choice(ZONES))
        _agree(days, _date_by_the_clock_on_the_wall(moment, zone))


def _date_by_the_clock_on_the_wall(moment: datetime, zone: ZoneInfo) -> date:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    seconds = moment.timestamp() + offset.total_seconds()
    return date(1970, 1, 1) + timedelta(days=seconds // 86_400)


def _march(*days: int) -> list[date]:
    return [date(2026, 3, day) for day in days]


@pytest.mark.parametrize(
    ("done", "current", "longest", "rest"),
    [
        ([], 0, 0, False),
        ([10], 1, 1, False),
        ([9], 1, 1, False),
        ([8], 0, 1, False),
        ([7, 8, 9], 3, 3, False),
        ([3, 4, 5, 6, 7, 8, 9], 7, 7, True),
        ([2, 3, 4, 5, 6, 7, 8], 7, 7, False),  # yesterday was the rest
        ([1, 2, 3, 4, 5, 6, 7], 0, 7, False),  # two days missed
        ([1, 2, 3, 4, 5, 6, 7, 9], 8, 8, False),
        ([1, 2, 3, 4, 5, 6, 7, 9, 10], 9, 9, False),
        ([2, 3, 4, 5, 6, 7, 9], 1, 6, False),  # six days earn no rest
        ([9, 9, 10], 2, 2, False),
        ([10, 11], 2, 2, False),  # flown west
    ],
)
def test_the_rule_by_example(done: list[int], current: int, longest: int, rest: Any) -> None:
    stands = streak_of(_march(*done)).on(TODAY)

    assert (stands.current, stands.longest, stands.rest) == (current, longest, rest)


def test_a_second_rest_takes_seven_more_days_in_a_row() -> None:
    first_seven = _march(1, 2, 3, 4, 5, 6, 7)
    six_more, seven_more = _march(9, 10, 11, 12, 13, 14), _march(9, 10, 11, 12, 13, 14, 15)

    assert streak_of([*first_seven, *six_more]).on(date(2026, 3, 16)).current == 0
    stands = streak_of([*first_seven, *seven_more]).on(date(2026, 3, 17))
    assert (stands.current, stands.rested_on, stands.since) == (14, date(2026, 3, 16), date(2026, 3, 1))
    assert (stands.rest, stands.days_to_rest, stands.done) == (False, 7, False)


def test_the_rest_days_of_a_history_are_those_between_its_days() -> None:
    days = [*_march(1, 2, 3, 4, 5, 6, 7, 9, 10), *_march(20, 21)]

    assert rest_days(days) == {date(2026, 3, 8)}
