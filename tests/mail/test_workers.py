"""Real workers: a mail leaves through them, also where one is killed between sending and noting it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from momentum.core import durable
from momentum.mail.actions import outbox
from momentum.mail.domain.eml_files import newest_eml_files
from momentum.mail.domain.kinds import kinds
from momentum.mail.models import Email, Suppression
from momentum.providers.mail import sns
from tests.hiring import Staff, wait_for
from tests.mail.amazon import TOPIC, amazon, event, message, post

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
TRAPS = ("1 begun", "2 made", "3 sent", "4 noted")


def test_killed_at_every_step_of_sending_it_is_one_mail(learner: Any, staff: Staff, tmp_path: Path) -> None:
    traps = tmp_path / "traps"
    traps.mkdir()
    message = outbox.enqueue(kinds()["accounts.welcome"], user=learner, about={"user": learner})
    done = f"mail.deliver/{message.id}/1"

    for _life in range(len(TRAPS) + 1):
        worker = staff.hire(DJANGO_SETTINGS_MODULE="tests.mail.trap.settings", TRAPS=str(traps))
        wait_for(
            lambda worker=worker: worker.process.poll() is not None or durable.status(done) == "SUCCESS", 120
        )

    assert sorted(trap.name for trap in traps.iterdir()) == list(TRAPS)
    message.refresh_from_db()
    assert message.state == "sent"
    (letter,) = newest_eml_files(tmp_path / "mail")
    assert (letter.name, letter.to, letter.subject) == (str(message.id), learner.email, "Welcome to Momentum")


def test_a_worker_tries_again_until_the_server_answers(learner: Any, staff: Staff, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("A file where the folder should be: nothing can be kept there.")
    message = outbox.enqueue(kinds()["accounts.welcome"], user=learner, about={"user": learner})
    staff.hire()
    wait_for(lambda: Email.objects.get().attempts == 1)
    assert Email.objects.get().state == "queued"

    (tmp_path / "mail").unlink()
    wait_for(lambda: Email.objects.get().state == "sent")

    assert [letter.name for letter in newest_eml_files(tmp_path / "mail")] == [str(message.id)]


def test_a_worker_confirms_the_topic_and_notes_what_amazon_tells(
    client: Client, learner: Any, staff: Staff, settings: Any
) -> None:
    email = outbox.enqueue(kinds()["accounts.welcome"], user=learner, about={"user": learner})
    Email.objects.filter(pk=email.pk).update(state="sent", sent_at=timezone.now(), provider_id="ses-1")
    sns._certificate.cache_clear()
    with amazon() as server:
        settings.SES_TOPICS, settings.SNS_CERTIFICATES = [TOPIC], server.address
        subscribing = {"Type": "SubscriptionConfirmation", "Token": "t0ken", "SubscribeURL": "https://sns/"}
        delivered = event("Delivery", "ses-1", at=timezone.now())
        bounced = event("Bounce", "ses-1", at=timezone.now(), bounceType="Permanent")
        for made in (message("Confirm", **subscribing), message(delivered), message(bounced)):
            assert post(client, made).status_code == 200
        staff.hire(
            AWS_ENDPOINT_URL_SNS=server.address, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test"
        )

        wait_for(lambda: Email.objects.get().delivered_at)  # by what runs every minute
        wait_for(lambda: any(path == "/" for path, _body in server.asked))

    (asked,) = (body.decode() for path, body in server.asked if path == "/")
    assert "Action=ConfirmSubscription" in asked
    assert "Token=t0ken" in asked
    assert Email.objects.get().bounced_at
    assert Suppression.objects.is_suppressed(learner.email)
