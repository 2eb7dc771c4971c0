"""Playing the payment provider in tests: paying on the sandbox's pages, and bringing the webhooks that follow."""

import random
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from momentum.catalog.models import Course
from momentum.payments import actions
from momentum.payments.models import Order, Plan, Refund, WebhookEvent
from momentum.providers.payments.sandbox import checkouts, webhooks
from momentum.providers.payments.sandbox.cards import BY_NUMBER
from momentum.providers.payments.sandbox.models import Delivery
from tests import mailing
from tests.factories import make_course

GOOD, DECLINED, BROKE = "4242424242424242", "4000000000000002", "4000000000009995"
ASKS, ASKS_BROKE = "4000002760003184", "4000008260003178"
DISPUTED, REFUND_FAILS, LATER_FAILS = "4000000000000259", "4000000000005126", "4000000000000341"
DEBIT, DEBIT_FAILS = "DE89370400440532013000", "DE62370400440532013001"
WEBHOOK = "/payments/webhook/"


def make_paid_course(price: int = 2900, **fields: Any) -> Course:
    return make_course(access="paid", price_minor=price, currency="EUR", **fields)


def make_premium_course(**fields: Any) -> Course:
    return make_course(access="premium", **fields)


def pay(order: Order, number: str = GOOD) -> str:
    """Pay an order as its learner does; return why it was refused, or nothing."""
    return checkouts.pay(order.session_id, BY_NUMBER[number])[1]


def buy(user: Any, course: Course, number: str = GOOD, code: str = "") -> Order:
    """Order a course, pay it and let everything follow."""
    order = actions.order_course(user=user, course=course, code=code)
    if order.session_id:
        pay(order, number)
    deliver()
    order.refresh_from_db()
    return order


def subscribe(user: Any, interval: str = "month", number: str = GOOD) -> Order:
    order = actions.order_premium(user=user, plan=Plan.objects.get(interval=interval))
    pay(order, number)
    deliver()
    order.refresh_from_db()
    user.refresh_from_db()
    return order


def post_event(delivery: Delivery, **headers: str) -> Any:
    """Send one event to the webhook, signed as the sandbox does."""
    body = delivery.payload.encode()
    return Client().post(
        WEBHOOK,
        body,
        content_type="application/json",
        headers={"Stripe-Signature": webhooks.header(body), **headers},
    )


def deliver(*, times: int = 1, order: random.Random | None = None) -> None:
    """Deliver what was sent and not taken yet, as often as asked, then do what the worker does with it."""
    while waiting := list(Delivery.objects.filter(delivered_at=None).order_by("made_at", "id")):
        sent = waiting * times
        if order is not None:
            order.shuffle(sent)
        for delivery in sent:
            assert post_event(delivery).status_code == 200
        Delivery.objects.filter(pk__in=[one.pk for one in waiting]).update(delivered_at="2026-01-01T00:00Z")
        work()


def work() -> None:
    """Do everything that the worker has been asked to do, mails last."""
    for event in WebhookEvent.objects.filter(outcome="waiting").order_by("created_at"):
        actions.handle_event(str(event.pk))
    for order in Order.objects.exclude(withdrawn_at=None):
        actions.undo_order(str(order.pk))
    for refund in Refund.objects.filter(status="requested"):
        actions.send_refund(str(refund.pk))
    mailing.deliver()


def enqueued(workflow: str) -> list[str]:
    """Return the ids of runs of this workflow that were asked for."""
    with connection.cursor() as cursor:
        cursor.execute("select workflow_uuid from dbos.workflow_status where name = %s", [workflow])
        return [row[0] for row in cursor.fetchall()]


def order_page(order: Order) -> str:
    return reverse("payments:order", args=[order.id])
