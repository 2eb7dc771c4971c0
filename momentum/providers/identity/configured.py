"""Which identity providers there are: those whose ids and secrets stand in the environment."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from momentum.core import environment as env

# Name here, name in the environment, name on the button, issuer; an empty one is configured.
_OPEN_ID = (
    ("google", "GOOGLE", "Google", "https://accounts.google.com"),
    ("cognito", "COGNITO", "Amazon Cognito", ""),
    ("openid", "OIDC", "OpenID Connect", ""),
)


@dataclass(frozen=True)
class Pool:
    """An Amazon Cognito user pool whose tokens the API takes, when they were made for one of these clients."""

    issuer: str
    clients: frozenset[str]

    @property
    def keys_address(self) -> str:
        return f"{self.issuer}/.well-known/jwks.json"


def cognito_pool() -> Pool | None:
    """Return the configured pool, if any."""
    client = env.text("MOMENTUM_COGNITO_CLIENT_ID")
    if not client:
        return None
    more = env.names("MOMENTUM_COGNITO_API_CLIENT_IDS")
    return Pool(_issuer("MOMENTUM_COGNITO_ISSUER"), frozenset({client, *more}))


def social_providers() -> dict[str, Any]:
    """Return what allauth is told of them.

    Raises:
        BadSettingError: where one is configured by halves, or isn't spoken to in secret.
    """
    apps = [app for app in (_open_id(*row) for row in _OPEN_ID) if app]
    found: dict[str, Any] = {"openid_connect": {"APPS": apps}}
    if facebook := _pair("FACEBOOK"):
        found["facebook"] = {
            "APP": {"client_id": facebook[0], "secret": facebook[1], "name": "Facebook"},
            "SCOPE": ["email", "public_profile"],
            "FIELDS": ["id", "name", "email"],
            "VERIFIED_EMAIL": False,
        }
    if apple := _apple():
        found["apple"] = {"APP": apple}
    return found


def _open_id(provider_id: str, prefix: str, name: str, issuer: str) -> dict[str, Any] | None:
    issuer = issuer or _issuer(f"MOMENTUM_{prefix}_ISSUER")
    pair = _pair(prefix)
    if not pair:
        return None
    if not issuer:
        raise env.BadSettingError(f"MOMENTUM_{prefix}_ISSUER", "", "the issuer's https:// address")
    return {
        "provider_id": provider_id,
        "name": env.text(f"MOMENTUM_{prefix}_NAME", name),
        "client_id": pair[0],
        "secret": pair[1],
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }


def _issuer(name: str) -> str:
    value = env.text(name).rstrip("/")
    parts = urlsplit(value)
    if value and parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
        raise env.BadSettingError(name, value, "an https:// address")
    return value


def _pair(prefix: str) -> tuple[str, str] | None:
    client, secret = f"MOMENTUM_{prefix}_CLIENT_ID", f"MOMENTUM_{prefix}_CLIENT_SECRET"
    if not env.text(client):
        return None
    if not env.secret(secret):
        raise env.BadSettingError(secret, "", f"set where {client} is")
    return env.text(client), env.secret(secret)


def _apple() -> dict[str, Any] | None:
    client = env.text("MOMENTUM_APPLE_CLIENT_ID")
    if not client:
        return None
    values = {name: env.secret(f"MOMENTUM_APPLE_{name}") for name in ("TEAM_ID", "KEY_ID", "PRIVATE_KEY")}
    for name, value in values.items():
        if not value:
            raise env.BadSettingError(f"MOMENTUM_APPLE_{name}", "", "set where MOMENTUM_APPLE_CLIENT_ID is")
    return {
        "client_id": client,
        "name": "Apple",
        "key": values["TEAM_ID"],
        "secret": values["KEY_ID"],
        # Line ends may be written \n, as they must be in many a file of variables.
        "settings": {"certificate_key": values["PRIVATE_KEY"].replace("\\n", "\n")},
    }


def issuer_answers(issuer: str) -> str | None:
    """Return what is wrong with an issuer, to go after its address in a sentence; None where it is as it should be."""
    import requests

    try:
        said = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).json()
    except requests.RequestException as error:
        return f"does not answer as an issuer does ({type(error).__name__})"
    if not isinstance(said, dict) or said.get("issuer") != issuer:
        return "says that it is another issuer"
    return None
