"""The browsers an account is entered from: the list, signing out elsewhere, and the mail about a new one."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions import devices
from momentum.accounts.domain.user_agents import name_of
from momentum.accounts.models import Browser, Session, User
from momentum.accounts.models.session_store import hash_key
from momentum.core.ids import uuid7
from momentum.mail.models import Email
from tests.accounts.conftest import PASSWORD, link_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1 Version/26.0 Mobile/15E Safari/604.1"


def asked_for() -> list[str]:
    """The causes of the mails that tell of a browser."""
    return list(Email.objects.filter(kind="accounts.new_browser").values_list("cause", flat=True))


@pytest.fixture
def known(learner: Any) -> Any:
    """A learner who has been here before."""
    learner.last_login = timezone.now() - timedelta(days=3)
    learner.save(update_fields=["last_login"])
    return learner


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/19.0 Safari/605.1", "Safari on Mac"),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_words(agent: str, name: str) -> None:
    assert name_of(agent) == name


def test_the_list_shows_ones_own_browsers_and_marks_this_one(
    learner: Any, other_learner: Any, django_assert_num_queries: Any
) -> None:
    here, phone, stranger = Client(), Client(), Client()
    phone.force_login(learner)
    stranger.force_login(other_learner)
    here.force_login(learner)
    phone.get("/account/sessions/", headers={"User-Agent": IPHONE})
    Session.objects.filter(user=learner).update(user_agent=IPHONE)
    Session.objects.filter(user=other_learner).update(user_agent=FIREFOX)

    with django_assert_num_queries(3):
        page = here.get("/account/sessions/").text

    assert page.count("Safari on iPhone</b>") == 2
    assert page.count("This browser") == 1
    assert "Firefox" not in page


def test_an_expired_session_is_not_listed(as_learner: Any, learner: Any) -> None:
    Client().force_login(learner)
    Session.objects.filter(user=learner).order_by("-created_at").first().delete()
    Session.objects.create(
        user=learner, key_hash="old", user_agent=IPHONE, expires_at=timezone.now() - timedelta(days=1)
    )

    assert "iPhone" not in as_learner.get("/account/sessions/").text


def test_one_browser_is_signed_out_at_once(as_learner: Any, learner: Any) -> None:
    phone = Client()
    phone.force_login(learner)
    other = Session.objects.of(learner).first()

    as_learner.post(f"/account/sessions/{other.id}/removal/")

    assert phone.get("/profile/").status_code == 302
    assert as_learner.get("/profile/").status_code == 200


def test_anothers_browser_cannot_be_signed_out(as_learner: Any, as_other_learner: Any, learner: Any) -> None:
    theirs = Session.objects.of(learner).get()

    for session_id in (theirs.id, uuid7()):
        assert as_other_learner.post(f"/account/sessions/{session_id}/removal/").status_code == 404

    assert as_learner.get("/profile/").status_code == 200


def test_signing_out_everywhere_else_keeps_this_browser(
    as_learner: Any, learner: Any, other_learner: Any
) -> None:
    others = [Client() for _ in range(3)]
    for client, user in zip(others, (learner, learner, other_learner), strict=True):
        client.force_login(user)

    as_learner.post("/account/sessions/removal/", {"but": "this"})

    assert as_learner.get("/profile/").status_code == 200
    assert [client.get("/profile/").status_code for client in others] == [302, 302, 200]


def test_signing_out_everywhere_ends_this_one_too(as_learner: Any, learner: Any) -> None:
    answer = as_learner.post("/account/sessions/removal/")

    assert answer.headers["Location"] == "/account/login/"
    assert not Session.objects.filter(user=learner).exists()


def test_a_new_browser_is_told_of_once(known: Any, sign_in: Any, sent: Any) -> None:
    client = Client()
    for _ in range(3):
        sign_in(client, known.email, headers={"User-Agent": FIREFOX})
        client.post("/account/logout/")

    browser = Browser.objects.get(user=known)
    assert len(asked_for()) == 1
    (message,) = sent
    assert message.to == [known.email]
    assert "Firefox on Linux" in message.body
    assert "http://localhost:8000/account/sessions/" in message.body
    assert Email.objects.get().cause == f"accounts.new_browser/{known.id}/{browser.id}"


def test_the_browser_one_signed_up_in_is_no_news(client: Any, db: None, sign_up: Any, sent: Any) -> None:
    sign_up(client)
    client.post(link_in(sent[0]))

    assert client.get("/profile/").status_code == 200
    assert Browser.objects.count() == 1
    assert asked_for() == []


def test_a_browser_or_person_who_is_gone_is_told_nothing(known: Any, sign_in: Any, sent: Any) -> None:
    sign_in(Client(), known.email)
    known.delete()

    assert sent == []


def test_a_wrong_password_makes_no_browser_known(client: Any, known: Any, sign_in: Any) -> None:
    answer = sign_in(client, known.email, "Wrong-guess-1")

    assert "momentum_browser" not in answer.cookies
    assert not Browser.objects.exists()


def test_the_second_step_comes_before_the_browser_is_known(client: Any, known: Any, sign_in: Any) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=known, type="totp", data={"secret": "x"})

    sign_in(client, known.email)

    assert not Browser.objects.exists()


def test_the_cookie_is_for_the_pages_of_accounts_and_for_no_script(
    client: Any, known: Any, sign_in: Any
) -> None:
    cookie = sign_in(client, known.email).cookies["momentum_browser"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/account/", True, "Lax")
    row = Browser.objects.get()
    assert row.key_hash == hash_key(cookie.value)
    assert cookie.value not in str(Browser.objects.values_list().get())


@pytest.mark.parametrize("made_up", ["x", "a" * 44, "a" * 42 + "\x00", "a" * 42 + "%"])
def test_a_made_up_key_is_replaced(client: Any, known: Any, sign_in: Any, made_up: str) -> None:
    client.cookies["momentum_browser"] = made_up

    assert sign_in(client, known.email).cookies["momentum_browser"].value != made_up


def test_two_people_share_a_browser(client: Any, known: Any, other_learner: Any, sign_in: Any) -> None:
    for person in (known, other_learner, known, other_learner):
        sign_in(client, person.email)
        client.post("/account/logout/")

    assert set(Browser.objects.values_list("user__email", flat=True)) == {known.email, other_learner.email}
    assert Browser.objects.count() == 2
    assert Browser.objects.values("key_hash").distinct().count() == 1


def test_browsers_that_nobody_came_back_to_are_forgotten(known: Any, sign_in: Any) -> None:
    sign_in(Client(), known.email)
    sign_in(Client(), known.email)
    Browser.objects.filter(pk=Browser.objects.first().pk).update(
        last_seen_at=timezone.now() - timedelta(days=401)
    )

    devices.forget_unused()

    assert Browser.objects.count() == 1


def test_a_person_who_leaves_takes_their_browsers_along(known: Any, sign_in: Any) -> None:
    sign_in(Client(), known.email, PASSWORD)

    User.objects.get(pk=known.pk).delete()

    assert not Browser.objects.exists()
