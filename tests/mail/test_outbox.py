"""The outbox: a mail leaves once, is tried again where it fails, and is forgotten in time."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from momentum.core.errors import ConflictError, ForbiddenError
from momentum.events.models import AuditEntry
from momentum.mail.actions import delivery, outbox
from momentum.mail.domain.kinds import EmailContent, EmailKind, kinds
from momentum.mail.models import ATTEMPTS, Email, Keeps
from tests.factories import make_user
from tests.mailing import mailbox
from tests.payments.till import enqueued

SEND = "django.core.mail.backends.locmem.EmailBackend.send_messages"
PLAIN = EmailKind("test.plain", "Plain", "Never", lambda: EmailContent("Subject", ["What it says."]), dict)
SECRET = EmailKind(
    "test.secret", "Secret", "Never", lambda: EmailContent("Subject", ["A secret."]), dict, Keeps.NO_BODY
)
GOODBYE = EmailKind(
    "test.goodbye", "Goodbye", "Never", lambda: EmailContent("Subject", ["Goodbye."]), dict, Keeps.NOBODY
)


def failing(error: Exception) -> Any:
    def send(self: object, messages: object) -> int:
        raise error

    return send


def waiting() -> list[tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select workflow_uuid, delay_until_epoch_ms is not null from dbos.workflow_status"
            " where name = 'mail.deliver' order by created_at, workflow_uuid"
        )
        return [tuple(row) for row in cursor.fetchall()]


def test_one_cause_is_one_mail(learner: Any) -> None:
    first = outbox.enqueue(PLAIN, user=learner, cause="cause/1")
    again = outbox.enqueue(PLAIN, user=learner, cause="cause/1")
    other = outbox.enqueue(PLAIN, user=learner)

    assert first == again != other
    assert len(enqueued("mail.deliver")) == 2
    assert [one.to for one in mailbox] == [[learner.email]] * 2
    assert delivery.deliver(str(first.pk)) is False
    assert len(mailbox) == 2


@pytest.mark.django_db(transaction=True)
def test_one_cause_from_eight_threads_is_one_mail_sent_once() -> None:
    user, gate = make_user(), Barrier(8)

    def ask() -> None:
        try:
            gate.wait()
            message = outbox.enqueue(PLAIN, user=user, cause="cause/1")
            delivery.deliver(str(message.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(ask) for _ in range(8)]:
            done.result()

    assert Email.objects.get().state == "sent"
    assert len(mail.outbox) == 1
    assert len(enqueued("mail.deliver")) == 1


def test_what_is_rolled_back_sends_nothing(learner: Any) -> None:
    with transaction.atomic():
        outbox.enqueue(PLAIN, user=learner)
        transaction.set_rollback(True)

    assert not Email.objects.exists()
    assert enqueued("mail.deliver") == []


def test_a_mail_has_two_parts_and_ids_of_its_own(learner: Any) -> None:
    message = outbox.enqueue(PLAIN, user=learner, address="other@example.com")

    (sent,) = mailbox
    assert sent.to == ["other@example.com"]
    assert sent.extra_headers["Message-ID"] == f"<{message.id}@momentum>"
    assert sent.extra_headers["X-Entity-Ref-ID"] == str(message.id)
    assert "What it says." in sent.body
    assert "What it says." in sent.alternatives[0].content
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("sent", 1, "")
    assert message.sent_at is not None


def test_what_lets_somebody_in_is_forgotten_once_it_is_sent(learner: Any) -> None:
    plain, secret = (outbox.enqueue(kind, user=learner) for kind in (PLAIN, SECRET))
    goodbye = outbox.enqueue(GOODBYE, user=learner, owned=False)
    assert len(mailbox) == 3

    for message in (plain, secret, goodbye):
        message.refresh_from_db()
    assert "What it says." in plain.text
    assert (secret.text, secret.html, secret.address) == ("", "", learner.email)
    assert (goodbye.text, goodbye.html, goodbye.address, goodbye.user) == ("", "", "", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Email.objects.filter(pk=secret.pk).update(text="A secret.")


@pytest.mark.parametrize(
    ("error", "noted"),
    [
        (ConnectionRefusedError("no"), "ConnectionRefusedError"),
        (TimeoutError("slow"), "TimeoutError"),
        (smtplib.SMTPServerDisconnected("gone"), "SMTPServerDisconnected"),
        (smtplib.SMTPDataError(451, b"lea@example.com: later"), "SMTPDataError 451"),
        (
            smtplib.SMTPRecipientsRefused({"lea@example.com": (450, b"greylisted")}),
            "SMTPRecipientsRefused 450",
        ),
        (smtplib.SMTPAuthenticationError(535, b"bad password"), "SMTPAuthenticationError 535"),
    ],
)
def test_what_may_pass_is_tried_again_later(learner: Any, monkeypatch: Any, error: Any, noted: str) -> None:
    message = outbox.enqueue(PLAIN, user=learner)
    with monkeypatch.context() as patch:
        patch.setattr(SEND, failing(error))
        assert delivery.deliver(str(message.pk)) is False

    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("queued", 1, noted)
    key = f"mail.deliver/{message.pk}"
    assert waiting() == [(f"{key}/1", False), (f"{key}/2", True)]

    assert delivery.deliver(str(message.pk)) is True
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("sent", 2, "")


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"lea@example.com": (550, b"lea@example.com: no such user")}),
        smtplib.SMTPDataError(554, b"lea@example.com: spam"),
        ValueError("lea@example.com can't be a header"),
    ],
)
def test_what_never_will_pass_fails_at_once_and_says_no_address(
    learner: Any, monkeypatch: Any, caplog: Any, error: Any
) -> None:
    message = outbox.enqueue(PLAIN, user=learner)
    monkeypatch.setattr(SEND, failing(error))

    assert delivery.deliver(str(message.pk)) is False

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 1)
    assert "lea@example.com" not in message.error
    assert len(enqueued("mail.deliver")) == 1


def test_it_gives_up_in_the_end_and_waits_ever_longer(learner: Any, monkeypatch: Any) -> None:
    message = outbox.enqueue(GOODBYE, user=learner, owned=False)
    monkeypatch.setattr(SEND, failing(ConnectionRefusedError()))
    for _ in range(ATTEMPTS + 2):
        delivery.deliver(str(message.pk))

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", ATTEMPTS)
    assert (message.address, message.text) == ("", "")
    assert len(enqueued("mail.deliver")) == ATTEMPTS
    waits = Email(attempts=3).mark_missed  # the fourth wait
    moment = waits("x", for_good=False)
    assert moment is not None
    assert timedelta(seconds=35) < moment - timezone.now() <= timedelta(seconds=40)


def test_an_administrator_has_a_failed_mail_sent_again(admin: Any, learner: Any, monkeypatch: Any) -> None:
    message = outbox.enqueue(SECRET, user=learner)
    with monkeypatch.context() as patch:
        patch.setattr(SEND, failing(smtplib.SMTPDataError(554, b"no")))
        delivery.deliver(str(message.pk))
    with pytest.raises(ForbiddenError):
        outbox.resend(actor=learner, email_id=message.pk)
    message.refresh_from_db()
    assert message.state == "failed"

    outbox.resend(actor=admin, email_id=message.pk)
    with pytest.raises(ConflictError):
        outbox.resend(actor=admin, email_id=message.pk)

    assert [one.to for one in mailbox] == [[learner.email]]
    assert len(enqueued("mail.deliver")) == 2
    entry = AuditEntry.objects.get(name="mail.resent")
    assert (entry.actor_id, entry.subject_id) == (admin.pk, learner.pk)
    with pytest.raises(ConflictError):
        outbox.resend(actor=admin, email_id=message.pk)
    assert len(mailbox) == 1


def test_the_log_is_forgotten_and_secrets_sooner(learner: Any) -> None:
    old, fresh, link, waits = (outbox.enqueue(kind, user=learner) for kind in (PLAIN, PLAIN, SECRET, SECRET))
    Email.objects.exclude(pk=waits.pk).update(state="failed")
    now = timezone.now()
    Email.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=91))
    Email.objects.filter(pk__in=[link.pk, waits.pk]).update(created_at=now - timedelta(days=4))

    outbox.forget()

    assert set(Email.objects.all()) == {fresh, link, waits}
    link.refresh_from_db()
    waits.refresh_from_db()
    assert (link.text, link.can_be_resent) == ("", False)
    assert "A secret." in waits.text


def test_mails_go_with_their_account(learner: Any) -> None:
    message = outbox.enqueue(PLAIN, user=learner)

    learner.delete()

    assert delivery.deliver(str(message.pk)) is False
    assert mailbox == []


def test_two_kinds_never_share_a_name() -> None:
    assert all(name == kind.name for name, kind in kinds().items())
    assert len(kinds()) > 30
