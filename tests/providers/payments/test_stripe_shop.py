"""Momentum sells by Stripe: courses and premium, from the order to the receipt."""

import json
from typing import Any

import pytest
import stripe

from momentum.accounts.models import User
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import LedgerEntry, Order, Payment, Plan, Subscription, WebhookEvent
from momentum.providers.payments.stripe import StripePayments
from tests.mailing import mailbox
from tests.payments.till import WEBHOOK, make_paid_course, work
from tests.providers.fake_stripe import NOW, SECRET, FakeStripe


@pytest.mark.django_db
def test_a_course_is_bought_and_given_back_by_stripe(
    shop: StripePayments, fake: FakeStripe, learner: User, admin: User, client: Any
) -> None:
    course = make_paid_course()
    order = actions.order_course(user=learner, course=course)
    assert order.session_url.startswith("https://checkout.stripe.com/")
    session = fake.complete(order.session_id)
    told = {"id": "evt_1", "type": "checkout.session.completed", "created": NOW, "livemode": False}
    body = json.dumps(told | {"data": {"object": {"id": session["id"]}}})
    signed = stripe.WebhookSignature.generate_signature_header(body, SECRET)

    for _twice in range(2):
        answer = client.post(
            WEBHOOK, body, content_type="application/json", headers={"Stripe-Signature": signed}
        )
        assert answer.status_code == 200
    work()

    payment = Payment.objects.get()
    assert (payment.status, payment.amount, WebhookEvent.objects.get().outcome) == ("succeeded", 2900, "done")
    assert Enrolment.objects.get().status == "active"
    assert len(mailbox) == 1

    actions.refund_payment(actor=admin, payment=payment, amount=2900)
    work()

    payment.refresh_from_db()
    assert payment.status == "refunded"
    assert LedgerEntry.objects.balance("cash") == {"EUR": 0}
    assert [
        one["headers"]["Idempotency-Key"]
        for one in fake.requests
        if one["path"] == "/v1/refunds" and one["method"] == "POST"
    ] == [f"refund:{payment.refunds.get().id}"]


@pytest.mark.django_db
def test_premium_is_bought_by_stripe_and_the_customer_remembered(
    shop: StripePayments, fake: FakeStripe, learner: User
) -> None:
    order = actions.order_premium(user=learner, plan=Plan.objects.get(interval="year"))
    fake.complete(order.session_id)

    actions.settle_order(order)

    learner.refresh_from_db()
    assert learner.role == "premium"
    assert Subscription.objects.get().interval == "year"
    assert Order.objects.get().status == "paid"
    assert (
        actions.open_portal(user=learner)
        == f"https://billing.stripe.com/p/{Subscription.objects.get().customer}"
    )


@pytest.mark.django_db
def test_a_promotion_code_of_stripes_takes_its_share_off_and_the_receipt_says_what_was_paid(
    shop: StripePayments, fake: FakeStripe, learner: User
) -> None:
    order = actions.order_course(user=learner, course=make_paid_course())
    fake.promote(order.session_id, 580)
    fake.complete(order.session_id)

    for _twice in range(2):
        order = actions.settle_checkout(order.session_id) or order

    assert (order.status, order.list_amount, order.amount, order.problem) == ("paid", 2900, 2320, "")
    assert Payment.objects.get().amount == 2320
    assert LedgerEntry.objects.balance("cash") == {"EUR": 2320}
    assert Enrolment.objects.get().status == "active"


@pytest.mark.django_db
def test_premium_begins_with_a_promotion_code_and_goes_on_at_its_price(
    shop: StripePayments, fake: FakeStripe, learner: User
) -> None:
    order = actions.order_premium(user=learner, plan=Plan.objects.get(interval="year"))
    fake.promote(order.session_id, order.amount // 2)
    fake.complete(order.session_id)

    order = actions.settle_order(order)

    learner.refresh_from_db()
    assert (learner.role, order.problem) == ("premium", "")
    assert Subscription.objects.get().amount == order.list_amount
    assert Payment.objects.get().amount == order.amount == order.list_amount // 2
