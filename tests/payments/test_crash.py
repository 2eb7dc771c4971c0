"""Workers that are killed at every step between the webhook and the mail: nothing is lost, nothing happens twice."""

from pathlib import Path

import pytest

from momentum.accounts.models import User
from momentum.learning.models import Enrolment
from momentum.mail.domain.eml_files import newest_eml_files
from momentum.mail.models import Email
from momentum.payments import actions
from momentum.payments.models import LedgerEntry, Order, Payment, WebhookEvent
from momentum.providers.payments.sandbox.models import Delivery
from tests.hiring import Staff, wait_for
from tests.payments.till import enqueued, make_paid_course, pay, post_event

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PLACES = 10


def test_killed_at_every_step_between_webhook_and_mail(learner: User, staff: Staff, tmp_path: Path) -> None:
    traps = tmp_path / "traps"
    traps.mkdir()
    course = make_paid_course(title="Tides")
    order = actions.order_course(user=learner, course=course)
    pay(order)
    for delivery in Delivery.objects.all():
        assert post_event(delivery).status_code == 200

    for _life in range(PLACES + 1):
        worker = staff.hire(
            DJANGO_SETTINGS_MODULE="tests.payments.trap.settings",
            TRAPS=str(traps),
            MOMENTUM_SANDBOX_WEBHOOK_URL="http://127.0.0.1:9/",
        )
        wait_for(lambda worker=worker: worker.process.poll() is not None or _is_done(traps), 120)
        if _is_done(traps):
            break

    assert len(list(traps.iterdir())) == PLACES
    order.refresh_from_db()
    assert order.status == Order.Status.PAID
    assert Payment.objects.get().receipt == f"{order.paid_at:%Y}-000001"
    assert LedgerEntry.objects.count() == 2
    assert Enrolment.objects.get(user=learner).status == "active"
    course.refresh_from_db()
    assert course.enrolment_count == 1
    assert Email.objects.get().state == "sent"
    assert [one.subject for one in newest_eml_files(tmp_path / "mail")] == ["Your receipt for Tides"]
    assert len(enqueued("mail.deliver")) == 1


def _is_done(traps: Path) -> bool:
    from momentum.core import durable

    message = Email.objects.first()
    if len(list(traps.iterdir())) < PLACES or message is None:
        return False
    handled = not WebhookEvent.objects.filter(outcome="waiting").exists()
    return handled and durable.status(f"mail.deliver/{message.id}/1") == "SUCCESS"
