"""Guessing passwords from many places, and finding out who has an account: neither gets anywhere."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from momentum.accounts.models import Browser, User
from tests.accounts.conftest import NEW_PASSWORD, link_in
from tests.factories import make_user


@pytest.fixture
def few(settings: Any) -> None:
    """Three guesses an hour for all strangers together."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_strangers": "3/15m/key"}


def guess(sign_in: Any, email: str, times: int) -> list[int]:
    """Guess from a different address and browser each time."""
    return [
        sign_in(Client(), email, f"Wrong-guess-{n}", REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n in range(times)
    ]


def test_fifty_machines_have_ten_guesses_in_a_quarter_of_an_hour(
    client: Any, learner: Any, sign_in: Any, sent: Any
) -> None:
    machines = [f"203.0.113.{n}" for n in range(50)]

    answers = [sign_in(Client(), learner.email, "Wrong-guess-1", REMOTE_ADDR=one) for one in machines * 2]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 90
    assert answers[-1].headers["Retry-After"] == "900"
    # The owner, in a browser that nobody knows, comes in by the mail.
    assert sign_in(client, learner.email).status_code == 429
    client.post("/account/password/reset/", {"email": learner.email})
    client.post(client.get(link_in(sent[-1])).headers["Location"], {"password1": NEW_PASSWORD})
    assert sign_in(client, learner.email, NEW_PASSWORD).status_code == 302


def test_a_stolen_cookie_of_a_known_browser_guesses_no_more_from_many_addresses(
    client: Any, learner: Any, sign_in: Any
) -> None:
    sign_in(client, learner.email)
    client.post("/account/logout/")

    answers = [
        sign_in(client, learner.email, "Wrong-guess-1", REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n in range(20)
    ]

    assert answers == [200] * 5 + [429] * 15


def _wrong(client: Client, path: str, field: str, **more: str) -> int:
    return int(client.post(path, {field: "Wrong-guess-1", **more}).status_code)


@pytest.mark.parametrize(
    ("path", "field", "more"),
    [
        ("/account/reauthenticate/", "password", {}),
        ("/account/password/change/", "oldpassword", {"password1": NEW_PASSWORD}),
        ("/account/data/deletion/", "password", {}),
    ],
)
def test_every_question_for_the_password_counts_tries_wherever_they_come_from(
    as_learner: Any, learner: Any, path: str, field: str, more: Any
) -> None:
    answers = [_wrong(as_learner, path, field, REMOTE_ADDR=f"203.0.113.{n}", **more) for n in range(7)]

    assert set(answers[:5]) <= {200, 422}
    assert answers[5:] == [429, 429]
    # They are one count: what one question was asked is missing at the next, for the right password too.
    assert as_learner.post("/account/data/deletion/", {"password": "Correct-horse-7"}).status_code == 429
    learner.refresh_from_db()
    assert learner.check_password("Correct-horse-7")
    assert not learner.deletions.exists()


def test_the_right_password_is_no_try(as_learner: Any) -> None:
    for _again in range(8):
        answer = as_learner.post(
            "/account/reauthenticate/", {"password": "Correct-horse-7", "next": "/profile/"}
        )
        assert answer.headers["Location"] == "/profile/"


def test_many_machines_together_get_no_more_guesses(learner: Any, sign_in: Any, few: None) -> None:
    assert guess(sign_in, learner.email, 5) == [200, 200, 200, 429, 429]


def test_an_account_that_does_not_exist_is_limited_alike(db: None, sign_in: Any, few: None) -> None:
    assert guess(sign_in, "nobody@example.com", 5) == [200, 200, 200, 429, 429]


def test_the_owner_comes_in_all_the_same_where_they_were_before(
    client: Any, learner: Any, sign_in: Any, few: None
) -> None:
    sign_in(client, learner.email)
    client.post("/account/logout/")

    guess(sign_in, learner.email, 5)

    assert sign_in(client, learner.email).status_code == 302


def test_the_owner_comes_in_with_a_new_browser_by_the_mail(
    client: Any, learner: Any, sign_in: Any, few: None, sent: Any
) -> None:
    guess(sign_in, learner.email, 5)
    assert sign_in(client, learner.email).status_code == 429

    client.post("/account/password/reset/", {"email": learner.email})
    client.post(client.get(link_in(sent[-1])).headers["Location"], {"password1": NEW_PASSWORD})

    assert sign_in(client, learner.email, NEW_PASSWORD).status_code == 302
    assert Browser.objects.get().user == learner


def test_who_is_in_may_prove_it_whatever_others_guess(
    as_learner: Any, learner: Any, sign_in: Any, few: None
) -> None:
    guess(sign_in, learner.email, 5)

    answer = as_learner.post("/account/reauthenticate/", {"password": "Correct-horse-7", "next": "/profile/"})

    assert answer.headers["Location"] == "/profile/"


def test_a_browser_that_one_person_knows_guesses_nothing_about_another(
    client: Any, learner: Any, other_learner: Any, sign_in: Any, few: None
) -> None:
    sign_in(client, learner.email)
    client.post("/account/logout/")
    guess(sign_in, other_learner.email, 3)

    assert sign_in(client, other_learner.email).status_code == 429


def test_a_known_browser_has_its_own_limit(client: Any, learner: Any, sign_in: Any, few: None) -> None:
    sign_in(client, learner.email)
    client.post("/account/logout/")

    tries = [sign_in(client, learner.email, "Wrong-guess-1").status_code for _ in range(6)]

    assert tries == [200] * 5 + [429]


def test_right_passwords_are_no_guesses(learner: Any, sign_in: Any, few: None) -> None:
    answers = [sign_in(Client(), learner.email, REMOTE_ADDR=f"203.0.113.{n}").status_code for n in range(5)]

    assert answers == [302] * 5


@pytest.fixture
def hashed(monkeypatch: Any) -> list[str]:
    """Grows by one each time a password is hashed, which is the slow part."""
    done: list[str] = []
    real = MD5PasswordHasher.encode

    def encode(self: Any, password: str, salt: str) -> str:
        done.append(password)
        return str(real(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return done


def test_signing_in_takes_as_long_whoever_one_says_one_is(
    client: Any, learner: Any, sign_in: Any, hashed: list[str]
) -> None:
    suspended = make_user(is_active=False)
    unconfirmed = make_user(verified=False)
    elsewhere = make_user()
    elsewhere.set_unusable_password()
    elsewhere.save()
    SocialAccount.objects.create(user=elsewhere, provider="openid", uid="1")
    people = [learner.email, suspended.email, unconfirmed.email, elsewhere.email, "nobody@example.com"]

    times, pages = [], set()
    for email in people:
        hashed.clear()
        cache.clear()
        answer = sign_in(Client(), email, "Wrong-guess-1")
        times.append(len(hashed))
        pages.add((answer.status_code, "Incorrect email or password" in answer.text))

    assert times == [1] * len(people)
    assert pages == {(200, True)}


def test_signing_up_takes_as_long_whether_the_address_is_free_or_taken(
    learner: Any, sign_up: Any, hashed: list[str], sent: Any
) -> None:
    answers = []
    for email in ("free@example.com", learner.email):
        hashed.clear()
        response = sign_up(Client(), email=email)
        answers.append((response.status_code, response.headers["Location"], len(hashed)))

    assert answers[0] == answers[1]
    assert [message.to for message in sent] == [["free@example.com"], [learner.email]]


def test_recovering_answers_the_same_and_sends_one_mail_either_way(learner: Any, sent: Any) -> None:
    answers = [
        Client().post("/account/password/reset/", {"email": email}, follow=True).text
        for email in (learner.email, "nobody@example.com")
    ]

    assert answers[0] == answers[1]
    assert [message.to for message in sent] == [[learner.email], ["nobody@example.com"]]


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "https:/evil.example",
    "javascript:x",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_page_of_accounts_leads_elsewhere(client: Any, learner: Any, sign_up: Any, target: str) -> None:
    signed_in, out = Client(), Client()
    signed_in.force_login(learner)
    out.force_login(learner)

    answers = [
        signed_in.get("/account/login/", {"next": target}),
        signed_in.get("/account/signup/", {"next": target}),
        signed_in.post("/account/security/passkeys/sign-in/", {"next": target}),
        sign_up(client, next=target),
        out.post("/account/logout/", {"next": target}),
    ]

    assert [answer.headers["Location"] for answer in answers] == [
        *["/account/landing/"] * 3,
        "/account/confirm-email/",
        "/",
    ]


@pytest.mark.parametrize("field", ["role", "is_active", "email_verified", "verified", "id", "is_superuser"])
def test_what_is_posted_beside_the_form_changes_nothing(
    client: Any, db: None, sign_up: Any, field: str
) -> None:
    sign_up(client, **{field: "admin"})

    user = User.objects.get()
    assert (user.role, user.is_active, user.emailaddress_set.get().verified) == ("free", True, False)
