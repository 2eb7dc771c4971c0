"""Signing in with Apple, whose answer is a form: through an Apple on this machine that signs real tokens."""

import json
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from momentum.accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.accounts.elsewhere import go, nobody_came_in
from tests.accounts.issuer import CLIENT_ID, Issuer
from tests.accounts.lies import LIES

# Of all the lies, those about what Apple's tokens claim and who signed them.
TOLD = (
    "another nonce", "no nonce", "for somebody else", "for us and somebody else", "for nobody", "by another issuer",
    "expired", "about nobody", "signed with another key",
)  # fmt: skip
LOGIN, CALLBACK = "/account/identities/apple/login/", "/account/identities/apple/callback/"
TEAM, KEY = "TEAM123456", "KEY1234567"


class Apple(Issuer):
    """Its addresses, its form, and a client that proves itself with a signature."""

    def __init__(self) -> None:
        super().__init__()
        self.client_key = ec.generate_private_key(ec.SECP256R1())
        self.asked: dict[str, dict[str, str]] = {}

    @property
    def private_key(self) -> str:
        kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return self.client_key.private_bytes(*kinds, serialization.NoEncryption()).decode()

    def authorise(self, query: dict[str, str]) -> str:
        assert query["client_id"] == CLIENT_ID
        assert (query["response_type"], query["response_mode"]) == ("code id_token", "form_post")
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        return code

    def _answer(self, method: str, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/auth/keys":
            return 200, self.jwks()
        query = self.asked.pop(form.get("code", ""), None)
        if path != "/auth/token" or query is None or query["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        public = self.client_key.public_key()
        proof = jwt.decode(form["client_secret"], public, ["ES256"], audience="https://appleid.apple.com")
        assert (proof["iss"], proof["sub"]) == (TEAM, CLIENT_ID)
        id_token = self.token(nonce=query["nonce"])
        self.issued.append(id_token)
        return 200, {"access_token": "secret", "refresh_token": "secret too", "id_token": id_token}


@pytest.fixture
def apple(settings: Any) -> Iterator[Apple]:
    """A configured Apple, which knows Nora and says so in words."""
    made = Apple()
    made.person = {"sub": "001.5b1f", "email": "nora@example.com", "email_verified": "true"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "apple": {
            "APP": {
                "client_id": CLIENT_ID,
                "name": "Apple",
                "key": TEAM,
                "secret": KEY,
                "settings": {"certificate_key": made.private_key, "server_url": made.url},
            }
        }
    }
    yield made
    made.close()


def come_back(client: Any, apple: Apple, query: dict[str, str], **form: str) -> Any:
    """Have the browser post Apple's form, which brings no session, and follow where that leads."""
    given = {"code": apple.authorise(query), "state": query["state"], **form}
    other = Client()
    answer = other.post(CALLBACK, given)
    client.cookies.update(other.cookies)
    assert answer.status_code == 302
    return client.get(answer.headers["Location"])


def test_somebody_new_has_an_account_with_the_name_they_gave(client: Any, db: None, apple: Apple) -> None:
    named = json.dumps({"name": {"firstName": "Nora", "lastName": "North"}})

    response = come_back(client, apple, go(client, LOGIN), user=named)

    assert response.headers["Location"] == "/account/landing/"
    user = User.objects.get()
    assert (user.email, user.name, user.role) == ("nora@example.com", "Nora North", "free")
    assert EmailAddress.objects.get(user=user).verified
    assert client.get("/profile/").status_code == 200


def test_none_of_apples_own_keys_to_the_account_is_kept(client: Any, db: None, apple: Apple) -> None:
    come_back(client, apple, go(client, LOGIN))

    assert set(SocialAccount.objects.get().extra_data) == {"sub", "email", "email_verified"}
    assert not SocialToken.objects.exists()


def test_each_time_it_asks_with_another_nonce_and_takes_none_from_a_link(
    client: Any, db: None, apple: Apple
) -> None:
    first, second = go(client, LOGIN), go(client, f"{LOGIN}?auth_params=nonce%3Dmine&scope=everything")

    assert len({first["nonce"], second["nonce"], "mine"}) == 3
    assert len(first["nonce"]) >= 16
    assert "everything" not in second["scope"]


@pytest.mark.parametrize("lie", [LIES[told] for told in TOLD], ids=TOLD)
def test_a_token_that_proves_nothing_lets_nobody_in(client: Any, db: None, apple: Apple, lie: Any) -> None:
    lie(apple)

    response = come_back(client, apple, go(client, LOGIN))

    assert len(apple.issued) == 1
    assert response.status_code == 401
    assert nobody_came_in(client)
    assert not User.objects.exists()


def test_a_token_in_the_form_is_not_taken_for_one_that_apple_gave(
    client: Any, db: None, apple: Apple
) -> None:
    query = go(client, LOGIN)
    honest = apple.token(nonce=query["nonce"])
    apple.claims = {"nonce": "guessed"}

    assert come_back(client, apple, query, id_token=honest).status_code == 401
    assert nobody_came_in(client)


@pytest.mark.parametrize("said", [{"email_verified": "false"}, {"email_verified": None}, {"email": None}])
def test_an_address_that_apple_does_not_vouch_for_opens_nothing(
    client: Any, db: None, apple: Apple, said: Any
) -> None:
    apple.claims = said

    assert come_back(client, apple, go(client, LOGIN)).status_code == 422
    assert nobody_came_in(client)
    assert not User.objects.exists()


def test_what_the_form_says_of_somebody_is_no_proof_of_their_address(
    client: Any, db: None, apple: Apple
) -> None:
    apple.claims = {"email": None, "email_verified": None}
    forged = json.dumps({"email": "boss@example.com", "email_verified": True, "sub": "another"})

    come_back(client, apple, go(client, LOGIN), user=forged)

    assert nobody_came_in(client)
    assert not User.objects.exists()


def test_an_address_there_opens_no_account_here_until_its_owner_says_so(
    client: Any, learner: Any, apple: Apple, sign_in: Any
) -> None:
    apple.person["email"] = learner.email.upper()

    response = come_back(client, apple, go(client, LOGIN))

    assert response.headers["Location"].startswith("/account/login/?next=")
    assert nobody_came_in(client)
    sign_in(client, learner.email, PASSWORD)
    client.post("/account/identities/link/")
    assert SocialAccount.objects.get().user == learner


def test_the_form_of_another_browser_is_worth_nothing(client: Any, db: None, apple: Apple) -> None:
    query, stranger = go(client, LOGIN), Client()
    go(stranger, LOGIN)

    assert come_back(stranger, apple, query).status_code == 401
    assert nobody_came_in(stranger)


def test_a_suspended_person_stays_out(client: Any, db: None, apple: Apple) -> None:
    come_back(client, apple, go(client, LOGIN))
    client.post("/account/logout/")
    User.objects.update(is_active=False)

    come_back(client, apple, go(client, LOGIN))

    assert client.get("/profile/").status_code == 302
