"""Amazon SES by its own client: what it is told of a mail, what its errors mean, and how fast it is sent to."""

import email as emails
import json
import time
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sesv2.models import sesv2_backends

from momentum.cli import doctor
from momentum.cli.refusal import RefusedError
from momentum.mail.actions import delivery, outbox, rate
from momentum.mail.models import ATTEMPTS, Email, State
from momentum.mail.site_settings import MailSettings
from momentum.providers import mail as provider
from momentum.providers.mail import ses
from tests.mail.amazon import ACCOUNT, Amazon, amazon
from tests.mail.test_outbox import PLAIN, waiting

OUTBOUND = "/v2/email/outbound-emails"


@pytest.fixture(autouse=True)
def by_ses(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    settings.MAIL, settings.SES_REGION, settings.SES_ENDPOINT = "ses", "eu-west-1", ""
    options = {"configuration_set_name": "momentum"}
    settings.MAILERS = {
        "default": {"BACKEND": "momentum.providers.mail.ses.EmailBackend", "OPTIONS": options}
    }
    ses.client.cache_clear()
    cache.clear()
    # Whatever other tests left of the line is over.
    with connection.cursor() as cursor:
        cursor.execute("select setval('mail_place', 0)")
    yield
    ses.client.cache_clear()


@pytest.fixture
def aws(settings: Any) -> Iterator[Amazon]:
    with amazon() as server:
        settings.SES_ENDPOINT = server.address
        yield server


def test_a_mail_goes_to_one_person_as_we_wrote_it(learner: Any) -> None:
    with mock_aws():
        boto3.client("sesv2", region_name="eu-west-1").create_email_identity(EmailIdentity="localhost")
        ours = outbox.enqueue(PLAIN, user=learner)
        cache.set("mail.rate/eu-west-1", 100.0)
        assert delivery.deliver(str(ours.pk))
        (taken,) = sesv2_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].core_backend.sent_messages

    ours.refresh_from_db()
    assert ours.provider_id == taken.id
    assert set(taken.destinations) == {learner.email}
    said = emails.message_from_string(taken.raw_data)
    assert (said["X-Entity-Ref-ID"], said["Auto-Submitted"]) == (str(ours.pk), "auto-generated")
    assert [part.get_content_type() for part in said.walk()][1:] == ["text/plain", "text/html"]


def test_ses_is_told_which_mail_it_is_and_nobody_s_name(learner: Any, aws: Amazon) -> None:
    ours = outbox.enqueue(PLAIN, user=learner)
    delivery.deliver(str(ours.pk))

    told = json.loads(dict(aws.asked)[OUTBOUND])
    tags = {tag["Name"]: tag["Value"] for tag in told["EmailTags"]}
    assert tags == {"kind": "test-plain", "email": str(ours.pk)}
    assert told["ConfigurationSetName"] == "momentum"
    assert told["Destination"] == {"ToAddresses": [learner.email]}
    assert b"Message-ID" in b64decode(told["Content"]["Raw"]["Data"])


@pytest.mark.parametrize(
    ("error", "message", "status", "state", "attempts", "words"),
    [
        ("MessageRejected", "Email address is not verified", 400, State.FAILED, 1, "MessageRejected"),
        ("BadRequestException", "Illegal address", 400, State.FAILED, 1, "BadRequestException"),
        ("TooManyRequestsException", "Maximum sending rate exceeded.", 429, State.QUEUED, 0, "TooMany"),
        ("TooManyRequestsException", "Daily message quota exceeded.", 429, State.QUEUED, 0, "Daily quota"),
        ("SendingPausedException", "Paused", 400, State.QUEUED, 0, "SendingPausedException"),
        ("AccountSuspendedException", "Suspended", 400, State.QUEUED, 0, "AccountSuspendedException"),
        ("MailFromDomainNotVerifiedException", "No", 400, State.QUEUED, 1, "MailFromDomainNotVerified"),
        ("InternalServiceError", "No", 500, State.QUEUED, 1, "InternalServiceError"),
        ("ExpiredTokenException", "lea@example.com", 403, State.QUEUED, 1, "ExpiredToken"),
    ],
)
def test_what_an_error_of_ses_means(
    learner: Any, aws: Amazon, error: str, message: str, status: int, state: State, attempts: int, words: str
) -> None:
    aws.refuse(error, message, status=status)
    ours = outbox.enqueue(PLAIN, user=learner)

    assert not delivery.deliver(str(ours.pk))

    ours.refresh_from_db()
    assert (ours.state, ours.attempts) == (state, attempts)
    assert ours.error.startswith(words)
    # Another turn was asked for in the same transaction, and none where it would end alike.
    assert [later for _id, later in waiting()] == [False] + [True] * (state == State.QUEUED)
    assert "lea@" not in ours.error

    del aws.answers[OUTBOUND]
    assert delivery.deliver(str(ours.pk)) is (state == State.QUEUED)


def test_one_that_has_to_wait_is_never_given_up(learner: Any, aws: Amazon) -> None:
    aws.refuse("SendingPausedException")
    ours = outbox.enqueue(PLAIN, user=learner)

    for _turn in range(ATTEMPTS + 1):
        delivery.deliver(str(ours.pk))

    ours.refresh_from_db()
    assert (ours.state, ours.attempts) == (State.QUEUED, 0)
    assert len({turn for turn, _later in waiting()}) == ATTEMPTS + 2


def test_where_ses_is_not_there_it_is_tried_again(learner: Any, settings: Any) -> None:
    settings.SES_ENDPOINT = "http://127.0.0.1:9"
    ours = outbox.enqueue(PLAIN, user=learner)

    assert not delivery.deliver(str(ours.pk))

    ours.refresh_from_db()
    assert (ours.state, ours.error) == (State.QUEUED, "EndpointConnectionError")


def test_the_account_is_asked_for_its_rate_once_in_a_while(aws: Amazon, site_settings: Any) -> None:
    assert [rate.per_second() for _turn in range(3)] == [14.0] * 3
    assert len(aws.asked) == 1
    assert rate.queue_limits(8).per_minute == 840

    site_settings(MailSettings, per_second=2)
    assert rate.per_second() == 2
    site_settings(MailSettings, per_second=0)
    cache.clear()
    aws.answers["/v2/email/account"] = (403, {"__type": "AccessDeniedException"})
    assert rate.per_second() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_together_send_no_faster_than_is_allowed() -> None:
    cache.set("mail.rate/eu-west-1", 20.0, 600)

    def work() -> list[float]:
        try:
            with transaction.atomic():  # as whoever holds the row of a mail; it keeps nobody waiting
                taken = []
                for _turn in range(6):
                    assert rate.take() is None
                    taken.append(time.time())
                return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        moments = sorted(moment for one in [pool.submit(work), pool.submit(work)] for moment in one.result())

    # Whoever is slow comes later, and nobody comes before their place: eleven gaps of 50 ms.
    assert moments[-1] - moments[0] > 0.5


def test_who_would_wait_for_long_comes_again() -> None:
    cache.set("mail.rate/eu-west-1", 0.5, 600)
    rate.take()
    now = timezone.now()

    again = rate.take()

    assert again is not None
    assert timedelta(seconds=1) < again - now < timedelta(seconds=10)


def test_a_mail_for_which_there_is_no_place_yet_waits(learner: Any, aws: Amazon) -> None:
    cache.set("mail.rate/eu-west-1", 0.1, 600)
    one, other = (outbox.enqueue(PLAIN, user=learner) for _turn in range(2))

    assert delivery.deliver(str(one.pk))
    assert not delivery.deliver(str(other.pk))

    other.refresh_from_db()
    assert (other.state, other.attempts, other.error) == (State.QUEUED, 0, "Rate limit")
    assert Email.objects.filter(state=State.SENT).count() == 1


def test_the_doctor_says_how_the_account_stands(aws: Amazon, settings: Any, site_settings: Any) -> None:
    site_settings(MailSettings, sender="Momentum <hello@example.org>")
    assert "MOMENTUM_SES_TOPICS" in doctor.delivery.mail()
    settings.SES_TOPICS = ["arn:aws:sns:eu-west-1:123456789012:mail"]
    assert doctor.delivery.mail().startswith(
        "Amazon SES in eu-west-1: 14 a second, 120 of 50,000 in 24 hours; 0 waiting"
    )

    aws.answers["/v2/email/account"] = (200, ACCOUNT | {"ProductionAccessEnabled": False})
    assert "sandbox" in doctor.delivery.mail()
    full = ACCOUNT["SendQuota"] | {"SentLast24Hours": 50_000.0}
    for part in ({"SendingEnabled": False}, {"EnforcementStatus": "SHUTDOWN"}, {"SendQuota": full}):
        aws.answers["/v2/email/account"] = (200, ACCOUNT | part)
        with pytest.raises(RefusedError, match="mail waits"):
            doctor.delivery.mail()

    aws.answers["/v2/email/account"] = (200, ACCOUNT)
    site_settings(MailSettings, sender="Momentum <hello@elsewhere.org>")
    with pytest.raises(RefusedError, match="verified"):
        doctor.delivery.mail()
    del aws.answers["/v2/email/account"]
    with pytest.raises(provider.AccountError, match="NotFound"):
        doctor.delivery.mail()
