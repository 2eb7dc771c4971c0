"""What comes again and again: once on each day of somebody's calendar, at their hour, late rather than never."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail

from momentum.accounts.actions.accounts import edit_profile
from momentum.notifications.actions import preferences
from momentum.notifications.actions.deliver import deliver_due
from momentum.notifications.actions.schedule import follow_zone, schedule, tell_due
from momentum.notifications.domain.kinds import Recurrence
from momentum.notifications.models import Channel, Choice, Notification, ScheduledNotification
from tests.factories import make_user
from tests.notifications.kinds import at, by_date, daily, declaring, kind


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    with declaring(daily(by_date)):
        yield


def begin(moment: str, **fields: Any) -> Any:
    user = make_user(**fields)
    with at(moment):
        schedule(user)
        schedule(user)
    ScheduledNotification.objects.filter(user=user).exclude(kind="test.daily").delete()
    return user


def sent(moment: str) -> int:
    """Return how many emails go out at that moment."""
    mail.outbox.clear()
    with at(moment):
        while tell_due():
            pass
        deliver_due(until=datetime.fromisoformat(f"{moment}+00:00") + timedelta(minutes=1))
    return len(mail.outbox)


def next_at() -> str:
    return f"{ScheduledNotification.objects.get().next_at:%Y-%m-%d %H:%M}"


def test_it_comes_at_the_persons_hour_and_once_a_day(db: None) -> None:
    begin("2026-03-09 20:00", time_zone="Asia/Tokyo")

    assert next_at() == "2026-03-09 23:00"
    moments = ("03-09 22:59", "03-09 23:00", "03-09 23:01", "03-10 12:00", "03-10 23:00")
    assert [sent(f"2026-{moment}") for moment in moments] == [0, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("zone", "hour", "moments"),
    [
        # 02:30 is left out on the 29th of March, and comes twice on the 25th of October.
        (
            "Europe/Berlin",
            "02:30",
            [("03-28 01:30", 1), ("03-29 00:59", 0), ("03-29 01:30", 1), ("03-30 00:30", 1)],
        ),
        ("Europe/Berlin", "02:30", [("10-25 00:30", 1), ("10-25 01:30", 0), ("10-26 01:30", 1)]),
        ("America/New_York", "08:00", [("03-07 13:00", 1), ("03-08 12:00", 1), ("03-09 12:00", 1)]),
        ("Australia/Lord_Howe", "08:00", [("04-03 21:00", 1), ("04-04 21:29", 0), ("04-04 21:30", 1)]),
    ],
)
def test_days_on_which_clocks_change_bring_one_each(
    db: None, zone: str, hour: str, moments: list[tuple[str, int]]
) -> None:
    first = datetime.fromisoformat(f"2026-{moments[0][0]}+00:00")
    user = begin(f"{first - timedelta(hours=12):%Y-%m-%d %H:%M}", time_zone=zone)
    with at(f"{first - timedelta(hours=12):%Y-%m-%d %H:%M}"):
        clock = time.fromisoformat(hour)
        nobody = time(0)
        hours: Any = {"reminder_at": clock, "quiet_from": nobody, "quiet_until": nobody}
        preferences.choose(user=user, hours=hours)

    assert [(moment, sent(f"2026-{moment}")) for moment, _count in moments] == moments


def test_after_a_worker_was_away_it_comes_late_on_the_same_day_and_not_on_another(db: None) -> None:
    begin("2026-03-09 20:00")

    assert sent("2026-03-10 17:00") == 1
    # Away from then until the early morning of the 13th.
    assert sent("2026-03-13 03:00") == 0
    assert sent("2026-03-13 08:00") == 1
    assert Notification.objects.count() == 2


def test_another_hour_holds_from_then_on_and_brings_no_second_one_the_same_day(db: None) -> None:
    user = begin("2026-03-09 20:00")
    assert sent("2026-03-10 08:00") == 1
    with at("2026-03-10 09:00"):
        preferences.choose(user=user, hours={"reminder_at": time(19)})

    assert [sent(f"2026-03-{moment}") for moment in ("10 19:00", "11 08:00", "11 19:00")] == [0, 0, 1]


def test_whoever_moves_the_hour_to_one_that_is_past_is_reminded_from_tomorrow_on(db: None) -> None:
    user = begin("2026-03-09 20:00")
    with at("2026-03-10 07:30"):
        preferences.choose(user=user, hours={"reminder_at": time(19)})
    with at("2026-03-10 12:00"):
        preferences.choose(user=user, hours={"reminder_at": time(9)})

    assert [sent(f"2026-03-{moment}") for moment in ("10 12:01", "10 19:00", "11 09:00")] == [0, 0, 1]


def test_saving_the_same_hour_loses_nothing_that_is_late(db: None) -> None:
    user = begin("2026-03-09 20:00")
    with at("2026-03-10 08:05"):  # no worker has run since eight
        preferences.choose(user=user, hours={"reminder_at": time(8), "daily_cap": 2})

    assert [sent(f"2026-03-{moment}") for moment in ("10 08:06", "10 08:07")] == [1, 0]


def test_another_zone_holds_from_then_on(db: None) -> None:
    user = begin("2026-03-09 20:00")
    user.time_zone = "Asia/Tokyo"
    user.save()
    with at("2026-03-09 21:00"):
        follow_zone(user)

    assert next_at() == "2026-03-09 23:00"


def test_who_flies_past_their_hour_is_told_late_on_the_same_day(db: None) -> None:
    user = begin("2026-03-09 20:00", time_zone="America/New_York")
    with at("2026-03-10 11:00"):  # seven in New York, eight in the evening in Tokyo
        edit_profile(user=user, fields={"time_zone": "Asia/Tokyo"})

    assert [sent(f"2026-03-{moment}") for moment in ("10 11:01", "10 11:02", "10 23:00")] == [1, 0, 1]


def test_who_crosses_the_date_line_is_not_told_twice_on_the_day_of_either_side(db: None) -> None:
    user = begin("2026-03-09 12:00", time_zone="Pacific/Honolulu")
    assert sent("2026-03-09 18:00") == 1  # eight in the morning of the 9th
    with at("2026-03-09 18:30"):  # half past eight in the morning of the 10th
        edit_profile(user=user, fields={"time_zone": "Pacific/Kiritimati"})

    assert [sent(f"2026-03-{moment}") for moment in ("09 18:31", "10 18:00", "11 18:00")] == [0, 1, 1]


def test_whoever_switched_it_off_is_not_even_told(db: None) -> None:
    user = begin("2026-03-09 20:00")
    preferences.choose(user=user, choices={"test.daily": {Channel.EMAIL: Choice.OFF}})

    assert sent("2026-03-10 08:00") == 0
    assert not Notification.objects.exists()


def test_many_who_are_due_cost_the_same_few_statements(db: None, django_assert_max_num_queries: Any) -> None:
    for _number in range(12):
        begin("2026-03-09 20:00")
    with at("2026-03-10 08:00"), django_assert_max_num_queries(10):
        assert tell_due() == 12

    assert Notification.objects.count() == 12


def test_a_fault_in_one_kind_holds_up_no_other_and_is_tried_again_the_same_day(db: None) -> None:
    faults = [ZeroDivisionError(), ZeroDivisionError()]

    def faulty(users: Any, now: datetime) -> Any:
        if faults:
            raise faults.pop()
        return by_date(users, now)

    recurrence = Recurrence(at=lambda preferences: preferences.reminder_at, due=faulty)
    with declaring(kind("test.faulty", recurrence=recurrence, today_only=True)):
        user = make_user()
        with at("2026-03-09 20:00"):
            schedule(user)
        ScheduledNotification.objects.exclude(kind="test.faulty").delete()
        other = begin("2026-03-09 20:00")
        ScheduledNotification.objects.filter(user=other).exclude(kind="test.daily").delete()

        assert [sent(f"2026-03-10 08:{minute}") for minute in ("00", "05", "10", "20", "30")] == [
            1,
            0,
            0,
            1,
            0,
        ]
