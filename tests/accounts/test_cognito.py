"""Access tokens of a configured Cognito pool, by its contract, and every token that must not be taken."""

import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from momentum.accounts.actions import devices
from momentum.providers.identity import tokens
from momentum.providers.identity.configured import Pool, cognito_pool
from tests.accounts.issuer import Issuer

JOBS = "/api/ai-generation/status/01a2074c-e2f7-7983-abb2-a1c565c36528"
CLIENT = "1example23456789"


@pytest.fixture
def pool(settings: Any, admin: Any) -> Iterator[Issuer]:
    """A pool in which the administrator has an account; its tokens say what Cognito's do."""
    issuer = Issuer()
    issuer.person = {
        "sub": "f0e1d2c3-aaaa-bbbb-cccc-000011112222", "token_use": "access", "client_id": CLIENT,
        "username": "ada", "scope": "aws.cognito.signin.user.admin", "version": 2,
        "auth_time": int(time.time()) - 10, "jti": "1", "origin_jti": "2", "event_id": "3",
        "cognito:groups": ["admin"],
    }  # fmt: skip
    settings.COGNITO_POOL = Pool(issuer.url, frozenset({CLIENT}))
    SocialAccount.objects.create(user=admin, provider="cognito", uid=issuer.person["sub"])
    yield issuer
    issuer.close()


def access(issuer: Issuer, **changed: Any) -> str:
    """An access token has no audience unless told."""
    return issuer.token(**{"aud": None, **changed})


def ask(token: str, **cookies: str) -> Any:
    client = Client()
    for name, value in cookies.items():
        client.cookies[name] = value
    return client.get(JOBS, headers={"Authorization": f"Bearer {token}"})


def test_the_pools_access_token_is_taken(pool: Issuer) -> None:
    assert ask(access(pool)).status_code == 404


def test_its_keys_are_asked_for_once(pool: Issuer) -> None:
    for _ in range(3):
        ask(access(pool))

    assert pool.asked_for_keys == 1


def test_an_audience_that_is_its_client_is_none_too_many(pool: Issuer) -> None:
    assert ask(access(pool, aud=CLIENT)).status_code == 404


def test_a_minute_of_difference_between_clocks_is_borne(pool: Issuer) -> None:
    assert ask(access(pool, exp=int(time.time()) - 50)).status_code == 404
    assert ask(access(pool, nbf=int(time.time()) + 50)).status_code == 404


def none(issuer: Issuer) -> str:
    claims = jwt.decode(access(issuer), options={"verify_signature": False})
    return jwt.encode(claims, None, algorithm="none", headers={"kid": issuer.kid})


def hs256_with_the_public_key(issuer: Issuer) -> str:
    issuer.headers = {"alg": "HS256"}
    return access(issuer)


def wrong_kid(issuer: Issuer) -> str:
    issuer.headers = {"kid": "nobody"}
    return access(issuer)


def other_pool(issuer: Issuer) -> str:
    return access(issuer, iss="https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other")


def id_token(issuer: Issuer) -> str:
    return issuer.token(token_use="id", aud=CLIENT, email="ada@example.com", client_id=None)


def foreign_client(issuer: Issuer) -> str:
    return access(issuer, client_id="another")


def expired_by_61_seconds(issuer: Issuer) -> str:
    return access(issuer, exp=int(time.time()) - 61)


def not_before_later(issuer: Issuer) -> str:
    return access(issuer, nbf=int(time.time()) + 120)


def edited(issuer: Issuer) -> str:
    head, _body, signature = access(issuer).split(".")
    _head, other, _signature = access(issuer, username="eve").split(".")
    return f"{head}.{other}.{signature}"


def audience_with_a_stranger(issuer: Issuer) -> str:
    return access(issuer, aud=[CLIENT, "stranger"])


def key_of_an_attacker(issuer: Issuer) -> str:
    issuer.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    own = jwt.algorithms.RSAAlgorithm.to_jwk(issuer.signing_key.public_key(), as_dict=True)
    issuer.headers = {"jku": "https://evil.example/keys", "x5u": "https://evil.example/x", "jwk": own}
    return access(issuer)


def truncated(issuer: Issuer) -> str:
    return access(issuer)[:-20]


def unknown_person(issuer: Issuer) -> str:
    return access(issuer, sub="somebody else")


def without_expiry(issuer: Issuer) -> str:
    return access(issuer, exp=None)


BAD = (
    none, hs256_with_the_public_key, wrong_kid, other_pool, id_token, foreign_client, expired_by_61_seconds,
    not_before_later, edited, audience_with_a_stranger, key_of_an_attacker, truncated, unknown_person, without_expiry,
)  # fmt: skip


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_any_other_token_is_refused(pool: Issuer, make: Any) -> None:
    answer = ask(make(pool))

    assert answer.status_code == 401
    assert answer.json()["code"] == "token_invalid"


def test_the_token_of_a_suspended_person_is_refused(pool: Issuer, admin: Any) -> None:
    admin.is_active = False
    admin.save()

    assert ask(access(pool)).status_code == 401


def test_signing_out_everywhere_ends_what_was_signed_in_before(pool: Issuer, admin: Any) -> None:
    token = access(pool)
    devices.sign_out_everywhere(user=admin)

    assert ask(token).status_code == 401
    # A token that was refreshed since says when its person signed in, which was before.
    assert ask(access(pool, iat=int(time.time()) + 1)).status_code == 401
    assert ask(access(pool, auth_time=int(time.time()) + 2)).status_code == 404


def test_a_forged_group_opens_nothing(pool: Issuer, admin: Any) -> None:
    admin.role = "free"
    admin.save()

    assert ask(access(pool), role="admin", **{"cognito:groups": "admin"}).status_code == 403
    assert ask("nonsense", role="admin").status_code == 401


def test_strangers_tokens_do_not_make_us_ask_for_keys_again_and_again(pool: Issuer, monkeypatch: Any) -> None:
    good = access(pool)
    pool.headers = {"kid": "nobody"}
    for _ in range(5):
        ask(access(pool))
    assert pool.asked_for_keys == 1

    pool.headers, pool.kid = {}, "second"
    later = time.monotonic() + 301
    monkeypatch.setattr("momentum.providers.identity.tokens.time.monotonic", lambda: later)

    assert ask(access(pool)).status_code == 404
    assert ask(good).status_code == 401
    assert pool.asked_for_keys == 2


def test_keys_that_cannot_be_read_let_nobody_in(pool: Issuer, monkeypatch: Any) -> None:
    monkeypatch.setattr(pool, "jwks", lambda: {"keys": "none"})

    assert ask(access(pool)).status_code == 401


def test_without_a_pool_none_of_its_tokens_is_taken(pool: Issuer, settings: Any) -> None:
    settings.COGNITO_POOL = None

    assert ask(access(pool)).status_code == 401


def test_the_pool_is_configured_by_the_environment(monkeypatch: Any) -> None:
    assert cognito_pool() is None
    monkeypatch.setenv(
        "MOMENTUM_COGNITO_ISSUER", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x/"
    )
    monkeypatch.setenv("MOMENTUM_COGNITO_CLIENT_ID", "pages")
    monkeypatch.setenv("MOMENTUM_COGNITO_API_CLIENT_IDS", "phone, tablet")

    pool = cognito_pool()

    assert pool is not None
    assert pool.clients == {"pages", "phone", "tablet"}
    assert pool.keys_address == (
        "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x/.well-known/jwks.json"
    )
    assert tokens.LEEWAY_SECONDS == 60
