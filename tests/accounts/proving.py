"""Proving who one is: by the password once more, by the code of an app, by what no authenticator made."""

import json
import time

from allauth.mfa.totp.internal import auth
from django.test import Client

from tests.accounts.conftest import PASSWORD

SECURITY = "/account/security/"


def code_of(secret: str, *, steps: int = 0) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def prove(client: Client) -> None:
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def made_up(handle: object) -> str:
    """A credential of the right form that no authenticator made."""
    response = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA", "userHandle": handle}
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})
