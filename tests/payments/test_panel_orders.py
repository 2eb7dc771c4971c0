"""Orders and subscriptions in the panel, and what of them waits on its first page."""

from datetime import timedelta
from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.events.models import AuditEntry
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Order, Payment, Subscription, WebhookEvent
from momentum.providers.payments.sandbox import billing, disputes
from momentum.providers.payments.sandbox.models import now
from tests.pages import link, titles, words
from tests.payments.till import LATER_FAILS, buy, deliver, make_paid_course, pay, subscribe

pytestmark = pytest.mark.django_db


def _names(response: Any) -> list[str]:
    return titles(response, "tbody th a")


def test_orders_that_nobody_paid_are_there(as_admin: Any, learner: User) -> None:
    order = actions.order_course(user=learner, course=make_paid_course(title="Tides"))

    page = as_admin.get("/panel/orders/", {"state": "open"})

    assert _names(page) == ["Tides"]
    shown = as_admin.get(f"/panel/orders/{order.id}/")
    assert "No payment was attempted." in words(shown)
    assert _names(as_admin.get("/panel/orders/", {"state": "paid"})) == []


def test_asking_the_provider_settles_an_order_whose_event_never_came(as_admin: Any, learner: User) -> None:
    order = actions.order_course(user=learner, course=make_paid_course())
    pay(order)

    answer = as_admin.post(f"/panel/orders/{order.id}/check/")

    order.refresh_from_db()
    assert answer.url == f"/panel/orders/{order.id}/"
    assert order.status == "paid"
    assert Enrolment.objects.get().status == "active"


def test_an_order_the_provider_never_heard_of_cannot_be_asked_about(as_admin: Any, learner: User) -> None:
    order = buy(learner, make_paid_course())
    Order.objects.update(session_id="")

    assert as_admin.post(f"/panel/orders/{order.id}/check/").status_code == 409


def test_an_administrator_cancels_a_subscription_and_takes_that_back(as_admin: Any, learner: User) -> None:
    subscribe(learner)
    found = Subscription.objects.get()
    address = f"/panel/subscriptions/{found.id}/cancellation/"

    as_admin.post(address, {"state": "cancelled"})
    found.refresh_from_db()
    assert found.cancel_at_period_end
    as_admin.post(address, {"state": "running"})
    found.refresh_from_db()
    assert not found.cancel_at_period_end

    assert as_admin.post(address, {"state": "nonsense"}).status_code == 422
    billing.end(found.ref)
    deliver()
    assert as_admin.post(address, {"state": "cancelled"}).status_code == 409
    names = AuditEntry.objects.filter(subject_id=found.id).values_list("name", flat=True)
    assert sorted(names) == ["subscription.cancelled", "subscription.resumed"]


def test_a_bill_that_was_not_collected_waits_on_the_first_page(as_admin: Any, learner: User) -> None:
    subscribe(learner, number=LATER_FAILS)
    billing.advance(now() + timedelta(days=32))
    deliver()

    page = as_admin.get("/panel/")
    assert "1 past due subscription" in words(page)
    late = as_admin.get(link(page, "1 past due subscription"))
    assert _names(late) == ["lea@example.com"]
    assert "grace period until" in words(late)
    assert "€12.00" in words(as_admin.get(link(late, "lea@example.com")))


def test_the_first_page_says_what_came_in_and_what_waits(
    as_admin: Any, learner: User, payment: Payment
) -> None:
    assert "€29.00" in titles(as_admin.get("/panel/"), ".tile__figure")

    disputes.dispute(payment.intent)
    deliver()
    event = WebhookEvent.objects.first()
    assert event is not None
    WebhookEvent.objects.filter(pk=event.pk).update(outcome="failed", error="No such thing.")
    page = as_admin.get("/panel/")

    assert link(page, "1 dispute to answer") == "/panel/payments/?state=disputed"
    assert _names(as_admin.get(link(page, "1 failed event"))) == [event.type]
