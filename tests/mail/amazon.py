"""What Amazon does: an account that takes mail over HTTP, and topics that sign what they say with a certificate."""

import base64
import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail"
CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"
CONFIRMED = (
    b"<ConfirmSubscriptionResponse><ConfirmSubscriptionResult>"
    b"<SubscriptionArn>arn:aws:sns:eu-west-1:123456789012:mail:1</SubscriptionArn>"
    b"</ConfirmSubscriptionResult></ConfirmSubscriptionResponse>"
)
ACCOUNT: dict[str, Any] = {
    "ProductionAccessEnabled": True,
    "SendingEnabled": True,
    "EnforcementStatus": "HEALTHY",
    "SendQuota": {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 120.0},
}


class Amazon(ThreadingHTTPServer):
    """`answers`: by the end of the address, a status and what is said; `asked`: what was asked, in turn."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, Any]] = []
        self.answers: dict[str, tuple[int, dict[str, Any]]] = {
            "/v2/email/account": (200, ACCOUNT),
            "/v2/email/identities/example.org": (200, {"VerifiedForSendingStatus": True}),
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def refuse(self, error: str, message: str = "No.", *, status: int = 400) -> None:
        """Take no mail, for this reason."""
        self.answers["/v2/email/outbound-emails"] = (status, {"__type": error, "message": message})


class _Handler(BaseHTTPRequestHandler):
    server: Amazon
    pems: ClassVar = {"/SimpleNotificationService-1.pem"}

    def do_GET(self) -> None:
        self.server.asked.append((self.path, None))
        if self.path in self.pems:
            self._answer(200, pem(), "text/plain")
        else:
            self._say(*self.server.answers.get(self.path, (404, {"__type": "NotFoundException"})))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, body))
        if self.path == "/":  # SNS, which is asked in another way than SES
            self._answer(200, CONFIRMED, "text/xml")
            return
        known = self.server.answers.get(self.path)
        self._say(*(known or (200, {"MessageId": f"ses-{len(self.server.asked)}"})))

    def _say(self, status: int, said: dict[str, Any]) -> None:
        self._answer(status, json.dumps(said).encode(), "application/json", said.get("__type", ""))

    def _answer(self, status: int, body: bytes, kind: str, error: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if error:
            self.send_header("x-amzn-ErrorType", error)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def amazon() -> Iterator[Amazon]:
    server = Amazon()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def pem() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key().public_key())
    made = (
        made.serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    return made.sign(key(), hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def event(name: str, message_id: str, *, at: datetime, email: object = None, **about: Any) -> dict[str, Any]:
    """Return what SES says of a mail by event publishing, as its documentation shows it."""
    place = {"DeliveryDelay": "deliveryDelay"}.get(name, name.lower())
    mail = {
        "timestamp": _said(at - timedelta(seconds=2)),
        "messageId": message_id,
        "source": "hello@example.org",
        "destination": ["lea@example.com"],
        "headersTruncated": False,
        "commonHeaders": {"subject": "Day 3", "to": ["lea@example.com"]},
        "tags": {"ses:configuration-set": ["momentum"]} | ({"email": [str(email)]} if email else {}),
    }
    return {"eventType": name, "mail": mail, place: {"timestamp": _said(at)} | about}


def bounce(kind: str, sub: str = "General") -> dict[str, Any]:
    recipients = [{"emailAddress": "lea@example.com", "action": "failed", "status": "5.1.1"}]
    return {"bounceType": kind, "bounceSubType": sub, "bouncedRecipients": recipients, "feedbackId": "1"}


def message(said: object, *, version: str = "2", sign: bool = True, **fields: str) -> dict[str, str]:
    """Return a message of SNS, signed by the canonical lines that its documentation gives."""
    made = {
        "Type": "Notification",
        "MessageId": str(uuid.uuid4()),
        "TopicArn": TOPIC,
        "Message": said if isinstance(said, str) else json.dumps(said),
        "Timestamp": _said(datetime.now(UTC)),
        "SignatureVersion": version,
        "SigningCertURL": CERTIFICATE,
    } | fields
    if sign:
        names = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
        if made["Type"] == "Notification":
            names = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
        text = "".join(f"{name}\n{made[name]}\n" for name in names if name in made).encode()
        digest = hashes.SHA1() if version == "1" else hashes.SHA256()  # noqa: S303 - as SNS does
        made["Signature"] = base64.b64encode(key().sign(text, padding.PKCS1v15(), digest)).decode()
    return made


def post(client: Any, made: dict[str, str], **headers: str) -> Any:
    """Send a message as SNS does."""
    given = {"x-amz-sns-message-type": made["Type"], "x-amz-sns-message-id": made["MessageId"]} | headers
    return client.post(
        "/mail/webhook/", json.dumps(made), content_type="text/plain; charset=UTF-8", headers=given
    )


def _said(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
