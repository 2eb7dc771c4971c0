"""Money that arrives when the account that ordered is gone: it goes back, and nothing is billed again."""

from inspect import unwrap

import pytest
from django.utils import timezone

from momentum.accounts.models import User
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Account, LedgerEntry, Order, Payment, Plan, Subscription
from momentum.privacy.actions.deletion import remove_rows
from momentum.providers.payments import get_provider
from momentum.providers.payments.sandbox import checkouts
from tests.payments.till import DEBIT, buy, deliver, enqueued, make_paid_course, pay, subscribe

pytestmark = pytest.mark.django_db


def _undone(order: Order) -> Payment:
    """Let the worker do what it was asked to, twice, and return the order's only payment."""
    assert enqueued("payments.undo_order") == [f"payments.undo_order/{order.id}"]
    for _again in range(2):
        actions.undo_order(str(order.pk))
        deliver(times=2)
    return Payment.objects.get(order=order)


def _hour_passes() -> None:
    """Do what the worker does each hour."""
    from momentum.payments import workflows

    unwrap(workflows.review_everybody)(timezone.now(), None)


def test_a_debit_that_arrives_after_the_account_is_gone_goes_back(learner: User) -> None:
    order = buy(learner, make_paid_course(), DEBIT)
    remove_rows(user_id=learner.pk)

    checkouts.resolve(order.session_id)
    deliver()
    payment = _undone(order)

    assert (payment.status, payment.refunded) == ("refunded", 2900)
    assert [(one.amount, one.reason) for one in payment.refunds.all()] == [(2900, "account deleted")]
    assert LedgerEntry.objects.balance(Account.CASH) == {"EUR": 0}
    assert get_provider().intent(payment.intent).net == 0
    assert not Enrolment.objects.exists()


def test_premium_that_is_paid_after_the_account_is_gone_ends_and_goes_back(learner: User) -> None:
    order = actions.order_premium(user=learner, plan=Plan.objects.get(interval="month"))
    remove_rows(user_id=learner.pk)

    pay(order)
    deliver()
    payment = _undone(order)

    subscription = Subscription.objects.get()
    assert subscription.ended_at is not None
    assert get_provider().subscription(subscription.ref).ended_at is not None
    assert (payment.status, payment.refunded) == ("refunded", 1200)


def test_premium_that_began_while_the_account_was_being_deleted_does_not_renew(learner: User) -> None:
    subscription = Subscription.objects.get(order=subscribe(learner))
    remove_rows(user_id=learner.pk)

    for _again in range(2):
        _hour_passes()
        deliver()

    subscription.refresh_from_db()
    assert subscription.cancel_at_period_end
    assert get_provider().subscription(subscription.ref).cancel_at_period_end


def test_premium_of_somebody_who_is_there_goes_on(learner: User) -> None:
    subscription = Subscription.objects.get(order=subscribe(learner))

    _hour_passes()

    assert not get_provider().subscription(subscription.ref).cancel_at_period_end


def test_what_was_paid_while_the_account_was_there_stays_when_it_goes(learner: User) -> None:
    order = buy(learner, make_paid_course())
    remove_rows(user_id=learner.pk)

    actions.settle_checkout(order.session_id)
    deliver()

    assert not enqueued("payments.undo_order")
    assert Payment.objects.get().status == "succeeded"
