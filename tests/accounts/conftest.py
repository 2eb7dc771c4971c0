"""What the tests of accounts share: the mail that was sent, the forms as a browser posts them, and an issuer."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.accounts.issuer import CLIENT_ID, CLIENT_SECRET, Issuer
from tests.mailing import mailbox

PASSWORD = "Correct-horse-7"
NEW_PASSWORD = "Battery-staple-8"


def link_in(message: Any) -> str:
    """The path of the only link in a mail's text."""
    (link,) = re.findall(r"http://testserver(/\S+)", message.body)
    return str(link)


def without_token(page: str) -> str:
    """A page without the line that differs each time it is made."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.fixture
def sign_up() -> Callable[..., Any]:
    """Post the sign-up form as a browser without JavaScript would, unless told more."""

    def post(client: Client, **fields: str) -> Any:
        data = {"email": "nora@example.com", "name": "", "password1": PASSWORD, "time_zone": "", **fields}
        return client.post("/account/signup/", data)

    return post


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    def post(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
        fields = {"login": email, "password": password, **extra.pop("fields", {})}
        return client.post("/account/login/", fields, **extra)

    return post


@pytest.fixture
def sent() -> list[Any]:
    """The mails sent so far."""
    return mailbox


@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    """A configured issuer, which knows Nora."""
    made = Issuer()
    app = {
        "provider_id": "openid",
        "name": "Example",
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": made.url, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield made
    made.close()
