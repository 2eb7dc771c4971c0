"""Mail that doesn't leave: to an address that gets none, before its turn, or because it left already."""

from typing import Any

from django.core import mail
from django.db import connection
from django.utils import timezone

from momentum.mail.models import Email, EmailEvent, State, Suppression
from momentum.mail.site_settings import MailSettings
from momentum.notifications.models import Delivery, Notification
from tests.notifications.test_deliver import NOON, declared, send, state, told

__all__ = ["declared"]  # a fixture


def test_where_no_mail_goes_the_person_is_told_on_the_site_alone(learner: Any) -> None:
    Suppression.objects.add(learner.email, user_id=None, reason=Suppression.Reason.BOUNCE, at=timezone.now())
    told(learner)

    assert send(NOON) == []

    assert state(learner) == [("failed", "refused")]
    assert Notification.objects.get().title == "About word"
    email = Email.objects.get()
    # What it said was of that moment: it is in the log, and can't be sent later.
    assert (email.state, email.text, email.can_be_resent) == (State.SUPPRESSED, "", False)


def test_what_has_to_wait_for_its_turn_is_no_attempt(learner: Any, site_settings: Any) -> None:
    site_settings(MailSettings, per_second=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "select setval('mail_place', (extract(epoch from clock_timestamp()) * 1000000)::bigint + 9000000)"
        )
    told(learner)

    assert send(NOON) == []

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)
    with connection.cursor() as cursor:
        cursor.execute("select setval('mail_place', 0)")
    assert send("2026-03-10 12:01") == ["About word"]


def test_what_left_by_a_worker_that_died_does_not_leave_again(learner: Any) -> None:
    told(learner)
    delivery = Delivery.objects.get()
    EmailEvent.objects.create(provider_id="ses-1", type="delivered", at=timezone.now(), carried=delivery.id)

    assert send(NOON) == []

    assert state(learner) == [("sent", "")]
    assert (Email.objects.get().provider_id, mail.outbox) == ("ses-1", [])
