"""OpenID Connect, as strict as its specification: Google, Amazon Cognito and any other issuer.

Allauth finds this module by its name. Its own provider looks at no signature and knows no nonce.
"""

import hmac
import secrets
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect import provider as allauth
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from momentum.providers.identity import BadTokenError, KeySet, proven_claims

KEPT = ("sub", "email", "email_verified", "name")
ALGORITHMS = ("RS256", "ES256")


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
        if not self.nonce or not hmac.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise BadTokenError("not the answer to what this browser asked")
        if claims.get("token_use", "id") != "id":
            raise BadTokenError("no token about who somebody is")
        return claims

    def _more(self, access_token: str, subject: str) -> dict[str, Any]:
        """Ask for the address where the token doesn't have it; whose answer it is must be the same."""
        info: dict[str, Any] = self._fetch_user_info(access_token)
        if info.get("sub") != subject:
            raise BadTokenError("the issuer's two answers are about two people")
        return {name: info[name] for name in KEPT if name in info}


class OpenIDProvider(allauth.OpenIDConnectProvider):  # type: ignore[misc]
    """One configured issuer."""

    oauth2_adapter_class = OpenIDAdapter

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

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        addresses: list[Any] = super().extract_email_addresses(data)
        for address in addresses:
            # Cognito says "true" in words.
            address.verified = str(address.verified).lower() == "true"
        return addresses


class OpenIDCallback(OAuth2CallbackView):  # type: ignore[misc]
    """Takes somebody back from the issuer."""

    def _get_state(self, request: HttpRequest, provider: OpenIDProvider) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


provider_classes = [OpenIDProvider]
