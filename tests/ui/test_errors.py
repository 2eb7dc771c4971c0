"""What people see when the answer is no."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from momentum.core import errors
from momentum.ui.errors import turned_away
from tests.factories import make_course

REFUSALS: dict[str, Exception] = {
    "refused": errors.DomainError("Nothing can be done with that."),
    "invalid": errors.InvalidError("The title is missing."),
    "not-found": errors.NotFoundError("That course has ended."),
    "sign-in": errors.SignInRequiredError(),
    "forbidden": errors.ForbiddenError("Only its author may."),
    "conflict": errors.ConflictError("Ada saved it first."),
    "limit": errors.LimitError("Ten a day.", data={"retry_after": 90}),
    "away": errors.UnavailableError("The writer is away."),
    "suspicious": SuspiciousOperation("a secret detail"),
    "denied": PermissionDenied("a secret detail"),
    "database": OperationalError("a secret detail"),
    "broken": RuntimeError("a secret detail"),
}


def raising(name: str) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise REFUSALS[name]

    return view


urlpatterns = [
    *(path(f"raise/{name}/", raising(name)) for name in REFUSALS),
    path("", include("momentum.urls")),
]
handler400 = "momentum.ui.errors.bad_request"
handler403 = "momentum.ui.errors.forbidden"
handler404 = "momentum.ui.errors.not_found"
handler500 = "momentum.ui.errors.broken"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("name", "status", "heading", "sentence"),
    [
        ("refused", 400, "Bad request", "Nothing can be done with that."),
        ("invalid", 422, "This isn’t possible.", "The title is missing."),
        ("not-found", 404, "Page not found", "That course has ended."),
        ("forbidden", 403, "You don’t have permission", "Only its author may."),
        ("conflict", 409, "This has changed", "Ada saved it first."),
        ("limit", 429, "Too many requests", "Ten a day."),
        ("away", 503, "is away", "The writer is away."),
        ("suspicious", 400, "Bad request", "Go back"),
        ("denied", 403, "You don’t have permission", "You don’t have permission"),
        ("database", 503, "Just a moment", "This page tries again by itself"),
        ("broken", 500, "Something went wrong on our side", "Try again in a minute"),
    ],
)
def test_each_refusal_has_a_page_that_says_what_and_where_to_go(
    visitor: Client, name: str, status: int, heading: str, sentence: str
) -> None:
    answer = visitor.get(f"/raise/{name}/")
    page = answer.content.decode()

    assert answer.status_code == status
    assert heading in page
    assert sentence in page
    # Support can't help who has to wait.
    assert (answer.headers["X-Request-ID"] in page) == (status != 429)
    assert 'href="/"' in page
    assert '<main id="main"' in page
    assert "secret detail" not in page
    assert "public" not in answer.headers["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize(
    ("status", "heading", "advice"),
    [
        (400, "Bad request", "Check the address"),
        (408, "That took too long", "Check your connection"),
        (413, "Too large", "choose something smaller"),
        (429, "Too many requests", "Wait a few seconds"),
        (503, "Temporarily unavailable", "Wait a few seconds"),
    ],
)
def test_what_is_refused_before_a_view_is_asked_has_a_page_too(
    status: int, heading: str, advice: str
) -> None:
    page = turned_away(status, "At most <1> MB.")

    assert f'<h1 class="error__title">{heading}</h1>' in page
    assert "At most &lt;1&gt; MB." in page
    assert advice in page
    assert 'href="/"' in page


def test_a_form_that_met_no_database_has_to_be_sent_again(visitor: Client) -> None:
    answer = visitor.post("/raise/database/", headers={"Referer": "http://testserver/courses/bread/"})
    page = answer.content.decode()

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "http-equiv" not in page
    assert "what you sent may not have been saved" in page
    assert 'href="/courses/bread/"' in page


def test_a_refusal_in_the_panel_stays_in_the_panel_and_leads_back(
    as_admin: Client, as_learner: Client
) -> None:
    course = make_course()
    address = f"/panel/courses/{course.pk}/"

    refused = as_admin.post(
        f"{address}status/", {"state": "x"}, headers={"Referer": f"http://testserver{address}"}
    )
    stranger = as_learner.post(f"{address}status/", {"state": "x"})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Choose draft, published or archived." in page
    assert 'class="rail"' in page
    assert f'<a class="btn btn--main" href="{address}">Go back</a>' in page
    assert 'class="rail"' not in stranger.content.decode()


def test_a_limit_says_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/raise/limit/").headers["Retry-After"] == "90"


def test_an_address_that_nothing_answers_gets_the_same_page(visitor: Client) -> None:
    answer = visitor.get("/no/such/page/")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_the_page_of_a_broken_server_asks_the_database_nothing(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        visitor.get("/raise/broken/")


def test_who_must_sign_in_first_is_sent_there_and_back(visitor: Client) -> None:
    answer = visitor.get("/raise/sign-in/?day=2")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=/raise/sign-in/%3Fday%3D2"


def test_who_sent_a_form_comes_back_to_its_page(visitor: Client) -> None:
    answer = visitor.post("/raise/sign-in/", headers={"Referer": "http://testserver/courses/bread/"})

    assert answer.headers["Location"] == "/account/login/?next=/courses/bread/"


def test_nobody_is_sent_to_another_site_after_signing_in(visitor: Client) -> None:
    elsewhere = visitor.post("/raise/sign-in/", headers={"Referer": "http://evil.example/"})
    slashes = visitor.post("/raise/sign-in/", headers={"Referer": "http://testserver//evil.example/"})

    assert elsewhere.headers["Location"] == "/account/login/"
    assert slashes.headers["Location"] == "/account/login/?next=/evil.example/"


def test_htmx_gets_a_note_where_messages_are_said(visitor: Client) -> None:
    answer = visitor.get("/raise/conflict/", headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#messages"
    note = '<p class="note note--fault" role="alert" data-code="conflict">Ada saved it first.</p>'
    assert answer.content.decode().strip() == note


def test_htmx_is_sent_to_sign_in_as_a_whole_page(visitor: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/courses/bread/"}

    answer = visitor.post("/raise/sign-in/", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/account/login/?next=/courses/bread/"


def test_a_form_without_its_token_can_be_sent_again() -> None:
    visitor = Client(enforce_csrf_checks=True)

    answer = visitor.post(
        "/account/login/", {"login": "x"}, headers={"Referer": "http://testserver/account/login/"}
    )

    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()
    assert 'href="/account/login/"' in answer.content.decode()


def test_a_request_for_a_strange_host_gets_the_page_too(visitor: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["momentum.example"]

    answer = visitor.get("/courses/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "Bad request" in answer.content.decode()
