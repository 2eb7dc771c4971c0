"""HeyGen's webhooks: who signed them, when, and what they say."""

import pytest

from momentum.providers.video.heygen.webhooks import MOST_BYTES, BadWebhookError, Event, parse, sign, verify
from tests.providers.fake_heygen import SECRET, event

NOW = 1_790_000_000
BODY = event("avatar_video.success", "v1", "job-1")

SIGNATURE = "35faaab11ebb4aa48ea715e8e0b25afe93b942c52ee74bc4fbfd9a91f8d1a91b"  # pragma: allowlist secret


def headers(
    body: bytes = BODY, *, at: object = NOW, secret: str = SECRET, number: str = "e1"
) -> dict[str, str]:
    return {"Heygen-Signature": sign(body, secret), "Heygen-Timestamp": str(at), "Heygen-Event-Id": number}


def test_the_signature_is_the_one_that_heygen_makes() -> None:
    assert sign(BODY, SECRET) == SIGNATURE


def test_a_webhook_says_which_video_has_come_to_an_end() -> None:
    found = verify(BODY, headers(), [SECRET], now=NOW)

    assert found == Event(id="e1", type="avatar_video.success", video="v1", order="job-1")
    assert found.is_end


def test_the_old_secret_is_good_while_the_new_one_takes_over() -> None:
    both = ["whsec_new", SECRET]

    assert verify(BODY, headers(), both, now=NOW).video == "v1"
    assert verify(BODY, headers(secret="whsec_new"), both, now=NOW).video == "v1"


@pytest.mark.parametrize(
    ("given", "secrets"),
    [
        (headers(secret="whsec_other"), [SECRET]),
        (headers(b"{}"), [SECRET]),
        ({**headers(), "Heygen-Signature": ""}, [SECRET]),
        ({**headers(), "Heygen-Signature": "ä"}, [SECRET]),
        ({"Heygen-Timestamp": str(NOW)}, [SECRET]),
        (headers(), []),
        (headers(secret=""), [""]),
        (headers(at=NOW - 301), [SECRET]),
        (headers(at=NOW + 301), [SECRET]),
        (headers(at="now"), [SECRET]),
        (headers(at="9" * 5000), [SECRET]),
    ],
)
def test_what_heygen_did_not_sign_lately_is_refused(given: dict[str, str], secrets: list[str]) -> None:
    with pytest.raises(BadWebhookError):
        verify(BODY, given, secrets, now=NOW)


def test_names_of_headers_are_found_in_any_case() -> None:
    given = {name.upper(): value for name, value in headers().items()}

    assert verify(BODY, given, [SECRET], now=NOW).id == "e1"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'{"event_type":"avatar_video.success"}',
        b'{"event_type":"avatar_video.success","event_data":{}}',
        b'{"event_type":"avatar_video.fail","event_data":{"video_id":7}}',
        b'{"event_data":{"video_id":"v1"}}',
        b'{"event_type":"avatar_video.success","event_data":{"video_id":"' + b"v" * 300 + b'"}}',
        b"[" * 50_000,
        b" " * (MOST_BYTES + 1),
    ],
)
def test_a_body_that_says_nothing_of_a_video_is_refused(body: bytes) -> None:
    with pytest.raises(BadWebhookError):
        verify(body, headers(body), [SECRET], now=NOW)


def test_an_event_of_something_else_is_no_end() -> None:
    assert not parse(b'{"event_type":"batch.finished","event_data":{"batch_id":"b1"}}').is_end
