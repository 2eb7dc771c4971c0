"""Withdrawing from a purchase."""

from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.core.errors import NotFoundError
from momentum.payments import actions
from momentum.payments.actions import withdrawals
from momentum.payments.models import (
    Order,
    Payment,
    Refund,
)
from tests.mailing import mailbox

pytestmark = pytest.mark.django_db


def test_a_withdrawal_asks_for_nothing_more_where_all_is_on_its_way(
    admin: User, learner: User, payment: Payment
) -> None:
    refund = actions.refund_payment(actor=admin, payment=payment, amount=2900, reason="A courtesy")

    actions.withdraw(user=learner, order=payment.order)
    actions.undo_order(str(payment.order_id))

    found = Refund.objects.get()
    assert (found, found.amount, found.status, found.reason) == (refund, 2900, "succeeded", "A courtesy")


def test_an_account_that_is_deleted_while_it_withdraws_withdraws_from_nothing(
    learner: User, payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters, locking = len(mailbox), withdrawals.lock_order

    def overtaken(order_id: Any) -> Order:
        Order.objects.filter(pk=order_id).update(user=None)
        return locking(order_id)

    monkeypatch.setattr(withdrawals, "lock_order", overtaken)

    with pytest.raises(NotFoundError):
        actions.withdraw(user=learner, order=payment.order)

    payment.order.refresh_from_db()
    assert (payment.order.withdrawn_at, len(mailbox)) == (None, letters)


def test_nobody_withdraws_from_what_somebody_else_bought(payment: Payment, other_learner: User) -> None:
    with pytest.raises(NotFoundError):
        actions.withdraw(user=other_learner, order=payment.order)

    payment.order.refresh_from_db()
    assert payment.order.withdrawn_at is None
