"""What the tests of accounts share: the mail that was sent, the forms as a browser posts them, an issuer and an app."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from momentum.providers.identity import KeySet
from tests.accounts.issuer import CLIENT_ID, CLIENT_SECRET, Issuer
from tests.mailing import mailbox

PASSWORD = "Correct-horse-7"
NEW_PASSWORD = "Battery-staple-8"


def link_in(message: Any) -> str:
    """The path of the only link in a mail's text."""
    (link,) = re.findall(r"http://localhost:8000(/\S+)", message.body)
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


@pytest.fixture(autouse=True)
def _no_keys_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the keys of other tests' issuers: one of them may have had the same port."""
    monkeypatch.setattr(KeySet, "_known", {})


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


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """What waits for a commit happens when the test's transaction would have committed: at each request's end."""
    post = Client.post

    def committing(self: Client, *args: Any, **kwargs: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return post(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "post", committing)
        yield


@pytest.fixture
def secret(as_learner: Any, committed: None) -> str:
    """The key of the learner's authenticator app, set up as a person does it."""
    from tests.accounts.proving import SECURITY, code_of, prove

    prove(as_learner)
    page = as_learner.get(f"{SECURITY}totp/activate/").text
    (shown,) = re.findall(r'class="account__key">([A-Z2-7 ]+)<', page)
    key = "".join(shown.split())
    answer = as_learner.post(f"{SECURITY}totp/activate/", {"code": code_of(key)})
    assert answer.headers["Location"] == f"{SECURITY}recovery-codes/"
    cache.clear()
    return str(key)


@pytest.fixture
def codes(as_learner: Any, secret: str) -> list[str]:
    """The recovery codes that came with it."""
    from tests.accounts.proving import SECURITY

    page = as_learner.get(f"{SECURITY}recovery-codes/").text
    return ["".join(code.split()) for code in re.findall(r'class="account__key">([\d ]+)<', page)]
