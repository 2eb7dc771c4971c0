"""Tokens for programs: signing in by the API, going on, being signed out, and whatever isn't such a token."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.db import connection
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions import devices
from momentum.accounts.actions.tokens import _key, grant_tokens
from momentum.accounts.adapters.mfa import SecondStepAdapter
from momentum.accounts.models import Grant
from tests.accounts.conftest import PASSWORD
from tests.accounts.program import JOBS, ask, post
from tests.factories import make_user


@pytest.fixture
def strict() -> Any:
    """A program: it sends no cookies and no CSRF token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def pair(strict: Any, admin: Any) -> dict[str, Any]:
    return dict(post(strict, "token", email=admin.email, password=PASSWORD).json())


def forged(key: Any = None, **changed: Any) -> str:
    grant = Grant.objects.get()
    claims = {
        "iss": "momentum", "sub": str(grant.user_id), "sid": str(grant.id), "iat": int(time.time()),
        "exp": int(time.time()) + 60, "token_use": "access", **changed,
    }  # fmt: skip
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, key or _key(), algorithm="HS256")


def test_a_program_signs_in_and_is_let_in(pair: Any) -> None:
    assert ask(pair["access_token"]).status_code == 404
    assert pair["token_type"] == "Bearer"
    assert pair["expires_in"] == 600


def test_a_learners_token_does_not_open_what_is_for_administrators(strict: Any, learner: Any) -> None:
    token = post(strict, "token", email=learner.email, password=PASSWORD).json()["access_token"]

    assert ask(token).status_code == 403


def test_what_changes_something_needs_no_csrf_token_with_it(pair: Any, strict: Any) -> None:
    answer = strict.post(
        "/api/ai-generation/start-generation", {}, headers={"Authorization": f"Bearer {pair['access_token']}"}
    )

    assert answer.status_code == 422


def test_a_role_taken_away_is_felt_at_once(pair: Any, admin: Any) -> None:
    admin.role = "free"
    admin.save()

    assert ask(pair["access_token"]).status_code == 403


def test_a_suspended_person_is_out_at_once(pair: Any, admin: Any, strict: Any) -> None:
    admin.is_active = False
    admin.save()

    assert ask(pair["access_token"]).status_code == 401
    assert post(strict, "refresh", refresh_token=pair["refresh_token"]).status_code == 401


def test_another_password_ends_it(pair: Any, admin: Any) -> None:
    admin.set_password("Something-else-9")
    admin.save()

    assert ask(pair["access_token"]).status_code == 401


def test_signing_out_everywhere_ends_it(pair: Any, admin: Any, strict: Any) -> None:
    devices.sign_out_everywhere(user=admin)

    assert ask(pair["access_token"]).status_code == 401
    assert post(strict, "refresh", refresh_token=pair["refresh_token"]).status_code == 401


def test_a_program_is_listed_and_signed_out_by_its_person_alone(
    pair: Any, as_admin: Any, as_learner: Any
) -> None:
    grant = Grant.objects.get()
    Grant.objects.update(user_agent="my-script/2.0")
    assert "my-script</b>" in as_admin.get("/account/sessions/").text

    assert as_learner.post(f"/account/programs/{grant.id}/removal/").status_code == 404
    assert ask(pair["access_token"]).status_code == 404
    as_admin.post(f"/account/programs/{grant.id}/removal/")

    assert ask(pair["access_token"]).status_code == 401


def test_a_refresh_token_is_exchanged_for_the_next_pair(pair: Any, strict: Any) -> None:
    following = post(strict, "refresh", refresh_token=pair["refresh_token"]).json()

    assert ask(following["access_token"]).status_code == 404
    assert following["refresh_token"] != pair["refresh_token"]
    assert post(strict, "refresh", refresh_token=following["refresh_token"]).status_code == 200


def test_one_that_comes_twice_ends_it_for_both(pair: Any, strict: Any) -> None:
    following = post(strict, "refresh", refresh_token=pair["refresh_token"]).json()

    assert post(strict, "refresh", refresh_token=pair["refresh_token"]).status_code == 401

    assert ask(following["access_token"]).status_code == 401
    assert post(strict, "refresh", refresh_token=following["refresh_token"]).status_code == 401


def test_a_signed_out_program_is_out(pair: Any, strict: Any) -> None:
    assert post(strict, "revocation", refresh_token=pair["refresh_token"]).status_code == 204
    assert post(strict, "revocation", refresh_token=pair["refresh_token"]).status_code == 204

    assert ask(pair["access_token"]).status_code == 401
    assert not Grant.objects.exists()


def test_a_program_that_does_not_come_back_is_forgotten(pair: Any) -> None:
    Grant.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask(pair["access_token"]).status_code == 401

    devices.forget_unused()

    assert not Grant.objects.exists()


def test_nothing_but_an_access_token_is_one(pair: Any) -> None:
    now = int(time.time())
    tokens = [
        "", "nonsense", "a.b.c", pair["refresh_token"], pair["access_token"][:-3], pair["access_token"] + "x",
        forged("another key that is long enough to sign with"), forged(exp=now - 1), forged(exp=None),
        forged(iss="elsewhere"), forged(iss=None), forged(sid="x"), forged(sid=None),
        forged(sub=str(make_user().pk)), forged(token_use="refresh"), forged(token_use=None),
        forged(sid="01a2074c-e2f7-7983-abb2-a1c565c36528"), forged(nbf=now + 300),
        jwt.encode(jwt.decode(pair["access_token"], options={"verify_signature": False}), None, algorithm="none"),
    ]  # fmt: skip

    answers = [ask(token) for token in tokens]

    assert ask(forged()).status_code == 404
    assert [answer.status_code for answer in answers] == [401] * len(tokens)
    assert {answer["WWW-Authenticate"] for answer in answers} == {"Bearer"}


def test_no_other_token_refreshes(pair: Any, strict: Any) -> None:
    for token in ("", "nonsense", pair["access_token"], forged(token_use="refresh")):
        assert post(strict, "refresh", refresh_token=token).status_code == 401
    assert post(strict, "refresh", refresh_token="\x00").status_code == 400


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(strict: Any, learner: Any) -> None:
    suspended = make_user(is_active=False)
    asked = [(learner.email, "Wrong-guess-1"), ("nobody@example.com", PASSWORD), (suspended.email, PASSWORD)]

    answers = [post(strict, "token", email=email, password=password) for email, password in asked]

    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(401, "wrong_password")}
    assert not Grant.objects.exists()


def test_guessing_is_limited_as_on_the_pages(strict: Any, learner: Any) -> None:
    tries = [post(strict, "token", email=learner.email, password="Wrong-1-x").status_code for _ in range(5)]

    answer = post(strict, "token", email=learner.email, password=PASSWORD)

    assert [*tries, answer.status_code] == [401] * 5 + [429]
    assert answer["Retry-After"] == "300"


def test_who_has_not_confirmed_their_address_gets_none(strict: Any, db: None) -> None:
    user = make_user(verified=False)

    assert post(strict, "token", email=user.email, password=PASSWORD).json()["code"] == "email_unconfirmed"


def test_the_second_step_is_asked_for(strict: Any, learner: Any) -> None:
    secret = auth.generate_totp_secret()
    sealed = SecondStepAdapter().encrypt(secret)
    Authenticator.objects.create(user=learner, type="totp", data={"secret": sealed})
    code = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))

    answers = [
        post(strict, "token", email=learner.email, password=PASSWORD, code=given)
        for given in ("", "000", code, code)
    ]

    assert [answer.json().get("code") for answer in answers] == [
        "second_step_required", "wrong_code", None, "wrong_code",
    ]  # fmt: skip
    assert Grant.objects.count() == 1


def test_a_cookie_does_not_stand_in_for_a_bad_token(as_admin: Any) -> None:
    assert as_admin.get(JOBS).status_code == 404

    assert as_admin.get(JOBS, headers={"Authorization": "Bearer nonsense"}).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_of_four_that_refresh_at_once_one_gets_a_pair() -> None:
    user = make_user(role="admin")
    pair = grant_tokens(user=user)

    def refresh(_n: int) -> int:
        try:
            status: int = post(Client(), "refresh", refresh_token=pair["refresh_token"]).status_code
            return status
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(refresh, range(4)))

    assert answers == [200, 401, 401, 401]
    assert not Grant.objects.exists()
