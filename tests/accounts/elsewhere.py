"""Going to where somebody has another account, and coming back from there."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from allauth.socialaccount.models import SocialAccount

from tests.accounts.issuer import Issuer
from tests.pages import soup

LOGIN, CALLBACK = "/account/identities/openid/login/", "/account/identities/openid/callback/"


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
