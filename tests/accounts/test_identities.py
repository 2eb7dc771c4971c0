"""Signing in with an account elsewhere, through an issuer that signs real tokens."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from momentum.accounts.models import User
from momentum.events.models import Event
from tests.accounts.elsewhere import CALLBACK, LOGIN, come_back, go, nobody_came_in, sign_in_by
from tests.accounts.issuer import Issuer
from tests.factories import make_user


def test_somebody_new_has_an_account_at_once(client: Any, db: None, issuer: Issuer, sent: Any) -> None:
    response = sign_in_by(client, issuer)

    assert response.headers["Location"] == "/account/landing/"
    user = User.objects.get()
    assert (user.email, user.name, user.role) == ("nora@example.com", "Nora North", "free")
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert SocialAccount.objects.get(user=user).uid == "5b1f"
    assert Event.objects.filter(name="user.signed_up", actor_id=user.id).count() == 1
    assert client.get("/profile/").status_code == 200
    assert [message.subject for message in sent] == ["Welcome to Momentum"]


def test_the_second_time_it_is_the_same_account_whatever_the_address(
    client: Any, db: None, issuer: Issuer
) -> None:
    sign_in_by(client, issuer)
    issuer.person["email"] = "other@example.com"

    other = Client()
    response = sign_in_by(other, issuer, next="/profile/")

    assert response.headers["Location"] == "/profile/"
    assert "nora@example.com" in other.get("/profile/").text
    assert User.objects.count() == 1


def test_what_is_kept_of_them_is_no_more_than_is_needed(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"picture": "https://example.com/p", "phone_number": "+49", "address": {"country": "DE"}}

    sign_in_by(client, issuer)

    kept = SocialAccount.objects.get().extra_data["id_token"]
    assert set(kept) == {"sub", "email", "email_verified", "name"}


def test_the_browser_is_asked_to_prove_that_it_began(client: Any, db: None, issuer: Issuer) -> None:
    first, second = go(client), go(client)

    assert first["redirect_uri"] == f"http://testserver{CALLBACK}"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 16
        assert first[name] != second[name]


def test_what_a_link_says_does_not_reach_the_issuer(client: Any, db: None, issuer: Issuer) -> None:
    query = go(client, f"{LOGIN}?auth_params=nonce%3Dmine%26prompt%3Dnone&scope=everything")

    assert query["nonce"] != "mine"
    assert "prompt" not in query
    assert "everything" not in query["scope"]


def test_turning_back_changes_nothing(client: Any, db: None, issuer: Issuer) -> None:
    query = go(client)

    response = client.get(CALLBACK, {"error": "access_denied", "state": query["state"]}, follow=True)

    assert "Sign-in cancelled" in response.text
    assert nobody_came_in(client)


def test_an_address_confirmed_in_words_counts(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"email_verified": "true"}

    assert sign_in_by(client, issuer).status_code == 302


def test_the_address_may_come_with_the_second_answer(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"email": None}
    issuer.userinfo = {"sub": "5b1f", "email": "nora@example.com", "email_verified": True}

    sign_in_by(client, issuer)

    assert User.objects.get().email == "nora@example.com"


def test_the_second_step_is_asked_for_all_the_same(client: Any, db: None, issuer: Issuer) -> None:
    sign_in_by(client, issuer)
    Authenticator.objects.create(user=User.objects.get(), type="totp", data={"secret": "x"})

    other = Client()
    response = sign_in_by(other, issuer)

    assert response.headers["Location"] == "/account/security/authenticate/"
    assert other.get("/profile/").status_code == 302


def test_a_suspended_person_stays_out(client: Any, db: None, issuer: Issuer) -> None:
    sign_in_by(client, issuer)
    User.objects.update(is_active=False)

    other = Client()

    assert sign_in_by(other, issuer).headers["Location"] == "/account/inactive/"
    assert other.get("/profile/").status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_coming_back_never_leads_elsewhere(client: Any, db: None, issuer: Issuer, target: str) -> None:
    assert sign_in_by(client, issuer, next=target).headers["Location"] == "/account/landing/"


def test_a_link_alone_sends_nobody_off(client: Any, db: None, issuer: Issuer) -> None:
    page = client.get(LOGIN).text

    assert "Continue with Example?" in page
    assert issuer.url not in page


def test_an_address_taken_between_asking_and_signing_up_is_said(
    client: Any, db: None, issuer: Issuer, monkeypatch: Any
) -> None:
    real = User.save

    def late(self: Any, *args: Any, **kwargs: Any) -> None:
        if self.email == "nora@example.com" and not User.objects.filter(email=self.email).exists():
            make_user(email="NORA@example.com", name="first")
        real(self, *args, **kwargs)

    query = go(client)
    monkeypatch.setattr(User, "save", late)

    assert come_back(client, issuer, query).status_code == 409
    assert nobody_came_in(client)
