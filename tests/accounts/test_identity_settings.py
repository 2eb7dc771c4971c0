"""Which accounts elsewhere there are is configured, whole or not at all."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from momentum.core.environment import BadSettingError
from momentum.providers.identity.configured import social_providers
from tests.accounts.issuer import Issuer
from tests.pages import soup


def test_without_configuration_there_are_no_buttons(
    client: Any, db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        page = client.get("/account/signup/").text

    assert "Continue with" not in page


def test_a_configured_provider_has_its_button(client: Any, db: None, issuer: Issuer) -> None:
    for path in ("/account/login/", "/account/signup/"):
        assert "Continue with Example" in client.get(path).text


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
        "Continue with Google": "/account/identities/google/login/",
        "Continue with Amazon Cognito": "/account/identities/cognito/login/",
        "Continue with Example ID": "/account/identities/openid/login/",
        "Continue with Facebook": "/account/identities/facebook/login/",
        "Continue with Apple": "/account/identities/apple/login/",
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
