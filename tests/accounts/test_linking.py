"""An account that exists is never taken over: its owner links another one to it, and unlinks it."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from momentum.accounts.models import AddressChange, User
from momentum.accounts.provider import OpenIDAdapter
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD
from tests.accounts.elsewhere import nobody_came_in, sign_in_by
from tests.accounts.issuer import Issuer
from tests.accounts.proving import prove

LINKED = "/account/identities/"


@pytest.mark.parametrize("process", ["login", "", "nonsense", "connect", "redirect"])
@pytest.mark.parametrize("email", ["lea@example.com", "LEA@Example.com"])
def test_an_address_elsewhere_opens_no_account_here(
    client: Any, learner: Any, issuer: Issuer, process: str, email: str
) -> None:
    issuer.person["email"] = email

    sign_in_by(client, issuer, process=process)

    assert nobody_came_in(client)
    assert User.objects.count() == 1


def test_nor_does_one_that_is_not_confirmed(client: Any, learner: Any, issuer: Issuer, sent: Any) -> None:
    issuer.person |= {"email": learner.email, "email_verified": False}

    assert sign_in_by(client, issuer).status_code == 422

    assert nobody_came_in(client)
    assert sent == []


def test_its_owner_signs_in_once_and_then_links_it(
    client: Any, learner: Any, issuer: Issuer, sign_in: Any, sent: Any
) -> None:
    issuer.person["email"] = learner.email
    response = sign_in_by(client, issuer)
    assert response.headers["Location"] == "/account/login/?next=/account/identities/link/"
    assert "An account for lea@example.com already exists." in client.get(response.headers["Location"]).text
    asked = sign_in(client, learner.email, fields={"next": "/account/identities/link/"})
    assert "Connect Example?" in client.get(asked.headers["Location"]).text
    assert not SocialAccount.objects.exists()

    client.post("/account/identities/link/")

    assert SocialAccount.objects.get().user == learner
    assert "Account connected" in [one.subject for one in sent]
    other = Client()
    assert sign_in_by(other, issuer).headers["Location"] == "/account/landing/"
    assert "lea@example.com" in other.get("/profile/").text
    learner.refresh_from_db()
    assert learner.check_password(PASSWORD)


def test_who_signs_in_to_another_account_links_nothing(
    client: Any, learner: Any, other_learner: Any, issuer: Issuer, sign_in: Any
) -> None:
    issuer.person["email"] = learner.email
    sign_in_by(client, issuer)
    sign_in(client, other_learner.email)

    assert client.get("/account/identities/link/").status_code == 404
    assert client.post("/account/identities/link/").status_code == 404
    assert not SocialAccount.objects.exists()


def test_linking_needs_proof_of_just_now(
    client: Any, learner: Any, issuer: Issuer, sign_in: Any, monkeypatch: Any
) -> None:
    issuer.person["email"] = learner.email
    sign_in_by(client, issuer)
    sign_in(client, learner.email)
    later = time.time() + 400
    monkeypatch.setattr("momentum.accounts.adapters.social.time.time", lambda: later)

    response = client.post("/account/identities/link/")

    assert response.headers["Location"].startswith("/account/reauthenticate/")
    assert not SocialAccount.objects.exists()


def test_what_waits_to_be_linked_does_not_wait_for_ever(
    client: Any, learner: Any, issuer: Issuer, sign_in: Any, monkeypatch: Any
) -> None:
    issuer.person["email"] = learner.email
    sign_in_by(client, issuer)
    sign_in(client, learner.email)
    later = time.time() + 601
    monkeypatch.setattr("momentum.accounts.adapters.social.time.time", lambda: later)

    assert client.post("/account/identities/link/").status_code == 404


def test_an_account_is_linked_and_unlinked_by_its_owner(
    as_learner: Any, learner: Any, issuer: Issuer, sent: Any
) -> None:
    prove(as_learner)
    assert "Connect Example" in as_learner.get(LINKED).text
    sign_in_by(as_learner, issuer, process="connect")
    account = SocialAccount.objects.get()
    assert account.user == learner
    assert "Disconnect Example" in as_learner.get(LINKED).text
    assert "lea@example.com" in as_learner.get("/profile/").text

    as_learner.post(LINKED, {"account": str(account.pk)})

    assert not SocialAccount.objects.exists()
    assert [message.subject for message in sent] == [
        "Account connected",
        "Account disconnected",
    ]


def test_linking_asks_for_the_password_first(as_learner: Any, issuer: Issuer) -> None:
    response = sign_in_by(as_learner, issuer, process="connect")

    assert response.headers["Location"].startswith("/account/reauthenticate/")
    assert not SocialAccount.objects.exists()
    prove(as_learner)
    assert SocialAccount.objects.count() == 1


def test_who_is_suspended_meanwhile_stays_suspended(
    as_learner: Any, learner: Any, issuer: Issuer, monkeypatch: Any
) -> None:
    real = OpenIDAdapter.complete_login

    def slow(self: Any, *args: Any, **kwargs: Any) -> Any:
        User.objects.filter(pk=learner.pk).update(is_active=False, role="free")
        return real(self, *args, **kwargs)

    prove(as_learner)
    monkeypatch.setattr(OpenIDAdapter, "complete_login", slow)
    sign_in_by(as_learner, issuer, process="connect")

    learner.refresh_from_db()
    assert not learner.is_active
    assert as_learner.get("/profile/").status_code == 302


def test_an_account_linked_to_one_person_is_not_linked_to_another(
    as_learner: Any, as_other_learner: Any, learner: Any, issuer: Issuer
) -> None:
    for client in (as_learner, as_other_learner):
        prove(client)
        sign_in_by(client, issuer, process="connect")

    assert SocialAccount.objects.get().user == learner
    assert "otto@example.com" in as_other_learner.get("/profile/").text


def test_the_last_way_in_is_not_unlinked(client: Any, db: None, issuer: Issuer) -> None:
    sign_in_by(client, issuer)
    account = SocialAccount.objects.get()

    response = client.post(LINKED, {"account": str(account.pk)})

    assert "This is your only way to sign in." in response.text
    assert SocialAccount.objects.exists()

    client.post("/account/password/set/", {"password1": NEW_PASSWORD})
    prove_with = client.post("/account/reauthenticate/", {"password": NEW_PASSWORD})
    assert prove_with.status_code == 302
    client.post(LINKED, {"account": str(account.pk)})
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "path", ["password/set/", "email/", "security/totp/activate/", "security/passkeys/add/", "identities/"]
)
def test_who_has_nothing_to_prove_themselves_with_must_have_come_in_just_now(
    client: Any, db: None, issuer: Issuer, monkeypatch: Any, path: str
) -> None:
    sign_in_by(client, issuer)
    assert client.get(f"/account/{path}").status_code == 200
    later = time.time() + 301
    monkeypatch.setattr("momentum.accounts.permissions.time.time", lambda: later)

    response = client.post(f"/account/{path}", {"password1": NEW_PASSWORD, "email": "thief@example.com"})

    assert response.status_code == 403
    assert "Sign out and back in" in response.text
    assert not User.objects.get().has_usable_password()
    assert not AddressChange.objects.exists()
    assert not Authenticator.objects.exists()


def test_anothers_account_is_not_unlinked(as_learner: Any, other_learner: Any, issuer: Issuer) -> None:
    account = SocialAccount.objects.create(user=other_learner, provider="openid", uid="7")
    prove(as_learner)

    as_learner.post(LINKED, {"account": str(account.pk)})

    assert SocialAccount.objects.filter(pk=account.pk).exists()
