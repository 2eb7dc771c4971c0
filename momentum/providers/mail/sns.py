"""Amazon SNS, by which SES says what became of mails: messages are checked here before anything in them is believed.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from django.conf import settings

NOTIFICATION, CONFIRMATION = "Notification", "SubscriptionConfirmation"
LONGEST = 256 * 1024  # SNS sends no more
# SNS gives up after an hour at most. What is older was kept by somebody.
OLDEST, AHEAD = timedelta(minutes=70), timedelta(minutes=5)
_HOST = re.compile(r"sns\.[a-z0-9-]{1,40}\.amazonaws\.com(\.cn)?")
_CONFIRMING = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_SIGNED = {
    NOTIFICATION: ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    CONFIRMATION: _CONFIRMING,
    "UnsubscribeConfirmation": _CONFIRMING,
}
_OPTIONAL = "Subject"
_HASHES = {"1": SHA1, "2": SHA256}
_LONGEST_CERTIFICATE = 64 * 1024


class BadMessageError(Exception):
    """A message that Amazon didn't sign, or not for us, or not lately. The sentence says nothing that it said."""


@dataclass(frozen=True)
class SnsMessage:
    """A message whose signature was right, of a topic that is ours."""

    type: str
    id: str
    topic: str
    text: str
    token: str


def read_message(
    body: bytes, headers: Mapping[str, str], *, topics: Sequence[str], now: datetime
) -> SnsMessage:
    """Return what was sent, once it is certain that Amazon sent it, for one of these topics, within the hour.

    What a stranger could have written is refused before anything is fetched for it.

    Raises:
        BadMessageError: whatever is wrong with it.
        requests.RequestException: where the certificate can't be had now; it is worth sending again.
    """
    said = _parsed(body)
    kind = said.get("Type", "")
    if headers.get("X-Amz-Sns-Message-Type") != kind or kind not in _SIGNED:
        raise BadMessageError("The type in the header isn’t the one in the message, or there is none.")
    if headers.get("X-Amz-Sns-Message-Id") != said.get("MessageId") or not said.get("MessageId"):
        raise BadMessageError("The id in the header isn’t the one in the message, or there is none.")
    if said.get("TopicArn") not in topics:
        raise BadMessageError("The topic isn’t one of MOMENTUM_SES_TOPICS.")
    at = _moment(said.get("Timestamp", ""))
    if not now - OLDEST <= at <= now + AHEAD:
        raise BadMessageError("It was sent too long ago, or by a clock that is ahead of ours.")
    _verify(said, now)
    text, token = said["Message"], said.get("Token", "")
    return SnsMessage(kind, said["MessageId"], said["TopicArn"], text, token)


def signed_text(said: Mapping[str, str]) -> bytes:
    """Return what the signature of a message is made of: its fields, each on a line under its name, in SNS's order."""
    fields = [name for name in _SIGNED[said["Type"]] if name != _OPTIONAL or name in said]
    try:
        return "".join(f"{name}\n{said[name]}\n" for name in fields).encode()
    except KeyError as error:
        raise BadMessageError(f"It has no {error.args[0]}.") from None


def _parsed(body: bytes) -> dict[str, str]:
    if len(body) > LONGEST:
        raise BadMessageError("It is too long.")
    try:
        said: Any = json.loads(body)
    except ValueError:
        raise BadMessageError("It is no JSON.") from None
    if not isinstance(said, dict):
        raise BadMessageError("It is no message of SNS.")
    return {name: value for name, value in said.items() if isinstance(value, str)}


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadMessageError("It has no time.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _verify(said: Mapping[str, str], now: datetime) -> None:
    algorithm = _HASHES.get(said.get("SignatureVersion", ""))
    if algorithm is None:
        raise BadMessageError("Its signature is of no known version.")
    try:
        signature = base64.b64decode(said.get("Signature", ""), validate=True)
    except (binascii.Error, ValueError):
        raise BadMessageError("Its signature is malformed.") from None
    text = signed_text(said)
    key = _key(_checked_address(said.get("SigningCertURL", "")), now)
    try:
        key.verify(signature, text, padding.PKCS1v15(), algorithm())
    except InvalidSignature:
        raise BadMessageError("The signature doesn’t match.") from None


def _checked_address(url: str) -> str:
    """Refuse a certificate from anywhere but SNS: whoever may name its address could name their own."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadMessageError("The address of its certificate is malformed.") from None
    plain = parts.netloc == parts.hostname and port is None and not parts.query and not parts.fragment
    ours = parts.scheme == "https" and plain and _HOST.fullmatch(parts.netloc) is not None
    if not ours or not parts.path.endswith(".pem"):
        raise BadMessageError("Its certificate isn’t at an address of SNS.")
    return url


def _key(url: str, now: datetime) -> RSAPublicKey:
    certificate = _certificate(url)
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise BadMessageError("Its certificate isn’t valid any more, or not yet.")
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise BadMessageError("Its certificate is of another kind.")
    return key


@lru_cache(maxsize=16)
def _certificate(url: str) -> x509.Certificate:
    if settings.SNS_CERTIFICATES:
        url = settings.SNS_CERTIFICATES + urlsplit(url).path
    with requests.get(url, timeout=5, allow_redirects=False, stream=True) as answer:
        if answer.status_code >= 500:
            raise requests.HTTPError("SNS doesn’t give its certificate now.", response=answer)
        content = answer.raw.read(_LONGEST_CERTIFICATE, decode_content=True)
        if answer.status_code != 200:
            raise BadMessageError("There is no certificate at the address it names.")
    try:
        return x509.load_pem_x509_certificate(content)
    except ValueError:
        raise BadMessageError("What it names as its certificate is none.") from None
