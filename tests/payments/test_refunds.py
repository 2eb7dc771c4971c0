"""Refunds: asked for, sent, refused, and what comes back."""

from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import InvalidError
from momentum.events.models import Event
from momentum.learning.models import Enrolment
from momentum.mail.models import Email
from momentum.payments import actions
from momentum.payments.models import (
    Payment,
    Refund,
)
from momentum.providers.payments import PaymentError, get_provider
from momentum.providers.payments.sandbox import disputes
from momentum.providers.payments.sandbox.models import StripeObject
from tests.payments.refusals import provider, refusing, silent
from tests.payments.till import (
    DISPUTED,
    REFUND_FAILS,
    buy,
    deliver,
)

pytestmark = pytest.mark.django_db

ACTIONS = "momentum.payments.actions"


def test_no_more_is_given_back_than_is_not_on_its_way_already(admin: User, payment: Payment) -> None:
    actions.refund_payment(actor=admin, payment=payment, amount=2900, reason="A courtesy")

    with pytest.raises(InvalidError, match="already being refunded"):
        actions.refund_payment(actor=admin, payment=payment, amount=1, reason="A courtesy")

    assert Refund.objects.get().amount == 2900


def test_a_refund_that_nobody_answers_stays_asked_for(
    admin: User, payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = actions.refund_payment(actor=admin, payment=payment, amount=100, reason="A courtesy")
    monkeypatch.setattr(f"{ACTIONS}.refunds.get_provider", provider(refund=silent))

    with pytest.raises(PaymentError):
        actions.send_refund(str(refund.pk))

    refund.refresh_from_db()
    assert (refund.status, refund.error) == ("requested", "")


def test_a_refusal_that_comes_after_the_refund_changes_nothing(
    admin: User, payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = actions.refund_payment(actor=admin, payment=payment, amount=100, reason="A courtesy")

    def overtaken(*_args: object, **_options: object) -> Any:
        Refund.objects.filter(pk=refund.pk).update(status="succeeded")
        refusing()

    monkeypatch.setattr(f"{ACTIONS}.refunds.get_provider", provider(refund=overtaken))

    actions.send_refund(str(refund.pk))

    refund.refresh_from_db()
    assert (refund.status, refund.error) == ("succeeded", "")


def test_a_refund_whose_event_is_faster_than_the_answer_is_the_one_that_was_asked_for(
    admin: User, payment: Payment
) -> None:
    refund = actions.refund_payment(actor=admin, payment=payment, amount=100, reason="A courtesy")
    told = get_provider().refund(
        payment.intent, amount=100, currency="EUR", key=f"refund:{refund.id}", wanted=str(refund.id)
    )

    actions.settle_intent(payment.intent)
    actions.send_refund(str(refund.pk))

    found = Refund.objects.get()
    assert (found, found.ref, found.status) == (refund, told.id, "succeeded")


def test_a_refund_that_came_back_is_told_of_once(admin: User, learner: User, course: Course) -> None:
    buy(learner, course, REFUND_FAILS)
    payment = Payment.objects.get()
    refund = actions.refund_payment(actor=admin, payment=payment, amount=100, reason="A courtesy")
    actions.send_refund(str(refund.pk))
    told = StripeObject.objects.get(kind="refund")
    told.change(status="failed")

    for _again in range(2):
        actions.settle_intent(payment.intent)

    refund.refresh_from_db()
    assert refund.status == "failed"
    assert Event.objects.filter(name="refund.failed", subject_id=refund.id).count() == 1
    assert Email.objects.filter(kind="payments.refund_failed").count() == 1


def test_who_paid_twice_keeps_the_course_when_one_of_them_goes_back(
    admin: User, learner: User, course: Course
) -> None:
    buy(learner, course, DISPUTED)
    buy(learner, course)
    disputes.decide(StripeObject.objects.get(kind="dispute").id, won=True)
    deliver()
    first, second = Payment.objects.order_by("created_at")
    assert (first.status, second.status) == ("succeeded", "succeeded")

    refund = actions.refund_payment(actor=admin, payment=first, amount=2900, reason="Paid twice")
    actions.send_refund(str(refund.pk))
    deliver()

    first.refresh_from_db()
    assert first.status == "refunded"
    assert Enrolment.objects.get().status == "active"
