"""One's lessons as a calendar: what is in it, who reads it, and how that ends."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar
from icalendar.timezone import tzp

from momentum.accounts.models import Role
from momentum.catalog.models import Access, Lesson
from momentum.engagement.actions.calendar import renew, turn_off, turn_on
from momentum.engagement.models import LessonCalendar
from momentum.events.models import Event
from momentum.learning.actions.enrolments import leave_course
from momentum.learning.models import Enrolment
from momentum.notifications.actions import preferences
from tests.factories import make_course, make_enrolment, make_user
from tests.notifications.kinds import at

DAY_ONE = "2026-03-26 09:00"  # a Thursday; in Berlin clocks go forward on Sunday


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def path_of(user: Any) -> str:
    return f"/calendar/{turn_on(user=user).address}.ics"


def fetch(path: str, when: str = DAY_ONE, **headers: Any) -> Any:
    with at(when):
        return Client(enforce_csrf_checks=True).get(path, **headers)


def events(path: str, when: str = DAY_ONE) -> list[tuple[str, str]]:
    """Return the moment, in UTC, and the title of each event at that address."""
    calendar = Calendar.from_ical(fetch(path, when).content)
    made = [(event.start.astimezone(ZoneInfo("UTC")), event) for event in calendar.events]
    return [(f"{start:%m-%d %H:%M}", str(event["summary"])) for start, event in made]


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def days(path: str, when: str = DAY_ONE) -> list[tuple[str, str]]:
    return [(start[:5], title) for start, title in events(path, when)]


@pytest.fixture
def berliner(db: None) -> Any:
    return make_user(time_zone="Europe/Berlin")


def test_each_day_has_its_lesson_at_the_persons_hour_whatever_the_clocks_do(berliner: Any) -> None:
    make_enrolment(berliner, make_course(title="Tides", days=5), at=moment(DAY_ONE))
    preferences.choose(user=berliner, hours={"reminder_at": time(19, 30)})

    assert events(path_of(berliner)) == [
        ("03-26 18:30", "Day 1 of Tides"),
        ("03-27 18:30", "Day 2 of Tides"),
        ("03-28 18:30", "Day 3 of Tides"),
        ("03-29 17:30", "Day 4 of Tides"),
        ("03-30 17:30", "Day 5 of Tides"),
    ]


def test_an_event_says_how_long_it_takes_and_where_it_is(berliner: Any) -> None:
    course = make_course(title="Tides", slug="tides", days=1)
    Lesson.objects.filter(course=course).update(minutes=12)
    make_enrolment(berliner, course, at=moment(DAY_ONE))

    (event,) = Calendar.from_ical(fetch(path_of(berliner)).content).events
    assert event.duration == timedelta(minutes=12)
    assert event["url"] == "http://localhost:8000/courses/tides/lessons/1/"
    assert event["description"].splitlines() == ["Day 1 of Tides", "Day 1 of Tides, 12 min", event["url"]]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata"]
)
def test_it_brings_the_rules_of_its_zone_for_programs_that_dont_know_it(db: None, zone: str) -> None:
    user = make_user(time_zone=zone)
    for start in ("2026-02-10 09:00", "2026-03-26 09:00", "2026-10-20 09:00", "2026-12-28 09:00"):
        make_enrolment(user, make_course(days=14), at=moment(start))
        calendar = Calendar.from_ical(fetch(path_of(user), start).content)
        (rules,) = calendar.timezones
        assert rules.tz_name == zone
        own = rules.to_tz(tzp, lookup_tzid=False)
        for event in calendar.events:
            clock = event.start.replace(tzinfo=None)
            assert clock.time() == time(8)
            assert clock.replace(tzinfo=own).utcoffset() == clock.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_lines_are_folded_as_the_format_wants_and_nothing_that_people_write_breaks_them(
    berliner: Any,
) -> None:
    title = "Ebbe; Flut, \\ und „Spring\ntide“ 🌊" + " sehr" * 20
    course = make_course(title="Tides", days=1)
    Lesson.objects.filter(course=course).update(title=title, minutes=5)
    make_enrolment(berliner, course, at=moment(DAY_ONE))

    body = fetch(path_of(berliner)).content
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert [str(event["summary"]) for event in Calendar.from_ical(body).events] == [title]


def test_a_lesson_that_is_done_is_marked_and_the_rest_keep_their_days(berliner: Any) -> None:
    make_enrolment(berliner, make_course(title="Tides"), done=1, at=moment(DAY_ONE))
    path = path_of(berliner)

    marked = [("03-26", "✓ Day 1 of Tides"), ("03-27", "Day 2 of Tides"), ("03-28", "Day 3 of Tides")]
    assert days(path) == marked
    assert days(path, "2026-03-27 09:00") == marked[1:]
    (done, *_rest) = Calendar.from_ical(fetch(path).content).events
    assert done["transp"] == "TRANSPARENT"


def test_who_is_behind_has_one_a_day_from_today_on(berliner: Any) -> None:
    make_enrolment(berliner, make_course(title="Tides"), at=moment(DAY_ONE))

    later = [("04-02", "Day 1 of Tides"), ("04-03", "Day 2 of Tides"), ("04-04", "Day 3 of Tides")]
    assert days(path_of(berliner), "2026-04-02 09:00") == later


def test_courses_without_a_rhythm_and_long_ones_are_planned_two_weeks_ahead(berliner: Any) -> None:
    course = make_course(title="Tides", days=30, rhythm="all_at_once", in_sequence=True)
    make_enrolment(berliner, course, done=1, at=moment(DAY_ONE))

    found = days(path_of(berliner))
    assert len(found) == 14
    assert found[:2] == [("03-26", "✓ Day 1 of Tides"), ("03-27", "Day 2 of Tides")]


def test_several_courses_share_one_event_a_day_and_the_one_worked_on_last_comes_first(berliner: Any) -> None:
    make_enrolment(berliner, make_course(title="Knots", days=4), at=moment("2026-03-25 09:00"))
    make_enrolment(berliner, make_course(title="Tides", days=2), at=moment("2026-03-25 10:00"))

    path = path_of(berliner)
    assert days(path) == [
        ("03-26", "Day 1 of Tides"),
        ("03-27", "Day 2 of Tides"),
        ("03-28", "Day 3 of Knots"),
        ("03-29", "Day 4 of Knots"),
    ]
    (first, *_rest) = Calendar.from_ical(fetch(path).content).events
    assert "Day 1 of Knots, " in first["description"]


def test_events_keep_their_ids_whatever_becomes_of_them_and_another_address_changes_none(
    berliner: Any,
) -> None:
    place = make_enrolment(berliner, make_course(), at=moment(DAY_ONE))
    before = [str(event["uid"]) for event in Calendar.from_ical(fetch(path_of(berliner)).content).events]
    make_enrolment(berliner, place.course, done=1, at=moment(DAY_ONE))
    preferences.choose(user=berliner, hours={"reminder_at": time(12)})
    renew(user=berliner)

    after = [str(event["uid"]) for event in Calendar.from_ical(fetch(path_of(berliner)).content).events]
    assert after == before
    assert len(set(after)) == 3


def test_premium_that_ended_and_courses_that_are_finished_or_left_have_no_days(berliner: Any) -> None:
    premium = make_course(title="Deep water", access=Access.PREMIUM)
    Enrolment.objects.create(
        user=berliner, course=premium, origin=Enrolment.Origin.SUBSCRIPTION, enrolled_at=moment(DAY_ONE)
    )
    make_enrolment(berliner, make_course(days=1), done=1, at=moment("2026-03-25 09:00"))
    left = make_enrolment(berliner, make_course(), at=moment(DAY_ONE))
    leave_course(user=berliner, course=left.course, at=moment(DAY_ONE))
    path = path_of(berliner)

    assert days(path) == []
    type(berliner).objects.filter(pk=berliner.pk).update(role=Role.PREMIUM)
    assert len(days(path)) == 3


def test_programs_that_have_it_get_no_second_copy_until_something_changes(
    berliner: Any, django_assert_max_num_queries: Any
) -> None:
    make_enrolment(berliner, make_course(), at=moment(DAY_ONE))
    path = path_of(berliner)
    first = fetch(path)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "no-cache"
    assert not first.cookies

    with django_assert_max_num_queries(2):
        again = fetch(path, "2026-03-26 15:00", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    preferences.choose(user=berliner, hours={"reminder_at": time(12)})
    assert fetch(path, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert "Cookie" not in first.get("Vary", "")


def test_an_address_that_was_replaced_or_switched_off_or_of_a_suspended_account_is_none(
    berliner: Any,
) -> None:
    make_enrolment(berliner, make_course(), at=moment(DAY_ONE))
    first = path_of(berliner)
    assert path_of(berliner) == first
    renew(user=berliner)
    second = path_of(berliner)
    assert [fetch(path).status_code for path in (first, second, second.upper())] == [404, 200, 404]

    type(berliner).objects.filter(pk=berliner.pk).update(is_active=False)
    assert fetch(second).status_code == 404
    type(berliner).objects.filter(pk=berliner.pk).update(is_active=True)
    turn_off(user=berliner)
    turn_off(user=berliner)
    assert fetch(second).status_code == 404
    assert path_of(berliner) not in {first, second}
    assert sorted(Event.objects.filter(name__startswith="calendar.").values_list("name", flat=True)) == [
        "calendar.renewed",
        "calendar.turned_off",
        "calendar.turned_on",
        "calendar.turned_on",
    ]


def test_what_is_kept_opens_nothing_and_a_key_that_is_replaced_leaves_addresses_alone(
    berliner: Any, settings: Any
) -> None:
    path = path_of(berliner)
    row = LessonCalendar.objects.get()
    assert all(fetch(f"/calendar/{kept}.ics").status_code == 404 for kept in (row.seed, row.address_hash))

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 9
    assert path_of(berliner) == path
    settings.SECRET_KEY_FALLBACKS = []
    assert fetch(path).status_code == 200
    assert "can’t be shown" in client_of(berliner).get("/settings/calendar/").content.decode()


def test_the_page_turns_it_on_and_off_and_only_ones_own(berliner: Any) -> None:
    client, other = client_of(berliner), make_user()
    others = path_of(other)
    page = client.get("/settings/calendar/")
    assert "Turn on calendar" in page.content.decode()
    assert not LessonCalendar.objects.filter(user=berliner).exists()

    client.post("/settings/calendar/", {"state": "on"})
    address = LessonCalendar.objects.get(user=berliner).address
    page = client.get("/settings/calendar/").content.decode()
    assert f"http://localhost:8000/calendar/{address}.ics" in page
    assert f'href="webcal://localhost:8000/calendar/{address}.ics"' in page
    client.post("/settings/calendar/", {"state": "new"})
    assert address not in client.get("/settings/calendar/").content.decode()
    client.post("/settings/calendar/", {"state": "off"})
    assert list(LessonCalendar.objects.values_list("user", flat=True)) == [other.pk]
    assert fetch(others).status_code == 200


def test_a_year_of_days_is_planned_from_any_of_them(berliner: Any) -> None:
    make_enrolment(berliner, make_course(days=20), at=moment("2026-12-25 09:00"))

    found = Calendar.from_ical(fetch(path_of(berliner), "2026-12-25 09:00").content).events
    assert [event.start.date() for event in found][-1] == date(2027, 1, 7)
