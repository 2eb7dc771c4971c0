"""Subscriptions: what they give, and when they give nothing or are none of ours."""

import uuid

import pytest
from django.utils import timezone

from momentum.accounts.models import User
from momentum.payments import actions
from momentum.payments.models import (
    Membership,
    Order,
    Subscription,
)
from momentum.providers.payments.sandbox import billing
from momentum.providers.payments.sandbox.models import Delivery, StripeObject
from tests.payments.refusals import monthly, refusing
from tests.payments.till import (
    pay,
    subscribe,
)

pytestmark = pytest.mark.django_db


def test_a_subscription_that_is_neither_paid_nor_late_gives_nothing(learner: User) -> None:
    subscribe(learner)
    Subscription.objects.update(status="unpaid")

    assert not actions.review_premium(user=learner)

    learner.refresh_from_db()
    assert learner.role == "free"


def test_whoever_was_made_an_administrator_meanwhile_stays_one_when_premium_ends(learner: User) -> None:
    subscribe(learner)
    User.objects.filter(pk=learner.pk).update(role="admin")
    Subscription.objects.update(status="canceled", ended_at=timezone.now())

    actions.review_premium(user=learner)

    learner.refresh_from_db()
    assert learner.role == "admin"
    assert not Membership.objects.exists()


def test_a_subscription_of_another_shop_on_the_same_account_is_none_of_ours(learner: User) -> None:
    order = actions.order_premium(user=learner, plan=monthly())
    pay(order)
    Delivery.objects.all().delete()
    told = StripeObject.objects.get(kind="subscription")
    told.data["metadata"]["order_id"] = str(uuid.uuid4())
    told.save()

    assert actions.settle_subscription(told.id) is None
    assert actions.settle_intent("pi_of_nobody") is None
    assert not Subscription.objects.exists()


def test_a_subscription_on_other_terms_than_its_order_gives_nothing(learner: User) -> None:
    order = actions.order_premium(user=learner, plan=monthly())
    pay(order)
    told = StripeObject.objects.get(kind="subscription")
    Order.objects.filter(pk=order.pk).update(currency="USD")

    assert actions.settle_subscription(told.id) is None

    order.refresh_from_db()
    learner.refresh_from_db()
    assert order.problem == f"subscription {told.id} has other terms"
    assert learner.role == "free"
    assert not Subscription.objects.exists()


def test_a_renewal_that_has_ended_already_is_not_stopped_again(
    learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(learner)
    subscription = Subscription.objects.get()
    actions.set_cancellation(user=learner, cancel=True)
    billing.advance(subscription.period_end)
    monkeypatch.setattr(billing, "cancel", refusing)

    actions.stop_renewal(subscription.ref)

    subscription.refresh_from_db()
    assert subscription.ended_at is not None
