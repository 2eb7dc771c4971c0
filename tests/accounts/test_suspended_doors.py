"""The doors that lead in, tried by who is suspended: what was begun before is worth nothing, nor afterwards."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from momentum.accounts.actions.admin import reactivate_user, suspend_user
from momentum.accounts.actions.invitations import send_invitation
from momentum.accounts.actions.tokens import grant_tokens
from momentum.accounts.adapters.mfa import SecondStepAdapter
from momentum.accounts.models import Grant, Session
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD, link_in
from tests.accounts.program import ask, post
from tests.accounts.proving import code_of, made_up
from tests.factories import make_user


def _is_out(client: Any) -> bool:
    return bool(client.get("/profile/").status_code == 302)


def _with_app(user: Any) -> str:
    secret: str = auth.generate_totp_secret()
    data = {"secret": SecondStepAdapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return secret


def test_tokens_end_for_good(admin: Any, client: Any) -> None:
    boss = make_user(role="admin")
    # One is tried while they are suspended, which ends it by itself; of the other nobody hears until afterwards.
    pair, kept = grant_tokens(user=boss), grant_tokens(user=boss)
    assert ask(pair["access_token"]).status_code == 404

    suspend_user(actor=admin, user=boss)

    assert ask(pair["access_token"]).status_code == 401
    assert post(Client(), "refresh", refresh_token=pair["refresh_token"]).status_code == 401
    reactivate_user(actor=admin, user=boss)
    for one in (pair, kept):
        assert ask(one["access_token"]).status_code == 401
        assert post(Client(), "refresh", refresh_token=one["refresh_token"]).status_code == 401


def test_no_token_is_given(admin: Any, learner: Any) -> None:
    suspend_user(actor=admin, user=learner)

    assert post(Client(), "token", email=learner.email, password=PASSWORD).status_code == 401
    assert not Grant.objects.exists()


@pytest.mark.parametrize("opened", [False, True], ids=["only sent", "opened before"])
def test_a_recovery_link_of_before_sets_no_password(
    client: Any, learner: Any, admin: Any, sent: Any, opened: Any
) -> None:
    client.post("/account/password/reset/", {"email": learner.email})
    link = link_in(sent[0])
    page = client.get(link, follow=True).request["PATH_INFO"] if opened else link
    suspend_user(actor=admin, user=learner)

    page = client.get(link, follow=True).request["PATH_INFO"] if not opened else page
    client.post(page, {"password1": NEW_PASSWORD})

    learner.refresh_from_db()
    assert learner.check_password(PASSWORD)
    assert _is_out(client)
    reactivate_user(actor=admin, user=learner)
    assert _is_out(client)


def test_an_invitation_of_before_opens_nothing(
    as_admin: Any, admin: Any, client: Any, sent: Any, settings: Any
) -> None:
    invited = make_user(verified=False)
    invited.set_unusable_password()
    invited.save()
    send_invitation(invited)
    suspend_user(actor=admin, user=invited)

    page = client.get(link_in(sent[-1]), follow=True).request["PATH_INFO"]
    client.post(page, {"password1": NEW_PASSWORD})

    invited.refresh_from_db()
    assert not invited.has_usable_password()
    assert not EmailAddress.objects.get(user=invited).verified
    assert _is_out(client)


def test_who_was_half_way_in_comes_no_further(client: Any, learner: Any, admin: Any, sign_in: Any) -> None:
    secret = _with_app(learner)
    answer = sign_in(client, learner.email)
    assert answer.headers["Location"].startswith("/account/security/authenticate/")

    suspend_user(actor=admin, user=learner)
    client.post("/account/security/authenticate/", {"code": code_of(secret)})

    assert _is_out(client)
    assert not Session.objects.filter(user=learner).exists()
    reactivate_user(actor=admin, user=learner)
    assert _is_out(client)


def test_a_passkey_lets_nobody_in(
    client: Any, learner: Any, admin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser's part stands in here; tests/browser/test_passkeys.py has it real."""
    data = {"name": "Key", "passwordless": True, "credential": {}}
    key = Authenticator.objects.create(user=learner, type=Authenticator.Type.WEBAUTHN, data=data)
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.complete_authentication", lambda *_args: key)
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.parse_authentication_response", lambda one: one)
    page, sent = "/account/security/passkeys/sign-in/", {"credential": made_up("AA")}
    monkeypatch.setattr(
        "allauth.mfa.webauthn.internal.auth.extract_user_from_response", lambda _response: learner
    )
    client.post(page, sent)
    assert not _is_out(client)
    client.post("/account/logout/")

    suspend_user(actor=admin, user=learner)
    client.post(page, sent)

    assert _is_out(client)


def test_confirming_ones_address_signs_nobody_in(
    client: Any, db: None, admin: Any, sign_up: Any, sent: Any
) -> None:
    sign_up(client)
    user = EmailAddress.objects.get(email="nora@example.com").user
    suspend_user(actor=admin, user=user)

    client.post(link_in(sent[0]))

    assert _is_out(client)
    assert not Session.objects.filter(user=user).exists()


def test_their_public_profile_is_gone(client: Any, admin: Any) -> None:
    person = make_user(public_address="mona", avatar="mona")
    assert client.get("/learners/mona/").status_code == 200

    suspend_user(actor=admin, user=person)

    assert client.get("/learners/mona/").status_code == 404
    assert client.get("/learners/mona/96.webp").status_code == 404
