"""OpenID Connect, as strict as its specification: Google, Amazon Cognito, Apple and any other issuer.

Allauth finds this module by its name. Its own providers know no nonce; its OpenID Connect looks at no signature, and
its Apple takes an address from a form that anybody can fill in.
"""

import hmac
import json
import secrets
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.apple.apple_session import get_apple_session
from allauth.socialaccount.providers.apple.provider import AppleProvider as AllauthApple
from allauth.socialaccount.providers.apple.views import AppleOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect import provider as allauth
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from momentum.providers.identity import BadTokenError, KeySet, proven_claims

KEPT = ("sub", "email", "email_verified", "name")
ALGORITHMS = ("RS256", "ES256")
APPLE = "https://appleid.apple.com"


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """Speaks with one issuer; `nonce` is what it was asked to put into its token."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != self.issuer:
            raise OAuth2Error("The configuration is another issuer's.")
        return config

    @property
    def issuer(self) -> str:
        return str(self.get_provider().app.settings["server_url"])

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,
        **kwargs: Any,  # noqa: ANN401
    ) -> SocialLogin:
        try:
            claims = self._claims(app, kwargs["response"]["id_token"])
            if not claims.get("email"):
                claims |= self._more(token.token, claims["sub"])
            kept = {name: claims[name] for name in KEPT if name in claims}
            return self.get_provider().sociallogin_from_response(request, {"id_token": kept})
        except (BadTokenError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error(f"What the issuer answered can't be used: {error}") from error

    def _claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        keys = KeySet.at(self.openid_config["jwks_uri"])
        claims = proven_claims(
            id_token, issuer=self.issuer, keys=keys, audience=app.client_id, algorithms=ALGORITHMS
        )
        require_nonce(claims, self.nonce)
        if claims.get("token_use", "id") != "id":
            raise BadTokenError("no token about who somebody is")
        return claims

    def _more(self, access_token: str, subject: str) -> dict[str, Any]:
        """Ask for the address where the token doesn't have it; whose answer it is must be the same."""
        info: dict[str, Any] = self._fetch_user_info(access_token)
        if info.get("sub") != subject:
            raise BadTokenError("the issuer's two answers are about two people")
        return {name: info[name] for name in KEPT if name in info}


class AppleAdapter(AppleOAuth2Adapter):  # type: ignore[misc]
    """Speaks with Apple, which answers by a form: of that only the code is taken, and how somebody calls themselves."""

    nonce = ""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        # Tests have an Apple of their own.
        self.issuer = str(self.get_provider().app.settings.get("server_url", APPLE))
        self.access_token_url = f"{self.issuer}/auth/token"
        self.authorize_url = f"{self.issuer}/auth/authorize"

    def get_access_token_data(
        self,
        request: HttpRequest,
        app: SocialApp,
        client: OAuth2Client,
        pkce_code_verifier: str | None = None,
    ) -> dict[str, Any]:
        answer: dict[str, Any] = OAuth2Adapter.get_access_token_data(self, request, app, client)
        return answer

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        return OAuth2Adapter.parse_token(self, data)

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,
        **kwargs: Any,  # noqa: ANN401
    ) -> SocialLogin:
        form = get_apple_session(request)
        name = form.store.get("user", "")
        form.delete()
        try:
            claims = proven_claims(
                kwargs["response"]["id_token"],
                issuer=self.issuer,
                keys=KeySet.at(f"{self.issuer}/auth/keys"),
                audience=app.client_id,
                algorithms=ALGORITHMS,
            )
            require_nonce(claims, self.nonce)
        except (BadTokenError, KeyError, TypeError) as error:
            raise OAuth2Error(f"What Apple answered can't be used: {error}") from error
        kept = {name: claims[name] for name in KEPT if name in claims and name != "name"}
        return self.get_provider().sociallogin_from_response(request, {**kept, **_name_in(name)})


def require_nonce(claims: dict[str, Any], nonce: str) -> None:
    """Refuse a token that wasn't made for what this browser asked.

    Raises:
        BadTokenError: then.
    """
    if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
        raise BadTokenError("not the answer to what this browser asked")


def _name_in(form: str) -> dict[str, Any]:
    """Return the name of what Apple's form says about somebody, which it does the first time only."""
    try:
        said = json.loads(form)["name"]
        parts = {part: str(said.get(part) or "")[:60] for part in ("firstName", "lastName")}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {"name": parts}


class _Asking(OAuth2Provider):  # type: ignore[misc]
    """Asks for a nonce, and for nothing that a link tells it to."""

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        params: dict[str, Any] = self.get_auth_params()
        return params

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        scope: list[str] = self.get_scope()
        return scope

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: object = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(24)
        params = {**self.get_auth_params(), **(kwargs.pop("auth_params", None) or {}), "nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs
        )
        return answer


class OpenIDProvider(_Asking, allauth.OpenIDConnectProvider):  # type: ignore[misc]
    """One configured issuer."""

    oauth2_adapter_class = OpenIDAdapter

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        addresses: list[Any] = super().extract_email_addresses(data)
        for address in addresses:
            # Cognito says "true" in words.
            address.verified = str(address.verified).lower() == "true"
        return addresses


class AppleProvider(_Asking, AllauthApple):  # type: ignore[misc]
    """Sign in with Apple."""

    oauth2_adapter_class = AppleAdapter

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        addresses: list[Any] = super().extract_email_addresses(data)
        for address in addresses:
            address.verified = address.verified is True  # Apple may leave it out
        return addresses


class OpenIDCallback(OAuth2CallbackView):  # type: ignore[misc]
    """Takes somebody back from the issuer."""

    def _get_state(self, request: HttpRequest, provider: OpenIDProvider) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


provider_classes = [OpenIDProvider, AppleProvider]
