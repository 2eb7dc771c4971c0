"""Holding our books against the provider's: every difference is found, healed where it can be, and reported."""

from datetime import timedelta

import pytest
from django.utils import timezone

from momentum.accounts.models import User
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Order, Payment, Plan, Reconciliation, Subscription
from momentum.providers.payments import get_provider
from momentum.providers.payments.sandbox import billing, checkouts, disputes
from momentum.providers.payments.sandbox.models import StripeObject
from tests.mailing import mailbox
from tests.payments.till import buy, deliver, make_paid_course, pay, subscribe, work

pytestmark = pytest.mark.django_db


def _reconcile() -> Reconciliation:
    report = actions.reconcile(since=get_provider().now() - timedelta(days=4))
    work()
    return report


def test_books_that_agree_have_nothing_to_report(learner: User) -> None:
    buy(learner, make_paid_course())
    subscribe(learner)

    report = _reconcile()

    assert report.is_clean
    assert report.findings == []
    assert report.checked == 5


def test_webhooks_that_never_came_are_made_up_for(learner: User, other_learner: User) -> None:
    course, renewed = make_paid_course(), make_paid_course()
    pay(actions.order_course(user=learner, course=course))
    pay(actions.order_premium(user=other_learner, plan=Plan.objects.get(interval="month")))
    checkouts.close(actions.order_course(user=learner, course=renewed).session_id)

    report = _reconcile()

    assert {one["what"] for one in report.findings} == {"checkout"}
    assert {one["difference"] for one in report.findings} == {
        "paid there, open here",
        "expired there, open here",
    }
    assert report.is_clean
    assert Enrolment.objects.get(user=learner).course == course
    other_learner.refresh_from_db()
    assert other_learner.role == "premium"
    assert len(mailbox) == 2
    assert _reconcile().findings == []


def test_a_subscription_that_is_missing_here_is_made_and_another_shops_is_left_alone(learner: User) -> None:
    order = actions.order_premium(user=learner, plan=Plan.objects.get(interval="month"))
    pay(order)
    Order.objects.update(status="paid", paid_at=timezone.now())
    told = StripeObject.objects.get(kind="subscription")
    StripeObject.objects.create(
        id="sub_other",
        kind="subscription",
        data=told.data | {"id": "sub_other", "metadata": {"order_id": "other-shop-17"}},
        made_at=told.made_at,
    )

    report = _reconcile()

    assert report.findings == [
        {"what": "subscription", "ref": told.id, "difference": "not known here", "healed": True, "left": ""}
    ]
    assert Subscription.objects.get().ref == told.id
    learner.refresh_from_db()
    assert learner.role == "premium"
    assert _reconcile().findings == []


def test_refunds_disputes_and_renewals_that_nobody_told_of(learner: User, other_learner: User) -> None:
    buy(learner, make_paid_course())
    buy(other_learner, make_paid_course())
    subscribe(learner)
    first, second = (
        Payment.objects.get(order__user=one, order__kind="course") for one in (learner, other_learner)
    )
    get_provider().refund(first.intent, amount=500, currency="EUR", key="at their desk")
    disputes.dispute(second.intent)
    billing.advance(Subscription.objects.get().period_end)

    report = actions.reconcile(since=get_provider().now() - timedelta(days=60))

    assert report.is_clean
    assert {(one["what"], one["difference"].split(",")[0]) for one in report.findings} == {
        ("payment", "€24.00 there"),
        ("payment", "€0.00 there"),
        ("subscription", f"active until {Subscription.objects.get().period_end:%F} there"),
    }
    assert Payment.objects.filter(order__kind="premium").count() == 2
    assert Enrolment.objects.get(user=other_learner).status == "cancelled"


def test_what_cant_be_healed_is_reported_as_such(learner: User) -> None:
    order = actions.order_course(user=learner, course=make_paid_course())
    pay(order)
    StripeObject.objects.get(pk=order.session_id).change(amount_total=1)

    report = _reconcile()

    assert not report.is_clean
    [found] = report.findings
    assert (found["ref"], found["healed"], found["left"]) == (
        order.session_id,
        False,
        "paid there, problem here",
    )
    assert Order.objects.get().problem == "total is 1, not 2900"


def test_payments_of_another_shop_on_the_same_account_are_none_of_ours(learner: User) -> None:
    order = buy(learner, make_paid_course())
    deliver()
    session = StripeObject.objects.get(pk=order.session_id)
    StripeObject.objects.create(
        id="cs_test_other",
        kind="checkout.session",
        data=session.data | {"id": "cs_test_other", "metadata": {}, "client_reference_id": "other-shop-17"},
        made_at=session.made_at,
    )

    assert _reconcile().findings == []
