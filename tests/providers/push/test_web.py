"""Web Push against a service that checks the signature and reads the message, and against those that say no."""

import json
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.utils import timezone

from momentum.providers.push import Outcome, PushMessage, State, Subscription
from momentum.providers.push.endpoints import are_keys, host_of
from momentum.providers.push.vapid import VapidKey
from momentum.providers.push.web import WebPush
from tests.providers.push.service import CHROME, EDGE, FIREFOX, SAFARI, Browser, PushService, running

KEY = VapidKey.new()
CONTACT = "mailto:hello@momentum.example"


@pytest.fixture(scope="module")
def _service() -> Iterator[PushService]:
    with running() as service:
        yield service


@pytest.fixture
def service(_service: PushService) -> PushService:
    _service.received.clear()
    _service.answers.clear()
    return _service


def _message(**changed: Any) -> PushMessage:
    usual = {
        "title": "Lesson 4: Two minutes", "body": "A small step a day — today’s takes 6 minutes.",
        "path": "/courses/a-habit/lessons/4/", "tag": "daily", "notification_id": "0199", "seconds_to_live": 7200,
    }  # fmt: skip
    return PushMessage(**(usual | changed))


def _send(service: PushService, browser: Browser, message: PushMessage | None = None) -> Outcome:
    web = WebPush(key=KEY, contact=CONTACT, session=service.session())
    subscription = Subscription(browser.endpoint, browser.p256dh, browser.auth)
    return web.send(subscription, message or _message())


def test_the_browser_alone_reads_what_was_sent(service: PushService) -> None:
    browser, other = Browser(), Browser()

    assert _send(service, browser) == Outcome(State.SENT)

    (came,) = service.received
    assert browser.read(came.body) == {
        "title": "Lesson 4: Two minutes",
        "body": "A small step a day — today’s takes 6 minutes.",
        "url": "/courses/a-habit/lessons/4/",
        "tag": "daily",
        "notification_id": "0199",
    }
    with pytest.raises(InvalidTag):
        other.read(came.body)
    assert {name: came.headers[name] for name in ("ttl", "urgency", "content-encoding")} == {
        "ttl": "7200",
        "urgency": "normal",
        "content-encoding": "aes128gcm",
    }
    assert 0 < len(came.headers["topic"]) <= 32
    assert b"Lesson" not in came.body


def test_each_service_gets_a_signature_made_for_it(service: PushService) -> None:
    """The library keeps the audience in what it is given; the next service would refuse that."""
    web = WebPush(key=KEY, contact=CONTACT, session=service.session())
    for place in (FIREFOX, CHROME, SAFARI, EDGE, FIREFOX):
        browser = Browser(place)
        assert (
            web.send(Subscription(browser.endpoint, browser.p256dh, browser.auth), _message()).state
            == State.SENT
        )

    proven = [came.proven() for came in service.received]

    assert [claims["aud"] for claims in proven] == [
        "https://updates.push.services.mozilla.com",
        "https://fcm.googleapis.com",
        "https://web.push.apple.com",
        "https://db5p.notify.windows.com",
        "https://updates.push.services.mozilla.com",
    ]
    assert {claims["sub"] for claims in proven} == {CONTACT}
    assert {claims["key"] for claims in proven} == {KEY.public}
    assert all(time.time() < claims["exp"] <= time.time() + 24 * 3600 for claims in proven)
    assert [came.headers.get("x-wns-type") for came in service.received] == [
        None,
        None,
        None,
        "wns/raw",
        None,
    ]
    # The same topic everywhere, so that a later one takes the place of what still waits.
    assert len({came.headers["topic"] for came in service.received}) == 1


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (202, {}, Outcome(State.SENT)),
        (404, {}, Outcome(State.GONE, reason="status 404")),
        (410, {}, Outcome(State.GONE, reason="status 410")),
        (400, {}, Outcome(State.REFUSED, reason="status 400")),
        (401, {}, Outcome(State.MISCONFIGURED, reason="status 401")),
        (403, {}, Outcome(State.MISCONFIGURED, reason="status 403")),
        (429, {"Retry_After": "90"}, Outcome(State.LATER, 90, "status 429")),
        (429, {"Retry_After": "9999999"}, Outcome(State.LATER, 86_400, "status 429")),
        (429, {"Retry_After": "soon"}, Outcome(State.LATER, 0, "status 429")),
        (500, {}, Outcome(State.LATER, 0, "status 500")),
        (503, {"Retry_After": "7"}, Outcome(State.LATER, 7, "status 503")),
    ],
)
def test_what_a_service_answers_says_what_to_do(
    service: PushService, status: int, headers: dict[str, str], outcome: Outcome
) -> None:
    service.will("one", status, **headers)

    assert _send(service, Browser()) == outcome
    assert len(service.received) == 1


def test_a_moment_to_come_back_is_a_number_of_seconds(service: PushService) -> None:
    service.will("one", 429, Retry_After=format_datetime(timezone.now() + timedelta(minutes=5), usegmt=True))

    assert 290 <= _send(service, Browser()).seconds <= 300


def test_what_is_too_large_for_a_service_is_sent_shorter_once(service: PushService) -> None:
    browser = Browser()
    service.will("one", 413)

    assert _send(service, browser, _message(body="A word. " * 400)).state == State.SENT

    first, second = (browser.read(came.body) for came in service.received)
    assert second["body"].endswith("…")
    assert len(json.dumps(second, ensure_ascii=False, separators=(",", ":")).encode()) <= 1024
    assert len(first["body"]) > len(second["body"])
    service.will("one", 413, times=2)
    assert _send(service, browser) == Outcome(State.REFUSED, reason="too large")


@pytest.mark.parametrize("letter", ["a", "ö", "日", "🌅", '"', "\x01"])
def test_a_message_is_never_longer_than_two_kilobytes(letter: str) -> None:
    said = _message(title=letter * 500, body=letter * 4000).as_json()

    assert 1900 < len(said.encode()) <= 2048
    assert json.loads(said)["body"].endswith("…")


def test_a_redirect_is_not_followed(service: PushService) -> None:
    for status in (301, 302, 307, 308):
        service.will("one", status, Location=f"{service.url}/inside")
        assert _send(service, Browser()) == Outcome(State.REFUSED, reason=f"status {status}")

    assert {came.path for came in service.received} == {"/wpush/v2/one"}


def test_a_push_service_that_resolves_to_a_private_address_is_told_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(5)
        here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", inside.getsockname())
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: [here])
        web, browser = WebPush(key=KEY, contact=CONTACT), Browser()

        outcome = web.send(Subscription(browser.endpoint, browser.p256dh, browser.auth), _message())

        assert outcome == Outcome(State.REFUSED, reason="private address")
        connection, _address = inside.accept()
        with connection:
            assert connection.recv(1) == b""
    assert "wpush" not in caplog.text


def test_a_service_that_cannot_be_reached_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*args: object, **options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    web, browser = WebPush(key=KEY, contact=CONTACT), Browser()

    outcome = web.send(Subscription(browser.endpoint, browser.p256dh, browser.auth), _message())

    assert outcome == Outcome(State.LATER, reason="ConnectionError")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com:8443/fcm/send/x",
        "https://fcm.googleapis.com@10.0.0.1/x",
        "https://user:password@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.org/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://web.push.apple.com.example.org/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://localhost/x",
        "https://fcm.googleapis.com:99999/x",
        "https://fcm.googleapis.com/x\r\nX-Injected: 1",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x#fragment",
        "https://ﬀcm.googleapis.com/x",
        f"https://fcm.googleapis.com/{'x' * 1000}",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_other_address_is_called(service: PushService, endpoint: str) -> None:
    browser = Browser()
    web = WebPush(key=KEY, contact=CONTACT, session=service.session())

    assert host_of(endpoint) == ""
    outcome = web.send(Subscription(endpoint, browser.p256dh, browser.auth), _message())

    assert outcome == Outcome(State.REFUSED, reason="endpoint")
    assert service.received == []


def test_keys_are_a_point_of_the_curve_and_sixteen_bytes() -> None:
    good = Browser()
    off_the_curve = "B" + "A" * 86

    assert are_keys(good.p256dh, good.auth)
    assert not are_keys(off_the_curve, good.auth)
    assert not are_keys(good.p256dh, "AAAA")
    assert not are_keys("", "")
    assert not are_keys("é" * 87, good.auth)


def test_keys_that_are_none_are_refused_without_a_call(service: PushService) -> None:
    browser = Browser()
    browser.p256dh = "B" + "A" * 86

    assert _send(service, browser).state == State.REFUSED
    assert service.received == []


def test_the_check_signs_and_says_whom_it_signs_for(service: PushService) -> None:
    assert WebPush(key=KEY, contact=CONTACT).check() == f"VAPID key {KEY.public[:12]}…"
    with pytest.raises(ValueError, match="nobody is no address"):
        WebPush(key=KEY, contact="nobody").check()
    assert VapidKey(KEY.private).public == KEY.public
    assert len(KEY.public) == 87
