"""The account's own page, the time zone, and where signing in leads."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.middleware import TimeZone

PAGE = "/account/profile/"


def test_a_learner_changes_name_and_zone(as_learner: Any, learner: Any) -> None:
    response = as_learner.post(PAGE, {"name": "Lea Lernt", "time_zone": "Asia/Tokyo"})

    learner.refresh_from_db()
    assert response.headers["Location"] == PAGE
    assert (learner.name, learner.time_zone) == ("Lea Lernt", "Asia/Tokyo")
    assert 'value="Asia/Tokyo" selected' in as_learner.get(PAGE).text


@pytest.mark.parametrize(
    "fields", [{"name": "x" * 121, "time_zone": "UTC"}, {"name": "Lea", "time_zone": "Mars/Olympus"}, {}]
)
def test_what_cannot_be_used_changes_nothing(as_learner: Any, learner: Any, fields: Any) -> None:
    response = as_learner.post(PAGE, fields)

    assert response.status_code == 422
    learner.refresh_from_db()
    assert (learner.name, learner.time_zone) == ("Lea Learner", "UTC")


def test_nothing_else_can_be_changed_along(as_learner: Any, learner: Any, other_learner: Any) -> None:
    as_learner.post(
        PAGE,
        {
            "name": "Lea",
            "time_zone": "UTC",
            "role": "admin",
            "email": "x@example.com",
            "id": str(other_learner.id),
        },
    )

    learner.refresh_from_db()
    other_learner.refresh_from_db()
    assert (learner.role, learner.email, other_learner.name) == ("free", "lea@example.com", "Otto Other")


def test_a_visitor_is_sent_to_sign_in_and_changes_nothing(client: Any, learner: Any) -> None:
    response = client.post(PAGE, {"name": "Nobody", "time_zone": "UTC"})

    assert response.headers["Location"] == "/account/login/"
    learner.refresh_from_db()
    assert learner.name == "Lea Learner"


def test_without_a_token_nothing_is_changed(learner: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)

    assert strict.post(PAGE, {"name": "Thief", "time_zone": "UTC"}).status_code == 403
    learner.refresh_from_db()
    assert learner.name == "Lea Learner"


def test_a_name_is_text_and_never_markup(as_learner: Any) -> None:
    as_learner.post(PAGE, {"name": "<script>x</script>", "time_zone": "UTC"})

    assert "<script>x" not in as_learner.get(PAGE).text


def local_hour(request: Any) -> int:
    """What the clock says to a page of this request, at noon in Greenwich."""
    seen = []

    def view(inner: object) -> None:
        seen.append(timezone.localtime(datetime(2026, 1, 15, 12, tzinfo=UTC)).hour)

    TimeZone(view)(request)  # type: ignore[arg-type]
    return seen[0]


def test_pages_are_in_the_zone_of_whoever_is_signed_in(learner: Any) -> None:
    learner.time_zone = "Asia/Tokyo"
    request = RequestFactory().get("/")
    request.COOKIES["momentum_session"] = "some"
    request.user = learner

    assert local_hour(request) == 21
    assert timezone.get_current_timezone_name() == "UTC"


def test_pages_of_visitors_are_in_utc() -> None:
    assert local_hour(RequestFactory().get("/")) == 12


def test_an_administrator_lands_in_the_panel(as_admin: Any) -> None:
    assert as_admin.get("/account/landing/").headers["Location"] == reverse("panel:home")


def test_a_learner_lands_on_the_dashboard(as_learner: Any) -> None:
    assert as_learner.get("/account/landing/").headers["Location"] == reverse("engagement:dashboard")


def test_a_visitor_is_sent_to_sign_in(client: Any, db: None) -> None:
    assert client.get("/account/landing/").headers["Location"] == "/account/login/?next=/account/landing/"
