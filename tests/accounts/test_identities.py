"""Signing in with an account elsewhere, through an issuer that signs real tokens, and through one that lies."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from momentum.accounts.models import AddressChange, User
from momentum.accounts.provider import OpenIDAdapter
from momentum.core.environment import BadSettingError
from momentum.events.models import Event
from momentum.providers.identity.configured import social_providers
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD, link_in
from tests.accounts.issuer import CLIENT_ID, CLIENT_SECRET, Issuer
from tests.factories import make_user
from tests.pages import soup

LOGIN, CALLBACK = "/account/identities/openid/login/", "/account/identities/openid/callback/"
LINKED = "/account/identities/"


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


def go(client: Any, path: str = LOGIN, **fields: str) -> dict[str, str]:
    """Press the button; return what the browser takes to the issuer."""
    page = soup(client.post(path, fields))
    address = str(page.select_one("main a.btn[rel=noreferrer]")["href"])  # type: ignore[index]
    return dict(parse_qsl(urlsplit(address).query))


def come_back(client: Any, issuer: Issuer, query: dict[str, str], **changed: str) -> Any:
    given = {"code": issuer.authorise(query), "state": query["state"], **changed}
    return client.get(CALLBACK, given)


def sign_in_by(client: Any, issuer: Issuer, **fields: str) -> Any:
    return come_back(client, issuer, go(client, **fields))


def nobody_came_in(client: Any) -> bool:
    return bool(client.get("/profile/").status_code == 302) and not SocialAccount.objects.exists()


def test_somebody_new_has_an_account_at_once(client: Any, db: None, issuer: Issuer, sent: Any) -> None:
    response = sign_in_by(client, issuer)

    assert response.headers["Location"] == "/account/landing/"
    user = User.objects.get()
    assert (user.email, user.name, user.role) == ("nora@example.com", "Nora North", "free")
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert SocialAccount.objects.get(user=user).uid == "5b1f"
    assert Event.objects.filter(name="user.signed_up", actor_id=user.id).count() == 1
    assert client.get("/profile/").status_code == 200
    assert [message.subject for message in sent] == ["Welcome to Momentum"]


def test_the_second_time_it_is_the_same_account_whatever_the_address(
    client: Any, db: None, issuer: Issuer
) -> None:
    sign_in_by(client, issuer)
    issuer.person["email"] = "other@example.com"

    other = Client()
    response = sign_in_by(other, issuer, next="/profile/")

    assert response.headers["Location"] == "/profile/"
    assert "nora@example.com" in other.get("/profile/").text
    assert User.objects.count() == 1


def test_what_is_kept_of_them_is_no_more_than_is_needed(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"picture": "https://example.com/p", "phone_number": "+49", "address": {"country": "DE"}}

    sign_in_by(client, issuer)

    kept = SocialAccount.objects.get().extra_data["id_token"]
    assert set(kept) == {"sub", "email", "email_verified", "name"}


def test_the_browser_is_asked_to_prove_that_it_began(client: Any, db: None, issuer: Issuer) -> None:
    first, second = go(client), go(client)

    assert first["redirect_uri"] == f"http://testserver{CALLBACK}"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 16
        assert first[name] != second[name]


def test_what_a_link_says_does_not_reach_the_issuer(client: Any, db: None, issuer: Issuer) -> None:
    query = go(client, f"{LOGIN}?auth_params=nonce%3Dmine%26prompt%3Dnone&scope=everything")

    assert query["nonce"] != "mine"
    assert "prompt" not in query
    assert "everything" not in query["scope"]


def another_key() -> Any:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def wrong_key(issuer: Issuer) -> None:
    issuer.signing_key = another_key()


def public_key_as_secret(issuer: Issuer) -> None:
    # Signed with what everybody knows: a checker that trusts the header takes it.
    issuer.headers = {"alg": "HS256"}


def no_signature(issuer: Issuer) -> None:
    def token(**changed: Any) -> str:
        now = int(time.time())
        claims = {"iss": issuer.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300}
        return jwt.encode(
            {**claims, **issuer.person, **changed}, None, algorithm="none", headers={"kid": "first"}
        )

    issuer.token = token  # type: ignore[method-assign]


def unknown_key(issuer: Issuer) -> None:
    issuer.headers = {"kid": "second"}


def key_of_its_own(issuer: Issuer) -> None:
    wrong_key(issuer)
    own = jwt.algorithms.RSAAlgorithm.to_jwk(issuer.signing_key.public_key(), as_dict=True)
    issuer.headers = {"jwk": own, "jku": f"{issuer.url}/keys"}


def no_token(issuer: Issuer) -> None:
    issuer.token = lambda **changed: None  # type: ignore[assignment, method-assign, return-value]


def claims(**changed: Any) -> Any:
    def lie(issuer: Issuer) -> None:
        issuer.claims = changed

    return lie


LIES = {
    "another nonce": claims(nonce="guessed"),
    "no nonce": claims(nonce=None),
    "an empty nonce": claims(nonce=""),
    "for somebody else": claims(aud="another-client"),
    "for us and somebody else": claims(aud=[CLIENT_ID, "another-client"]),
    "for nobody": claims(aud=None),
    "by another issuer": claims(iss="https://evil.example"),
    "expired": claims(exp=int(time.time()) - 61),
    "never expiring": claims(exp=None),
    "from the future": claims(iat=int(time.time()) + 3600),
    "not valid yet": claims(nbf=int(time.time()) + 3600),
    "about nobody": claims(sub=None),
    "about an empty name": claims(sub=""),
    "about a number": claims(sub=7),
    "an access token": claims(token_use="access"),
    "signed with another key": wrong_key,
    "signed with the public key": public_key_as_secret,
    "signed not at all": no_signature,
    "signed with an unknown key": unknown_key,
    "bringing its own key": key_of_its_own,
    "none": no_token,
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_token_that_proves_nothing_lets_nobody_in(client: Any, db: None, issuer: Issuer, lie: Any) -> None:
    lie(issuer)

    response = sign_in_by(client, issuer)

    assert len(issuer.issued) == 1
    assert response.status_code == 401
    assert "That didn’t work" in response.text
    assert nobody_came_in(client)
    assert not User.objects.exists()


def test_a_token_of_a_minute_ago_is_still_good(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"exp": int(time.time()) - 30}

    assert sign_in_by(client, issuer).status_code == 302


def test_the_answer_to_another_browser_is_worth_nothing(client: Any, db: None, issuer: Issuer) -> None:
    query = go(client)
    stranger = Client()
    go(stranger)

    response = come_back(stranger, issuer, query)

    assert response.status_code == 401
    assert nobody_came_in(stranger)


def test_an_answer_is_taken_once(client: Any, db: None, issuer: Issuer) -> None:
    query = go(client)
    come_back(client, issuer, query)
    client.post("/account/logout/")

    assert come_back(client, issuer, query).status_code == 401


def test_a_code_of_another_request_is_refused(client: Any, db: None, issuer: Issuer) -> None:
    theirs, ours = go(Client()), go(client)

    response = client.get(CALLBACK, {"code": issuer.authorise(theirs), "state": ours["state"]})

    assert response.status_code == 401
    assert nobody_came_in(client)


@pytest.mark.parametrize(
    "query", [{}, {"state": "x"}, {"code": "x"}, {"state": "x", "code": "y"}, {"error": "no"}]
)
def test_a_made_up_answer_is_refused(client: Any, db: None, issuer: Issuer, query: Any) -> None:
    assert client.get(CALLBACK, query).status_code == 401


def test_turning_back_changes_nothing(client: Any, db: None, issuer: Issuer) -> None:
    query = go(client)

    response = client.get(CALLBACK, {"error": "access_denied", "state": query["state"]}, follow=True)

    assert "You didn’t sign in" in response.text
    assert nobody_came_in(client)


def test_an_issuer_that_cannot_be_reached_is_said_plainly(client: Any, db: None, issuer: Issuer) -> None:
    issuer.close()

    assert client.post(LOGIN).status_code == 503


def test_a_configuration_of_another_issuer_is_refused(client: Any, db: None, issuer: Issuer) -> None:
    real, issuer.url = issuer.url, "https://evil.example"

    assert client.post(LOGIN).status_code == 503

    issuer.url = real


@pytest.mark.parametrize("said", [False, None, "false", 0, "no"])
def test_an_address_that_nobody_confirmed_opens_nothing(
    client: Any, db: None, issuer: Issuer, said: Any, sent: Any
) -> None:
    issuer.claims = {"email_verified": said}

    response = sign_in_by(client, issuer)

    assert response.status_code == 422
    assert "hasn&#39;t confirmed" in response.text
    assert nobody_came_in(client)
    assert sent == []


def test_an_address_confirmed_in_words_counts(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"email_verified": "true"}

    assert sign_in_by(client, issuer).status_code == 302


def test_without_an_address_there_is_no_account(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"email": None}
    issuer.userinfo = {"sub": "5b1f"}

    assert sign_in_by(client, issuer).status_code == 422
    assert nobody_came_in(client)


def test_the_address_may_come_with_the_second_answer(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"email": None}
    issuer.userinfo = {"sub": "5b1f", "email": "nora@example.com", "email_verified": True}

    sign_in_by(client, issuer)

    assert User.objects.get().email == "nora@example.com"


def test_a_second_answer_about_somebody_else_is_refused(client: Any, db: None, issuer: Issuer) -> None:
    issuer.claims = {"email": None}
    issuer.userinfo = {"sub": "other", "email": "lea@example.com", "email_verified": True}

    assert sign_in_by(client, issuer).status_code == 401
    assert nobody_came_in(client)


# --- an account that exists is never taken over -----------------------------------------------------


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
    assert "There is an account with lea@example.com." in client.get(response.headers["Location"]).text
    asked = sign_in(client, learner.email, fields={"next": "/account/identities/link/"})
    assert "Link Example?" in client.get(asked.headers["Location"]).text
    assert not SocialAccount.objects.exists()

    client.post("/account/identities/link/")

    assert SocialAccount.objects.get().user == learner
    assert sent[-1].subject == "An account elsewhere was linked"
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
    monkeypatch.setattr("momentum.accounts.identities.time.time", lambda: later)

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
    monkeypatch.setattr("momentum.accounts.identities.time.time", lambda: later)

    assert client.post("/account/identities/link/").status_code == 404


def test_the_second_step_is_asked_for_all_the_same(client: Any, db: None, issuer: Issuer) -> None:
    sign_in_by(client, issuer)
    Authenticator.objects.create(user=User.objects.get(), type="totp", data={"secret": "x"})

    other = Client()
    response = sign_in_by(other, issuer)

    assert response.headers["Location"] == "/account/security/authenticate/"
    assert other.get("/profile/").status_code == 302


def test_a_suspended_person_stays_out(client: Any, db: None, issuer: Issuer) -> None:
    sign_in_by(client, issuer)
    User.objects.update(is_active=False)

    other = Client()

    assert sign_in_by(other, issuer).headers["Location"] == "/account/inactive/"
    assert other.get("/profile/").status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_coming_back_never_leads_elsewhere(client: Any, db: None, issuer: Issuer, target: str) -> None:
    assert sign_in_by(client, issuer, next=target).headers["Location"] == "/account/landing/"


def test_a_link_alone_sends_nobody_off(client: Any, db: None, issuer: Issuer) -> None:
    page = client.get(LOGIN).text

    assert "Go on with Example?" in page
    assert issuer.url not in page


# --- linked accounts ------------------------------------------------------------------------------


def prove(client: Any) -> None:
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def test_an_account_is_linked_and_unlinked_by_its_owner(
    as_learner: Any, learner: Any, issuer: Issuer, sent: Any
) -> None:
    prove(as_learner)
    assert "Link Example" in as_learner.get(LINKED).text
    sign_in_by(as_learner, issuer, process="connect")
    account = SocialAccount.objects.get()
    assert account.user == learner
    assert "Unlink Example" in as_learner.get(LINKED).text
    assert "lea@example.com" in as_learner.get("/profile/").text

    as_learner.post(LINKED, {"account": str(account.pk)})

    assert not SocialAccount.objects.exists()
    assert [message.subject for message in sent] == [
        "An account elsewhere was linked",
        "An account elsewhere was unlinked",
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

    assert "This is your only way in." in response.text
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
    monkeypatch.setattr("momentum.accounts.access.time.time", lambda: later)

    response = client.post(f"/account/{path}", {"password1": NEW_PASSWORD, "email": "thief@example.com"})

    assert response.status_code == 403
    assert "Sign out, sign in again" in response.text
    assert not User.objects.get().has_usable_password()
    assert not AddressChange.objects.exists()
    assert not Authenticator.objects.exists()


def test_anothers_account_is_not_unlinked(as_learner: Any, other_learner: Any, issuer: Issuer) -> None:
    account = SocialAccount.objects.create(user=other_learner, provider="openid", uid="7")
    prove(as_learner)

    as_learner.post(LINKED, {"account": str(account.pk)})

    assert SocialAccount.objects.filter(pk=account.pk).exists()


# --- configuration --------------------------------------------------------------------------------


def test_without_configuration_there_are_no_buttons(
    client: Any, db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        page = client.get("/account/signup/").text

    assert "Go on with" not in page


def test_a_configured_provider_has_its_button(client: Any, db: None, issuer: Issuer) -> None:
    for path in ("/account/login/", "/account/signup/"):
        assert "Go on with Example" in client.get(path).text


def test_all_five_are_configured_by_the_environment(
    monkeypatch: Any, client: Any, db: None, settings: Any
) -> None:
    for prefix in ("GOOGLE", "FACEBOOK", "OIDC", "COGNITO"):
        monkeypatch.setenv(f"MOMENTUM_{prefix}_CLIENT_ID", f"{prefix} id")
        monkeypatch.setenv(f"MOMENTUM_{prefix}_CLIENT_SECRET", "secret")
    monkeypatch.setenv("MOMENTUM_OIDC_ISSUER", "https://id.example.com/")
    monkeypatch.setenv("MOMENTUM_OIDC_NAME", "Example ID")
    monkeypatch.setenv(
        "MOMENTUM_COGNITO_ISSUER", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x"
    )
    for name in ("CLIENT_ID", "TEAM_ID", "KEY_ID", "PRIVATE_KEY"):
        monkeypatch.setenv(f"MOMENTUM_APPLE_{name}", "a\\nb")

    settings.SOCIALACCOUNT_PROVIDERS = social_providers()

    page = soup(client.get("/account/login/"))
    buttons = {form.get_text(strip=True): form["action"] for form in page.select(".account__ways form")}
    assert buttons == {
        "Go on with Google": "/account/identities/google/login/",
        "Go on with Amazon Cognito": "/account/identities/cognito/login/",
        "Go on with Example ID": "/account/identities/openid/login/",
        "Go on with Facebook": "/account/identities/facebook/login/",
        "Go on with Apple": "/account/identities/apple/login/",
    }
    assert settings.SOCIALACCOUNT_PROVIDERS["apple"]["APP"]["settings"]["certificate_key"] == "a\nb"
    for name, host in (("facebook", "www.facebook.com"), ("apple", "appleid.apple.com")):
        onward = soup(client.post(f"/account/identities/{name}/login/")).select_one("main a.btn")
        assert urlsplit(str(onward["href"])).hostname == host  # type: ignore[index]


@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        ({"GOOGLE_CLIENT_ID": "x"}, "MOMENTUM_GOOGLE_CLIENT_SECRET"),
        ({"OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"}, "MOMENTUM_OIDC_ISSUER"),
        ({"OIDC_ISSUER": "http://id.example.com"}, "MOMENTUM_OIDC_ISSUER"),
        ({"APPLE_CLIENT_ID": "x", "APPLE_TEAM_ID": "y"}, "MOMENTUM_APPLE_KEY_ID"),
    ],
)
def test_a_provider_configured_by_halves_stops_the_start(monkeypatch: Any, names: Any, wrong: str) -> None:
    for name, value in names.items():
        monkeypatch.setenv(f"MOMENTUM_{name}", value)

    with pytest.raises(BadSettingError, match=wrong):
        social_providers()


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
        state = go(client, "/account/identities/facebook/login/")["state"]
        answer = client.get("/account/identities/facebook/callback/", {"code": "c", "state": state})
        assert answer.headers["Location"] == "/account/confirm-email/"
        assert client.get("/profile/").status_code == 302

    assert [(letter.to[0], letter.subject) for letter in sent] == [
        ("free@example.com", "Confirm your address"),
        (learner.email, "You already have an account"),
    ]
    assert not SocialAccount.objects.filter(user=learner).exists()
    client.post(link_in(sent[0]))
    assert EmailAddress.objects.get(email="free@example.com").verified


def test_an_address_taken_between_asking_and_signing_up_is_said(
    client: Any, db: None, issuer: Issuer, monkeypatch: Any
) -> None:
    real = User.save

    def late(self: Any, *args: Any, **kwargs: Any) -> None:
        if self.email == "nora@example.com" and not User.objects.filter(email=self.email).exists():
            make_user(email="NORA@example.com", name="first")
        real(self, *args, **kwargs)

    query = go(client)
    monkeypatch.setattr(User, "save", late)

    assert come_back(client, issuer, query).status_code == 409
    assert nobody_came_in(client)
