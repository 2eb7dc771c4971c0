"""Signing in with Facebook, through a server on this machine that answers as its Graph API does."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from momentum.accounts.models import User
from tests.accounts.conftest import link_in
from tests.accounts.elsewhere import go, nobody_came_in
from tests.accounts.provider import Provider

LOGIN, CALLBACK = "/account/identities/facebook/login/", "/account/identities/facebook/callback/"
CLIENT_ID, SECRET = "1234567890", "a secret of the app"


class Graph(Provider):
    """Gives a token for each code, once, and tells with it who somebody is."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {"id": "77", "name": "Nora North", "email": "nora@example.com"}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        super().__init__()

    def authorise(self, query: dict[str, str]) -> str:
        assert query["client_id"] == CLIENT_ID
        code = f"code-{len(self.codes)}-{len(self.asked)}"
        self.codes[code] = query
        return code

    def _answer(self, method: str, path: str, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        if path.endswith("/oauth/access_token"):
            query = self.codes.pop(given.get("code", ""), None)
            right = query and (given["client_secret"], given["redirect_uri"]) == (
                SECRET,
                query["redirect_uri"],
            )
            if not right:
                return 400, {
                    "error": {"message": "Invalid verification code", "type": "OAuthException", "code": 100}
                }
            return 200, {"access_token": "graph-token", "token_type": "bearer", "expires_in": 5183944}
        proof = hmac.new(SECRET.encode(), b"graph-token", hashlib.sha256).hexdigest()
        if given.get("access_token") != "graph-token" or given.get("appsecret_proof") != proof:
            return 400, {
                "error": {"message": "Invalid OAuth access token", "type": "OAuthException", "code": 190}
            }
        wanted = given["fields"].split(",")
        return 200, {name: value for name, value in self.person.items() if name in wanted}


@pytest.fixture
def graph(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    made = Graph()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "facebook": {
            "APP": {"client_id": CLIENT_ID, "secret": SECRET, "name": "Facebook"},
            "SCOPE": ["email", "public_profile"],
            "FIELDS": ["id", "name", "email"],
            "VERIFIED_EMAIL": False,
        }
    }
    base = "allauth.socialaccount.providers.facebook"
    monkeypatch.setattr(
        f"{base}.views.FacebookOAuth2Adapter.access_token_url", f"{made.url}/v1/oauth/access_token"
    )
    monkeypatch.setattr(f"{base}.flows.GRAPH_API_URL", f"{made.url}/v1")
    yield made
    made.close()


def come_back(client: Any, graph: Graph, query: dict[str, str], **changed: str) -> Any:
    return client.get(CALLBACK, {"code": graph.authorise(query), "state": query["state"], **changed})


def test_somebody_new_confirms_their_address_with_us(client: Any, db: None, graph: Graph, sent: Any) -> None:
    response = come_back(client, graph, go(client, LOGIN))

    assert response.headers["Location"] == "/account/confirm-email/"
    assert graph.asked == ["/v1/oauth/access_token", "/v1/me"]
    assert not EmailAddress.objects.get(user=User.objects.get(), email="nora@example.com").verified
    assert client.get("/profile/").status_code == 302
    assert [letter.to for letter in sent] == [["nora@example.com"]]
    assert not SocialToken.objects.exists()


def test_an_address_that_facebook_calls_confirmed_is_not(client: Any, db: None, graph: Graph) -> None:
    graph.person |= {"verified": True, "email_verified": True}

    come_back(client, graph, go(client, LOGIN))

    assert not EmailAddress.objects.get().verified


def test_an_address_there_opens_no_account_here(client: Any, learner: Any, graph: Graph, sent: Any) -> None:
    graph.person["email"] = learner.email.upper()

    response = come_back(client, graph, go(client, LOGIN))

    assert response.headers["Location"] == "/account/confirm-email/"
    assert nobody_came_in(client)
    assert [(letter.to, letter.subject) for letter in sent] == [
        ([learner.email], "You already have an account")
    ]


def test_without_an_address_there_is_no_account(client: Any, db: None, graph: Graph) -> None:
    del graph.person["email"]

    assert come_back(client, graph, go(client, LOGIN)).status_code == 422
    assert nobody_came_in(client)


@pytest.mark.parametrize("changed", [{"code": "made-up"}, {"state": "made-up"}, {"error": "no", "code": ""}])
def test_a_made_up_answer_lets_nobody_in(client: Any, db: None, graph: Graph, changed: Any) -> None:
    assert come_back(client, graph, go(client, LOGIN), **changed).status_code == 401
    assert nobody_came_in(client)


def test_the_answer_to_another_browser_is_worth_nothing(client: Any, db: None, graph: Graph) -> None:
    query, stranger = go(client, LOGIN), Client()
    go(stranger, LOGIN)

    assert come_back(stranger, graph, query).status_code == 401
    assert graph.asked == []


def test_an_answer_is_taken_once(client: Any, db: None, graph: Graph) -> None:
    query = go(client, LOGIN)
    come_back(client, graph, query)

    assert come_back(client, graph, query).status_code == 401


def test_facebook_does_not_vouch_for_addresses(
    client: Any, learner: Any, settings: Any, monkeypatch: Any, sent: Any
) -> None:
    """Facebook's own answers stand in here: it can't be run on this machine."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "facebook": {"APP": {"client_id": "x", "secret": "y", "name": "Facebook"}}
    }
    people = iter([("1", "free@example.com"), ("2", learner.email)])

    def complete(self: Any, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        uid, email = next(people)
        return self.get_provider().sociallogin_from_response(
            request, {"id": uid, "email": email, "name": "F B"}
        )

    views = "allauth.socialaccount.providers.facebook.views.FacebookOAuth2Adapter"
    monkeypatch.setattr(f"{views}.complete_login", complete)
    monkeypatch.setattr(f"{views}.get_access_token_data", lambda *args, **kwargs: {"access_token": "t"})
    for _ in range(2):
        state = go(client, LOGIN)["state"]
        answer = client.get(CALLBACK, {"code": "c", "state": state})
        assert answer.headers["Location"] == "/account/confirm-email/"
        assert client.get("/profile/").status_code == 302

    assert [(letter.to[0], letter.subject) for letter in sent] == [
        ("free@example.com", "Confirm your email address"),
        (learner.email, "You already have an account"),
    ]
    assert not SocialAccount.objects.filter(user=learner).exists()
    client.post(link_in(sent[0]))
    assert EmailAddress.objects.get(email="free@example.com").verified
