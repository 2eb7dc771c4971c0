"""What SNS says of mails: believed where Amazon signed it for us, lately, and noted once, in whatever order."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.test import Client
from django.utils import timezone
from moto import mock_aws

from momentum.core import durable
from momentum.mail.actions import delivery, outbox, provider_events
from momentum.mail.models import Email, EmailEvent, State, Suppression
from momentum.providers.mail import AccountError, ses, sns
from tests.mail.amazon import CERTIFICATE, TOPIC, Amazon, amazon, bounce, event, message, post
from tests.mail.test_outbox import GOODBYE, PLAIN
from tests.mailing import mailbox


@pytest.fixture(autouse=True)
def aws(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Amazon]:
    with amazon() as server:
        settings.SES_TOPICS, settings.SNS_CERTIFICATES = [TOPIC], server.address
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "test")
        sns._certificate.cache_clear()
        ses.client.cache_clear()
        yield server


def sent(user: Any, provider_id: str = "ses-1", **fields: Any) -> Email:
    email = outbox.enqueue(PLAIN, user=user)
    delivery.deliver(str(email.pk))
    Email.objects.filter(pk=email.pk).update(provider_id=provider_id, **fields)
    return Email.objects.get(pk=email.pk)


def tell(client: Client, *told: dict[str, Any]) -> None:
    for one in told:
        assert post(client, message(one)).status_code == 200
    provider_events.note_events()


def changed(**fields: str) -> dict[str, str]:
    """A message that is changed after it was signed."""
    return message({"eventType": "Open"}) | fields


@pytest.mark.parametrize("version", ["1", "2"])
def test_what_became_of_a_mail_is_noted(client: Client, learner: Any, version: str) -> None:
    email, at = sent(learner), timezone.now().replace(microsecond=0)

    made = message(event("Delivery", "ses-1", at=at), version=version, Subject="Amazon SES")
    assert post(client, made).status_code == 200
    assert provider_events.note_events() == 1

    email.refresh_from_db()
    assert (email.delivered_at, email.opened_at) == (at, None)
    noted = EmailEvent.objects.get()
    assert (noted.email, noted.type, noted.at) == (email, "delivered", at)


@pytest.mark.parametrize(
    ("made", "headers"),
    [
        (lambda: changed(Message=json.dumps({"eventType": "Bounce"})), {}),
        (lambda: changed(Subject="added"), {}),
        (lambda: message({}, sign=False), {}),
        (lambda: changed(Signature="not base64"), {}),
        (lambda: changed(SignatureVersion="1"), {}),
        (lambda: changed(SignatureVersion="3"), {}),
        (lambda: message({}, TopicArn="arn:aws:sns:eu-west-1:999999999999:mail"), {}),
        (lambda: message({}, SigningCertURL="https://sns.eu-west-1.amazonaws.com.evil.example/1.pem"), {}),
        (lambda: message({}, SigningCertURL="https://evil.example/sns.eu-west-1.amazonaws.com/1.pem"), {}),
        (lambda: message({}, SigningCertURL="https://sns.eu-west-1.amazonaws.com@evil.example/1.pem"), {}),
        (lambda: message({}, SigningCertURL="https://sns.eu-west-1.amazonaws.com:8443/1.pem"), {}),
        (lambda: message({}, SigningCertURL=CERTIFICATE.replace("https", "http")), {}),
        (lambda: message({}, SigningCertURL=CERTIFICATE.replace(".pem", ".txt")), {}),
        (lambda: message({}, SigningCertURL=CERTIFICATE.replace("-1.pem", "-2.pem")), {}),
        (lambda: message({}, Timestamp="2026-11-22T13:00:00.000Z"), {}),
        (lambda: message({}, Timestamp=(timezone.now() + timedelta(hours=1)).isoformat()), {}),
        (lambda: message({}, Timestamp="yesterday"), {}),
        (lambda: message({}), {"x-amz-sns-message-id": "another"}),
        (lambda: message({}), {"x-amz-sns-message-type": "SubscriptionConfirmation"}),
        (lambda: message({}, Type="Other"), {}),
        (lambda: message("no JSON"), {}),
        (lambda: message({"eventType": "Bounce", "mail": {}}), {}),
    ],
)
def test_what_amazon_did_not_sign_for_us_lately_is_refused(
    client: Client, db: None, made: Any, headers: dict[str, str]
) -> None:
    assert post(client, made(), **headers).status_code == 400

    assert not EmailEvent.objects.exists()


def test_nothing_is_fetched_for_a_stranger(client: Client, db: None, aws: Amazon) -> None:
    post(client, message({}, TopicArn="arn:aws:sns:eu-west-1:999999999999:mail"))
    post(client, message({}, SigningCertURL="https://evil.example/1.pem"))
    assert client.post("/mail/webhook/", b"[", content_type="text/plain").status_code == 400
    assert client.post("/mail/webhook/", b"[]", content_type="text/plain").status_code == 400

    assert aws.asked == []


def test_the_certificate_is_fetched_once_and_waited_for(client: Client, db: None, aws: Amazon) -> None:
    open_ = event("Open", "ses-1", at=timezone.now())
    aws.answers["/SimpleNotificationService-3.pem"] = (500, {})
    gone = message(open_, SigningCertURL=CERTIFICATE.replace("-1.pem", "-3.pem"))
    assert post(client, gone).status_code == 503

    for _turn in range(3):
        assert post(client, message(open_)).status_code == 200

    assert [path for path, _body in aws.asked].count("/SimpleNotificationService-1.pem") == 1


def test_a_subscription_is_confirmed_by_sns_for_a_topic_of_ours_alone(
    client: Client, db: None, aws: Amazon
) -> None:
    fields = {"Type": "SubscriptionConfirmation", "Token": "t0ken", "SubscribeURL": "https://evil.example/"}

    stranger = message("Confirm.", **fields | {"TopicArn": "arn:aws:sns:eu-west-1:999999999999:mail"})
    assert post(client, stranger).status_code == 400
    ours = message("Confirm.", **fields)
    assert post(client, ours).status_code == 200
    assert post(client, ours).status_code == 200

    assert durable.status(f"mail.confirm_topic/{ours['MessageId']}") == "ENQUEUED"
    assert [path for path, _body in aws.asked] == ["/SimpleNotificationService-1.pem"]


def test_confirming_is_asked_of_sns_in_the_region_of_the_topic() -> None:
    with mock_aws():
        topics = boto3.client("sns", region_name="eu-west-1")
        topic = topics.create_topic(Name="mail")["TopicArn"]
        ses.confirm_topic(topic, "t0ken")
        with pytest.raises(AccountError, match="NotFound"):
            ses.confirm_topic(topic.replace("eu-west-1", "eu-north-1"), "t0ken")


def test_the_same_told_twice_is_noted_once(client: Client, learner: Any) -> None:
    sent(learner)
    told = event("Click", "ses-1", at=timezone.now(), link="https://momentum.example/?token=secret")
    replay = message(told)

    assert [post(client, replay).status_code, post(client, replay).status_code] == [200, 200]
    tell(client, told | {"eventType": None, "notificationType": "Click"})

    noted = EmailEvent.objects.get()
    assert "secret" not in f"{noted.detail}{noted.provider_id}"


def test_events_in_any_order_keep_the_first_time_of_each(client: Client, learner: Any) -> None:
    email, at = sent(learner), timezone.now().replace(microsecond=0)
    minutes = [at + timedelta(minutes=number) for number in range(4)]

    tell(client, event("Click", "ses-1", at=minutes[3]), event("Open", "ses-1", at=minutes[2]))
    tell(client, event("Open", "ses-1", at=minutes[1]), event("Open", "ses-1", at=minutes[3]))
    tell(client, event("Delivery", "ses-1", at=minutes[0]))

    email.refresh_from_db()
    assert [email.delivered_at, email.opened_at, email.clicked_at] == [minutes[0], minutes[1], minutes[3]]
    assert (
        list(email.events.order_by("at", "created_at").values_list("type", flat=True))
        == [*("delivered", "opened", "opened", "clicked", "opened")]
        or email.events.count() == 5
    )


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (("Bounce", bounce("Permanent", "NoEmail")), "bounce"),
        (("Bounce", bounce("Permanent", "OnAccountSuppressionList")), "bounce"),
        (("Bounce", bounce("Transient", "MailboxFull")), None),
        (("Bounce", bounce("Undetermined", "Undetermined")), None),
        (("Complaint", {"complaintFeedbackType": "abuse"}), "complaint"),
        (("Complaint", {"complaintFeedbackType": "not-spam"}), None),
        (("DeliveryDelay", {"delayType": "MailboxFull"}), None),
    ],
)
def test_permanent_bounces_and_complaints_suppress_and_nothing_else(
    client: Client, learner: Any, told: tuple[str, dict[str, Any]], reason: str | None
) -> None:
    email, at = sent(learner, address="Lea@Example.com"), timezone.now()
    name, about = told

    tell(client, event(name, "ses-1", at=at, **about))

    found = Suppression.objects.first()
    assert (found and found.reason) == reason
    email.refresh_from_db()
    assert (email.bounced_at is not None) == (name == "Bounce")
    before = len(mailbox)
    later = outbox.enqueue(PLAIN, user=learner)
    assert delivery.deliver(str(later.pk)) is (reason is None)
    assert Email.objects.get(pk=later.pk).state == (State.SUPPRESSED if reason else State.SENT)
    assert len(mailbox) == before + (reason is None)


def test_what_happened_before_it_was_revoked_does_not_suppress_again(
    client: Client, learner: Any, admin: Any
) -> None:
    sent(learner)
    at = timezone.now() - timedelta(minutes=5)
    tell(client, event("Complaint", "ses-1", at=at))
    Suppression.objects.get().revoke(admin)

    tell(client, event("Complaint", "ses-1", at=at + timedelta(minutes=1)))
    assert not Suppression.objects.is_suppressed(learner.email)

    tell(client, event("Complaint", "ses-1", at=timezone.now() + timedelta(seconds=1)))
    assert Suppression.objects.is_suppressed(learner.email.upper())


def test_an_event_waits_for_its_mail_and_is_given_up_where_there_is_none(
    client: Client, learner: Any
) -> None:
    tell(client, event("Delivery", "ses-1", at=timezone.now()), event("Open", "other", at=timezone.now()))
    assert EmailEvent.objects.waiting().count() == 2

    email = sent(learner)
    assert provider_events.note_events() == 1
    email.refresh_from_db()
    assert email.delivered_at is not None

    EmailEvent.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert provider_events.note_events() == 1
    assert EmailEvent.objects.get(provider_id="other").email is None


def test_an_event_says_that_a_mail_was_sent_by_a_worker_that_died(client: Client, learner: Any) -> None:
    email = outbox.enqueue(PLAIN, user=learner)

    tell(client, event("Delivery", "ses-9", at=timezone.now(), email=email.pk))

    email.refresh_from_db()
    assert (email.state, email.provider_id) == (State.SENT, "ses-9")
    assert email.delivered_at is not None
    assert delivery.deliver(str(email.pk)) is False


def test_a_mail_that_forgot_whose_it_was_suppresses_nobody(client: Client, learner: Any) -> None:
    email = outbox.enqueue(GOODBYE, user=learner, owned=False)
    delivery.deliver(str(email.pk))
    Email.objects.update(provider_id="ses-1")

    tell(client, event("Bounce", "ses-1", at=timezone.now(), **bounce("Permanent")))

    assert not Suppression.objects.exists()
    assert Email.objects.get().bounced_at is not None
