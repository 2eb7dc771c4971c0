"""Passkeys: what nobody made lets nobody in, and each is its owner's alone."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.proving import SECURITY, made_up, prove


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        "null",
        '"x"',
        "1",
        '{"id": 1}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        made_up("AA"),
        made_up(None),
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": "no"}',
    ],
)
def test_a_made_up_passkey_lets_nobody_in_and_breaks_nothing(
    client: Any, secret: str, learner: Any, sign_in: Any, as_learner: Any, credential: str
) -> None:
    client.get(f"{SECURITY}passkeys/sign-in/", headers={"Accept": "application/json"})
    half_way = Client()
    sign_in(half_way, learner.email)
    half_way.get(f"{SECURITY}authenticate/")

    answers = [
        client.post(f"{SECURITY}passkeys/sign-in/", {"credential": credential}).status_code,
        half_way.post(f"{SECURITY}authenticate/", {"credential": credential}).status_code,
        as_learner.post(f"{SECURITY}passkeys/add/", {"credential": credential, "name": "x"}).status_code,
    ]

    assert answers == [422, 200, 200]
    assert client.get("/profile/").status_code == half_way.get("/profile/").status_code == 302
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_asking_for_a_passkey_names_nobody(client: Any, db: None) -> None:
    answer = client.get(f"{SECURITY}passkeys/sign-in/", headers={"Accept": "application/json"}).json()

    asked = answer["request_options"]["publicKey"]
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")


def test_in_production_a_passkey_belongs_to_the_configured_host(client: Any, db: None, settings: Any) -> None:
    settings.DEVELOPMENT, settings.BASE_URL = False, "https://learn.example.com"

    answer = client.get(
        f"{SECURITY}passkeys/sign-in/", headers={"Accept": "application/json", "Host": "evil.example"}
    )

    assert answer.json()["request_options"]["publicKey"]["rpId"] == "learn.example.com"


def test_anothers_passkey_can_be_neither_renamed_nor_removed(as_learner: Any, other_learner: Any) -> None:
    key = Authenticator.objects.create(user=other_learner, type="webauthn", data={"name": "Blue"})
    prove(as_learner)

    for path in ("edit/", "remove/"):
        assert as_learner.post(f"{SECURITY}passkeys/{key.pk}/{path}", {"name": "x"}).status_code == 404

    key.refresh_from_db()
    assert key.data == {"name": "Blue"}
