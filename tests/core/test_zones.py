"""Only time zones that Python and the database understand alike."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.db import connection
from django.utils import timezone

from momentum.accounts.actions.admin import mend_time_zones
from momentum.accounts.models import User, time_zones
from momentum.core.zones import nearest_known
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_every_zone_that_is_offered_tells_the_same_time_in_both() -> None:
    zones, now = sorted(time_zones()), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "select name, (%s::timestamptz at time zone name) from unnest(%s::text[]) name", [now, zones]
        )
        told = dict(cursor.fetchall())

    assert {name: now.astimezone(ZoneInfo(name)).replace(tzinfo=None) for name in zones} == told
    assert {"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"} <= set(zones)
    assert set(zones) <= available_timezones()


def test_a_zone_that_one_of_them_doesn_t_know_is_replaced_by_one_that_shows_the_same_time() -> None:
    berlin = frozenset({"Europe/Berlin", "Asia/Tokyo", "UTC"})

    assert nearest_known("Europe/Zurich", known=lambda: berlin) == "Europe/Berlin"
    assert nearest_known("Asia/Tokyo", known=lambda: berlin) == "Asia/Tokyo"
    assert nearest_known("Mars/Olympus_Mons", known=lambda: berlin) == "UTC"
    assert nearest_known("../etc/passwd", known=lambda: berlin) == "UTC"


def test_a_place_that_has_changed_its_rules_is_replaced_by_one_that_shows_the_same_time_from_now_on() -> None:
    # Amman gave up changing its clocks in 2022.
    others = frozenset({"Europe/Athens", "Asia/Riyadh", "Africa/Nairobi", "Asia/Damascus", "UTC"})

    assert nearest_known("Asia/Amman", known=lambda: others) == "Asia/Damascus"
    assert nearest_known("Asia/Kathmandu", known=lambda: others) == "UTC"


def test_migrating_mends_the_zones_of_people(learner: User) -> None:
    fine = make_user(time_zone="Asia/Tokyo")
    User.objects.filter(pk=learner.pk).update(time_zone="Mars/Olympus_Mons")

    assert mend_time_zones() == 1

    learner.refresh_from_db()
    fine.refresh_from_db()
    assert (learner.time_zone, fine.time_zone) == ("UTC", "Asia/Tokyo")
