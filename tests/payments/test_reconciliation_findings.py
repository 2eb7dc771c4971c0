"""What reconciliation finds, heals, reports, or can’t ask."""

from datetime import timedelta

import pytest
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.events.models import Event
from momentum.payments import actions
from momentum.payments.models import (
    Order,
)
from momentum.providers.payments import PaymentError, get_provider
from tests.payments.refusals import refusing, silent
from tests.payments.till import (
    pay,
)

pytestmark = pytest.mark.django_db

ACTIONS = "momentum.payments.actions"


def test_what_cannot_be_healed_is_reported_and_what_cannot_be_asked_ends_it(
    learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = get_provider().now() - timedelta(days=4)
    order = actions.order_course(user=learner, course=course)
    Order.objects.filter(pk=order.pk).update(status="paid", paid_at=timezone.now())
    monkeypatch.setattr(f"{ACTIONS}.reconciliation.settle_checkout", refusing)

    [finding] = actions.reconcile(since=since).findings

    assert finding["difference"] == "paid here, open and unpaid there"
    assert (finding["healed"], finding["left"]) == (False, "this account can't do that")
    monkeypatch.setattr(f"{ACTIONS}.reconciliation.settle_checkout", silent)
    with pytest.raises(PaymentError):
        actions.reconcile(since=since)


def test_a_disagreement_is_told_of_once(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)
    pay(order)
    Order.objects.filter(pk=order.pk).update(amount=100, list_amount=100)

    for _again in range(2):
        actions.settle_checkout(order.session_id)

    order.refresh_from_db()
    assert order.status == "problem"
    assert Event.objects.filter(name="order.disagreed", subject_id=order.id).count() == 1
