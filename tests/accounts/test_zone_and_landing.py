"""The time zone that pages are in, and where signing in leads."""

from datetime import UTC, datetime
from typing import Any

from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.middleware import TimeZone


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
    request.session = {}

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
