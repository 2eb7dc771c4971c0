"""Whose day it is: every door that makes an account learns the zone, and another one is asked about once."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions.admin import invite_user
from momentum.accounts.models import User, time_zones
from momentum.catalog.models import Rhythm
from momentum.cli.zone import local_zone
from momentum.engagement.queries import today
from momentum.learning.permissions import can_open
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD, link_in
from tests.accounts.elsewhere import sign_in_by
from tests.accounts.issuer import Issuer
from tests.factories import make_course, make_enrolment, make_user
from tests.learning.rows import lesson_of

pytestmark = pytest.mark.django_db

ZONE = "/account/time-zone/"
SEOUL, MADRID, DENVER = "Asia/Seoul", "Europe/Madrid", "America/Denver"


def choose_password(client: Client, message: Any, **fields: str) -> None:
    form = client.get(link_in(message), follow=True).request["PATH_INFO"]
    client.post(form, {"password1": NEW_PASSWORD, **fields})


def test_who_is_invited_lives_where_their_browser_is_and_their_days_begin_there(
    client: Client, admin: User, sent: Any
) -> None:
    person = invite_user(actor=admin, email="dan@example.com", name="Dan", role="free")

    choose_password(client, sent[0], time_zone=DENVER)

    person.refresh_from_db()
    assert person.time_zone == DENVER
    # Monday at nine in Denver; the second lesson waits for midnight there.
    course = make_course(days=2, rhythm=Rhythm.ONE_A_DAY)
    monday = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo(DENVER))
    make_enrolment(person, course, at=monday)
    midnight = datetime(2026, 6, 2, tzinfo=ZoneInfo(DENVER))
    second = lesson_of(course, 2)
    assert can_open(person, second, at=midnight - timedelta(minutes=1)) is False
    assert can_open(person, second, at=midnight) is True


def test_a_forgotten_password_moves_nobody(client: Client, learner: User, sent: Any) -> None:
    client.post("/account/password/reset/", {"email": learner.email})

    choose_password(client, sent[0], time_zone=SEOUL)

    learner.refresh_from_db()
    assert learner.time_zone == "UTC"


@pytest.mark.parametrize(("said", "zone"), [(SEOUL, SEOUL), ("Mars/Olympus", "UTC"), ("", "UTC")])
def test_who_comes_from_an_account_elsewhere_brings_their_zone(
    client: Client, db: None, issuer: Issuer, sent: Any, said: str, zone: str
) -> None:
    sign_in_by(client, issuer, time_zone=said)

    assert User.objects.get().time_zone == zone


def test_an_administrator_made_at_a_keyboard_lives_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", SEOUL)

    assert local_zone() == SEOUL


def test_a_no_is_remembered_and_a_yes_moves_the_profile(as_learner: Client, learner: User) -> None:
    assert as_learner.post(ZONE, {"zone": SEOUL, "answer": "no"}).status_code == 204
    assert f'data-declined="{SEOUL}"' in as_learner.get("/today/").text
    assert as_learner.post(ZONE, {"zone": SEOUL, "answer": "no"}).status_code == 204
    learner.refresh_from_db()
    assert (learner.time_zone, learner.time_zones_declined) == ("UTC", [[SEOUL, "UTC"]])

    assert as_learner.post(ZONE, {"zone": MADRID, "answer": "yes"}).status_code == 204

    learner.refresh_from_db()
    assert (learner.time_zone, learner.time_zones_declined) == (MADRID, [[SEOUL, "UTC"]])
    # Who lives in Madrid was never asked about Seoul.
    assert 'data-declined=""' in as_learner.get("/today/").text


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "x" * 5000, "../etc/passwd", "\x00"])
def test_a_zone_that_is_none_changes_nothing(as_learner: Client, learner: User, zone: str) -> None:
    assert as_learner.post(ZONE, {"zone": zone, "answer": "yes"}).status_code == 422
    assert as_learner.post(ZONE, {"zone": zone, "answer": "seen"}).status_code == 422

    learner.refresh_from_db()
    assert (learner.time_zone, learner.time_zones_declined) == ("UTC", [])


@pytest.fixture
def amman_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the database not know a zone that browsers name."""
    usual = frozenset(time_zones() - {"Asia/Amman"})
    monkeypatch.setattr("momentum.accounts.actions.time_zones.time_zones", lambda: usual)


@pytest.mark.usefixtures("amman_unknown")
def test_a_zone_that_only_browsers_know_is_lived_by_the_clock_of_another(
    client: Client, sign_up: Any, as_learner: Client, learner: User
) -> None:
    sign_up(client, email="omar@example.com", time_zone="Asia/Amman")

    answers = [as_learner.post(ZONE, {"zone": "Asia/Amman", "answer": answer}) for answer in ("seen", "yes")]

    omar = User.objects.get(email="omar@example.com")
    learner.refresh_from_db()
    assert omar.zones_declined() == ["Asia/Amman"]
    same = [datetime(2026, month, 1, tzinfo=ZoneInfo("Asia/Amman")).utcoffset() for month in (1, 7)]
    assert omar.time_zone == learner.time_zone != "Asia/Amman"
    assert [datetime(2026, month, 1, tzinfo=ZoneInfo(omar.time_zone)).utcoffset() for month in (1, 7)] == same
    assert [answer.status_code for answer in answers] == [204, 204]
    # Neither is the server told on each page, nor the question asked again.
    page = as_learner.get("/today/").text
    assert 'data-counts="Asia/Amman"' in page
    assert 'data-declined="Asia/Amman"' in page


@pytest.mark.parametrize(
    "said", ["US/Pacific", "Asia/Calcutta", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu"]
)
def test_names_of_old_and_clocks_at_the_edge_are_taken_as_they_are(
    client: Client, sign_up: Any, said: str
) -> None:
    sign_up(client, time_zone=said)

    assert User.objects.get().time_zone == said


@pytest.mark.parametrize("answer", ["yes", "no", "seen"])
def test_one_lesson_each_day_is_a_streak_wherever_the_day_is_and_whatever_was_answered(
    client: Client, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    traveller = make_user(email="ana@example.com", password=PASSWORD, time_zone=MADRID)
    client.force_login(traveller)
    course = make_course(days=6)
    make_enrolment(traveller, course, at=datetime(2026, 11, 1, tzinfo=ZoneInfo(MADRID)))
    client.post(ZONE, {"zone": SEOUL, "answer": answer})
    # Early in Seoul it is the evening before in Madrid, whose second and fifth day see nothing.
    times = [(2, 20), (3, 7), (4, 6), (5, 21), (6, 7), (7, 22)]

    for day, (date, hour) in enumerate(times, start=1):
        moment = datetime(2026, 11, date, hour, 30, tzinfo=ZoneInfo(SEOUL))
        with monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda moment=moment: moment)
            client.post(f"/lessons/{lesson_of(course, day).id}/completion/")

    traveller.refresh_from_db()
    now = datetime(2026, 11, 7, 23, tzinfo=ZoneInfo(SEOUL))
    assert today(user=traveller, now=now).streak.current == 6


def test_going_west_a_day_that_is_not_over_there_is_not_missed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    traveller = make_user(email="ana@example.com", password=PASSWORD, time_zone=MADRID)
    client.force_login(traveller)
    course = make_course(days=2)
    make_enrolment(traveller, course, at=datetime(2026, 11, 1, tzinfo=ZoneInfo(MADRID)))
    client.post(ZONE, {"zone": DENVER, "answer": "no"})
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: datetime(2026, 11, 2, 15, tzinfo=ZoneInfo(DENVER)))
        client.post(f"/lessons/{lesson_of(course, 1).id}/completion/")
    # In Madrid the third has gone by already.
    evening = datetime(2026, 11, 3, 21, tzinfo=ZoneInfo(DENVER))

    traveller.refresh_from_db()
    traveller.browser_zone = DENVER

    assert today(user=traveller, now=evening).streak.current == 1
