"""Nobody has us write in their words to an address that isn't theirs."""

import json
from typing import Any

from django.test import Client

from momentum.mail.models import Email
from tests.accounts.conftest import PASSWORD
from tests.factories import make_user

CANARY = "quetzalcoatlus"


def _said() -> str:
    return json.dumps(list(Email.objects.values("subject", "text", "html")))


def test_signing_up_with_somebody_elses_address(
    client: Any, db: None, sign_up: Any, sign_in: Any, sent: Any
) -> None:
    for _again in range(2):
        sign_up(client, email="victim@example.com", name=f"Win at {CANARY}.example")
    sign_in(Client(), "victim@example.com")
    client.post("/account/password/reset/", {"email": "victim@example.com"})

    assert {message.to[0] for message in sent} == {"victim@example.com"}
    assert len(sent) >= 2
    assert CANARY not in _said()


def test_asking_for_a_password_in_the_name_of_an_address_that_says_something(
    client: Any, db: None, sent: Any
) -> None:
    client.post("/account/password/reset/", {"email": f"victim+{CANARY}@example.com"})

    assert len(sent) == 1
    assert CANARY not in _said()


def test_changing_to_somebody_elses_address(db: None) -> None:
    user = make_user(name=f"Win at {CANARY}.example", email=f"{CANARY}@example.com")
    client = Client()
    client.force_login(user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    client.post("/account/email/", {"email": "victim@example.com"})

    (message,) = Email.objects.filter(address="victim@example.com")
    assert CANARY not in f"{message.subject} {message.text} {message.html}"
