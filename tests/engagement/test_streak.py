"""Streaks against a model that is too slow and too simple to be wrong."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from momentum.engagement.domain.streaks import ONE_DAY, Lived, Streak, StreakToday, rest_days, streak_of
from tests.seeds import seeds

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


@pytest.mark.parametrize("seed", seeds(4, 20))
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


@pytest.mark.parametrize("seed", seeds(3, 10))
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


@pytest.mark.parametrize("seed", seeds(4, 20))
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


EVERYWHERE = [*ZONES, "Etc/GMT+12", "Pacific/Chatham", "Africa/Cairo", "America/Santiago"]
# Around nights in which clocks change here and there.
BEGINNINGS = st.sampled_from(
    [datetime(2026, month, day, tzinfo=UTC) for month, day in ((3, 5), (3, 25), (4, 2), (10, 21), (11, 1))]
)
WAITS = st.sampled_from([0, 1, 2, 5, 9, 12, 14, 20, 23, 24, 25, 30, 47, 49])
TRAVELS = st.lists(st.tuples(WAITS, st.sampled_from(EVERYWHERE)), min_size=1, max_size=40)


def _story_of(beginning: datetime, travels: list[tuple[int, str]]) -> list[Lived]:
    story, moment = [], beginning
    for hours, zone in travels:
        moment += timedelta(hours=hours)
        story.append(Lived(moment, zone))
    return story


def _by_date(story: list[Lived]) -> dict[date, Lived]:
    days: dict[date, Lived] = {}
    for lived in story:
        days.setdefault(_date_by_the_clock_on_the_wall(lived.at, ZoneInfo(lived.zone)), lived)
    return days


@example(
    datetime(2026, 3, 5, tzinfo=UTC),
    [(0, "Pacific/Kiritimati"), (0, "America/New_York"), (30, "Pacific/Kiritimati")],
)
@given(BEGINNINGS, TRAVELS)
def test_no_streak_is_longer_than_the_days_that_passed_wherever_they_were_lived(
    beginning: datetime, travels: list[tuple[int, str]]
) -> None:
    days = _by_date(_story_of(beginning, travels))

    streak = streak_of(days, days)

    assert streak.first
    # Of two at the same moment, the one where it was the day before began the run.
    run = sorted((lived.at, day, lived) for day, lived in days.items() if day >= streak.first)
    first, last = run[0][2], run[-1][2]
    passed = [
        _date_by_the_clock_on_the_wall(last.at, ZoneInfo(zone))
        - _date_by_the_clock_on_the_wall(first.at, ZoneInfo(zone))
        for zone in (first.zone, last.zone)
    ]
    assert 1 <= streak.days <= max(passed).days + 1
    assert streak.days <= streak_of(days).days
    assert streak.longest <= (last.at - beginning) // timedelta(hours=23) + 2


@given(BEGINNINGS, st.lists(WAITS, min_size=1, max_size=60), st.sampled_from(EVERYWHERE))
def test_for_who_stays_where_they_are_dates_are_days(
    beginning: datetime, waits: list[int], zone: str
) -> None:
    days = _by_date(_story_of(beginning, [(hours, zone) for hours in waits]))

    assert streak_of(days, days) == streak_of(days)


@pytest.mark.parametrize("way", ["east", "west"])
def test_three_dates_at_one_moment_are_one_day(way: str) -> None:
    zones = ["Etc/GMT+12", "UTC", "Pacific/Kiritimati"]
    if way == "west":
        zones.reverse()
    noon = datetime(2026, 3, 10, 11, 30, tzinfo=UTC)
    days = _by_date([Lived(noon + timedelta(minutes=number), zone) for number, zone in enumerate(zones)])
    assert len(days) == 3

    assert streak_of(days, days).days == 1


def test_who_moves_for_good_loses_no_day_by_it() -> None:
    home = [Lived(datetime(2026, 3, day, 19, 0, tzinfo=UTC), "Europe/Berlin") for day in (2, 3, 4)]
    # The evening of the next day, after the flight, then in the mornings, and an evening again.
    there = [datetime(2026, 3, 5, 12, 0, tzinfo=UTC), datetime(2026, 3, 5, 22, 30, tzinfo=UTC)]
    there += [datetime(2026, 3, 7, 11, 0, tzinfo=UTC)]
    days = _by_date([*home, *(Lived(moment, "Asia/Tokyo") for moment in there)])

    assert (len(days), streak_of(days, days).days) == (6, 6)


def test_a_streak_with_days_of_which_it_is_not_known_has_as_many_days_as_dates() -> None:
    noon = datetime(2026, 3, 10, 11, 30, tzinfo=UTC)
    days = _by_date([Lived(noon, zone) for zone in ("Etc/GMT+12", "UTC", "Pacific/Kiritimati")])
    known = dict(list(days.items())[1:])

    assert streak_of(days, known).days == 3
