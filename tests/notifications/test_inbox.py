"""The bell and the list of what somebody was told: theirs alone, in their days, and read only by what they do."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.models import User
from momentum.notifications.models import Notification
from tests.factories import make_user
from tests.notifications.kinds import at
from tests.pages import main, soup, words

pytestmark = pytest.mark.django_db

PAGE, ARCHIVE, ALL = "/notifications/", "/notifications/archive/", "/notifications/state/"


def told(
    user: User, title: str = "Something", *, when: datetime | None = None, **fields: Any
) -> Notification:
    row = Notification.objects.create(
        user=user, kind="test.news", cause=str(uuid.uuid4()), title=title, **fields
    )
    if when:
        Notification.objects.filter(pk=row.pk).update(created_at=when)
    return row


def bell(client: Client, page: str = "/today/") -> str:
    return str(soup(client.get(page)).select_one(".masthead #bell")["aria-label"])


def days(client: Client, page: str = PAGE) -> dict[str, list[str]]:
    return {
        words(section.h2): [words(title) for title in section.select(".notice__title")]
        for section in main(client.get(page)).select("section")
    }


def test_the_header_says_how_many_are_unread_and_asks_nothing_more_for_it(
    as_learner: Client, learner: User, other_learner: User
) -> None:
    with CaptureQueriesContext(connection) as before:
        assert bell(as_learner, "/settings/") == "Notifications"
    told(other_learner)
    told(learner, read_at=timezone.now())
    told(learner, archived_at=timezone.now())
    told(learner, in_inbox=False)
    told(learner)
    told(learner)

    with CaptureQueriesContext(connection) as after:
        assert bell(as_learner, "/settings/") == "Notifications, 2 unread"

    assert len(after) == len(before) == 1
    Notification.objects.bulk_create(
        Notification(user=learner, kind="test.news", cause=str(number), title="More") for number in range(98)
    )
    assert bell(as_learner) == "Notifications, more than 99 unread"


def test_the_panel_has_a_bell_and_visitors_have_none(as_admin: Client, admin: User, client: Client) -> None:
    told(admin)

    assert bell(as_admin, "/panel/") == "Notifications, 1 unread"
    assert soup(client.get("/courses/")).select_one("#bell") is None


@pytest.mark.parametrize(
    ("zone", "now", "moments", "expected"),
    [
        # Midnight in Berlin is 23:00 in UTC before the clocks go forward on 29 March, and 22:00 after.
        (
            "Europe/Berlin", "2026-03-29 22:30",
            ["2026-03-28 22:59", "2026-03-28 23:00", "2026-03-29 21:59", "2026-03-29 22:00"],
            {"Today": ["3"], "Yesterday": ["2", "1"], "Saturday 28 March": ["0"]},
        ),
        ("Pacific/Auckland", "2026-03-10 12:00", ["2026-03-10 10:59", "2026-03-10 11:00"],
         {"Today": ["1"], "Yesterday": ["0"]}),
        ("America/Los_Angeles", "2026-01-02 12:00", ["2025-12-31 12:00", "2026-01-01 07:59", "2026-01-01 08:00"],
         {"Yesterday": ["2"], "Wednesday, 31 December 2025": ["1", "0"]}),
    ],
)  # fmt: skip
def test_they_are_listed_by_the_days_of_the_reader_the_latest_first(
    learner: User, zone: str, now: str, moments: list[str], expected: dict[str, list[str]]
) -> None:
    learner.time_zone = zone
    learner.save()
    with at(now):
        client = Client()
        client.force_login(learner)
        for number, moment in enumerate(moments):
            told(learner, str(number), when=datetime.fromisoformat(f"{moment}+00:00"))

        assert days(client) == expected


def test_opening_one_marks_it_read_and_leads_on_and_only_a_post_does(
    as_learner: Client, learner: User
) -> None:
    row = told(learner, path="/courses/")

    assert as_learner.get(f"/notifications/{row.id}/").status_code == 405
    as_learner.get(PAGE)
    assert Notification.objects.unread().count() == 1

    for _again in range(2):
        answer = as_learner.post(f"/notifications/{row.id}/")
        assert (answer.status_code, answer["Location"]) == (302, "/courses/")
    row.refresh_from_db()
    assert row.read_at is not None
    assert "Unread" not in words(main(as_learner.get(PAGE)))


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", ""]
)
def test_one_that_leads_nowhere_here_leads_back_to_the_list(
    as_learner: Client, learner: User, path: str
) -> None:
    assert as_learner.post(f"/notifications/{told(learner, path=path).id}/")["Location"] == PAGE


def test_what_is_put_away_is_read_and_in_the_archive_and_comes_back(
    as_learner: Client, learner: User
) -> None:
    row = told(learner)
    first = None

    for _again in range(2):
        as_learner.post(f"/notifications/{row.id}/state/", {"state": "archived"})
        row.refresh_from_db()
        first = first or row.archived_at
        assert (row.archived_at, row.read_at) == (first, first)
    assert (days(as_learner), days(as_learner, ARCHIVE)) == ({}, {"Today": ["Something"]})

    as_learner.post(f"/notifications/{row.id}/state/", {"state": "inbox"})
    assert (days(as_learner), days(as_learner, ARCHIVE)) == ({"Today": ["Something"]}, {})
    assert as_learner.post(f"/notifications/{row.id}/state/", {"state": "gone"}).status_code == 422


def test_all_at_once_leaves_what_came_after_the_page_was_made_and_what_is_others(
    as_learner: Client, learner: User, other_learner: User
) -> None:
    for _number in range(3):
        told(learner)
    page = main(as_learner.get(PAGE))
    until = page.select_one("input[name=until]")["value"]
    later, others = told(learner, "Later"), told(other_learner)

    as_learner.post(ALL, {"state": "read", "until": until})
    assert bell(as_learner) == "Notifications, 1 unread"
    as_learner.post(ALL, {"state": "archived", "until": until})

    assert days(as_learner) == {"Today": ["Later"]}
    assert set(Notification.objects.unread()) == {later, others}
    as_learner.post(ALL, {"state": "archived", "until": "nonsense"})
    assert days(as_learner) == {}
    assert Notification.objects.unread().get() == others


@pytest.mark.parametrize("state", ["", "read", "archived", "inbox"])
def test_what_is_somebody_elses_is_not_there(as_other_learner: Client, learner: User, state: str) -> None:
    rows = [told(learner, path="/courses/"), told(learner, archived_at=timezone.now())]
    before = list(Notification.objects.order_by("id").values())

    for row in rows:
        address = f"/notifications/{row.id}/" + ("state/" if state else "")
        assert as_other_learner.post(address, {"state": state}).status_code == 404

    assert list(Notification.objects.order_by("id").values()) == before
    assert days(as_other_learner) == days(as_other_learner, ARCHIVE) == {}


def test_however_many_there_are_a_page_takes_as_many_statements(as_learner: Client, learner: User) -> None:
    for number in range(31):
        told(learner, str(number), when=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number))

    with CaptureQueriesContext(connection) as captured:
        listed = days(as_learner)

    assert len(captured) == 3  # the session, how many there are, and those of this page
    assert sum(map(len, listed.values())) == 30
    assert list(days(as_learner, f"{PAGE}?page=2").values()) == [["0"]]


def test_who_looks_as_somebody_reads_and_changes_nothing_of_theirs(
    as_admin: Client, admin: User, learner: User
) -> None:
    row = told(learner, path="/courses/")
    told(admin)
    as_admin.post(reverse("panel:user-impersonation", args=[learner.id]))

    answers = [
        as_admin.get(PAGE),
        as_admin.post(f"/notifications/{row.id}/"),
        as_admin.post(f"/notifications/{row.id}/state/", {"state": "archived"}),
        as_admin.post(ALL, {"state": "read"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    row.refresh_from_db()
    assert (row.read_at, row.archived_at) == (None, None)
    assert soup(as_admin.get("/today/")).select_one("#bell") is None


def test_what_somebody_was_told_goes_with_them(as_learner: Client, learner: User) -> None:
    told(learner)
    keep = told(make_user())

    learner.delete()

    assert Notification.objects.get() == keep
