"""The sandbox as a provider: what it sends, how often, and what its own desk does."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from momentum.accounts.models import User
from momentum.core.errors import UnavailableError
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol
from momentum.learning.permissions import can_open
from momentum.payments import actions
from momentum.payments.models import Payment, Subscription
from momentum.providers.payments import CheckoutRequest, PaymentError, get_provider, signature
from momentum.providers.payments.sandbox import billing, webhooks
from momentum.providers.payments.sandbox.models import Delivery, Desk, StripeObject
from momentum.providers.payments.sandbox.provider import secret
from momentum.search.actions import rebuild
from momentum.search.models import Passage
from tests.pages import words
from tests.payments.till import (
    DEBIT,
    buy,
    deliver,
    enqueued,
    make_paid_course,
    make_premium_course,
    pay,
    subscribe,
)

pytestmark = pytest.mark.django_db


class Mailbox:
    """Somebody at the other end; `answers` says with what, then 200."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.got: list[tuple[bytes, str]] = []


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.got.append((body, self.headers["Stripe-Signature"]))
            self.send_response(box.answers.pop(0) if box.answers else 200)
            self.send_header("Location", "/elsewhere/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SANDBOX_WEBHOOK_URL = f"http://127.0.0.1:{server.server_port}/payments/webhook/"
    yield box
    server.shutdown()
    server.server_close()


@pytest.fixture
def delivery(learner: User) -> Delivery:
    pay(actions.order_course(user=learner, course=make_paid_course()))
    return Delivery.objects.get(type="checkout.session.completed")


def test_an_event_is_sent_signed_until_it_is_taken(delivery: Delivery, mailbox: Mailbox) -> None:
    mailbox.answers = [500, 302, 400]

    taken = [webhooks.send(delivery.id) for _attempt in range(5)]

    assert taken == [False, False, False, True, True]
    assert {body for body, _signed in mailbox.got} == {delivery.payload.encode()}
    for body, signed in mailbox.got:
        signature.verify(body, signed, secret(), now=int(datetime.now(UTC).timestamp()))
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.answered) == (5, "200")


def test_nobody_at_home_is_tried_again_later(delivery: Delivery, settings: Any) -> None:
    settings.SANDBOX_WEBHOOK_URL = "http://127.0.0.1:9/"

    assert not webhooks.send(delivery.id)

    delivery.refresh_from_db()
    assert (delivery.answered, delivery.delivered_at) == ("URLError", None)


def test_the_desk_has_events_sent_several_times_and_in_any_order(as_admin: Client, learner: User) -> None:
    form = {"act": "behave", "copies": "3", "shuffled": "on"}
    as_admin.post(reverse("sandbox:desk"), form)
    assert Desk.objects.values_list("copies", "shuffled").get() == (3, True)

    pay(actions.order_course(user=learner, course=make_paid_course()))

    assert len(enqueued("sandbox.attempt")) == 4 * Delivery.objects.count() == 8


@pytest.mark.parametrize("number", ["", "-1", "10", "²", "9" * 5_000])
def test_what_is_no_such_number_leaves_the_desk_as_it_was(as_admin: Client, number: str) -> None:
    as_admin.post(reverse("sandbox:desk"), {"act": "advance", "days": number if number != "10" else "801"})
    as_admin.post(reverse("sandbox:desk"), {"act": "behave", "copies": number})

    assert Desk.objects.values_list("copies", flat=True).get() == 0


def test_the_desk_sends_one_event_again(as_admin: Client, delivery: Delivery) -> None:
    before = len(enqueued("sandbox.attempt"))

    as_admin.post(reverse("sandbox:desk"), {"act": "again", "event": delivery.id})

    assert len(enqueued("sandbox.attempt")) == before + 1
    assert as_admin.post(reverse("sandbox:desk"), {"act": "again", "event": "evt_0"}).status_code == 422


def test_the_desk_disputes_and_decides(as_admin: Client, learner: User) -> None:
    buy(learner, make_paid_course())
    payment = Payment.objects.get()
    desk = reverse("sandbox:desk")

    as_admin.post(desk, {"act": "dispute", "payment": payment.intent})
    deliver()
    payment.refresh_from_db()
    assert payment.status == "disputed"
    assert "needs response" in words(as_admin.get(desk))

    dispute = StripeObject.objects.get(kind="dispute")
    as_admin.post(desk, {"act": "decide", "dispute": dispute.id, "won": "yes"})
    deliver()
    payment.refresh_from_db()
    assert payment.status == "succeeded"


def test_the_desk_goes_to_the_next_day_of_a_subscription_and_lets_money_arrive(
    as_admin: Client, learner: User
) -> None:
    desk, course = reverse("sandbox:desk"), make_paid_course(title="Tides")
    subscribe(learner)
    waiting = actions.order_course(user=learner, course=course)
    pay(waiting, DEBIT)
    assert "Tides" in words(as_admin.get(desk))

    as_admin.post(desk, {"act": "arrive", "session": waiting.session_id})
    as_admin.post(desk, {"act": "next", "subscription": StripeObject.objects.get(kind="subscription").id})
    deliver()

    waiting.refresh_from_db()
    assert waiting.status == "paid"
    assert Payment.objects.filter(order__kind="premium").count() == 2
    page = as_admin.get(desk)
    assert "it renews" in words(page)
    assert "Pending payments" not in words(page)
    for act in ("arrive", "next"):
        assert (
            as_admin.post(desk, {"act": act, "session": "nothing", "subscription": "nothing"}).status_code
            == 302
        )


@pytest.mark.parametrize("days", ["0", "-1", "801", "many", ""])
def test_the_clock_goes_forward_only_and_not_too_far(as_admin: Client, days: str) -> None:
    answer = as_admin.post(reverse("sandbox:desk"), {"act": "advance", "days": days})

    assert answer.status_code == 422
    assert not Desk.objects.exclude(ahead=timedelta()).exists()


def test_the_clock_renews_subscriptions_each_at_its_own_time(as_admin: Client, learner: User) -> None:
    subscribe(learner)
    start = Subscription.objects.get().period_start

    as_admin.post(reverse("sandbox:desk"), {"act": "advance", "days": "100"})
    deliver()

    payments = Payment.objects.order_by("period_start")
    assert len(payments) == 4
    assert [one.period_end for one in payments[:3]] == [one.period_start for one in payments[1:]]
    assert payments[0].period_start == start
    assert Subscription.objects.get().period_end == payments[3].period_end


def test_a_subscription_of_the_31st_bills_on_the_last_day_of_short_months() -> None:
    moment, days = datetime(2027, 1, 31, 9, tzinfo=UTC), []
    for _month in range(4):
        moment = billing._after(moment, "month", anchor=31)
        days.append((moment.month, moment.day))

    assert days == [(2, 28), (3, 31), (4, 30), (5, 31)]
    assert billing._after(datetime(2028, 2, 29, tzinfo=UTC), "year", anchor=29) == datetime(
        2029, 2, 28, tzinfo=UTC
    )


def test_a_key_is_good_for_the_same_words_only(learner: User) -> None:
    provider = get_provider()
    words = {
        "key": "k", "order": "o", "mode": "payment", "name": "Tides", "currency": "EUR", "email": "a@example.com",
        "success_url": "/", "cancel_url": "/", "expires_at": provider.now() + timedelta(hours=1),
    }  # fmt: skip
    first = provider.open_checkout(CheckoutRequest(amount=100, **words))
    assert provider.open_checkout(CheckoutRequest(amount=100, **words)) == first

    with pytest.raises(PaymentError) as refused:
        provider.open_checkout(CheckoutRequest(amount=1, **words))

    assert (refused.value.code, refused.value.permanent) == ("idempotency_error", True)


def test_a_page_that_is_paid_leads_back_and_takes_nothing_more(as_learner: Client, learner: User) -> None:
    order = actions.order_course(user=learner, course=make_paid_course())
    page = reverse("sandbox:checkout", args=[order.session_id])
    for _twice in range(2):
        answer = as_learner.post(page, {"number": "4242 4242 4242 4242"})
        assert answer["Location"].endswith(f"/orders/{order.id}/?session={order.session_id}")

    assert StripeObject.objects.filter(kind="payment_intent").count() == 1
    assert as_learner.post(page, {"number": "1"}).status_code == 302


def test_what_is_typed_into_the_forms_changes_no_price(as_learner: Client, learner: User) -> None:
    course = make_paid_course()
    forged = {
        "amount": "1",
        "price": "1",
        "list_amount": "1",
        "currency": "XXX",
        "status": "paid",
        "user": "1",
    }

    as_learner.post(reverse("payments:order-new", args=[course.slug]), forged)

    order = learner.orders.get()
    assert (order.amount, order.list_amount, order.currency, order.status) == (2900, 2900, "EUR", "open")


def test_the_portal_changes_only_what_is_the_customers(
    as_learner: Client, learner: User, other_learner: User
) -> None:
    subscribe(learner)
    subscribe(other_learner)
    mine, theirs = (Subscription.objects.get(user=one) for one in (learner, other_learner))
    portal = actions.open_portal(user=learner).removeprefix("http://localhost:8000")

    as_learner.post(portal, {"subscription": theirs.ref, "state": "cancelled"})
    as_learner.post(portal, {"subscription": mine.ref, "state": "cancelled"})

    assert get_provider().subscription(mine.ref).cancel_at_period_end
    assert not get_provider().subscription(theirs.ref).cancel_at_period_end


def test_where_nothing_is_sold_nothing_can_be_bought(
    as_learner: Client, learner: User, settings: Any
) -> None:
    settings.PAYMENTS = "off"
    course = make_paid_course()

    page = as_learner.get(reverse("learning:course", args=[course.slug]))
    assert "Not available for purchase right now." in words(page)
    assert as_learner.post(reverse("payments:order-new", args=[course.slug])).status_code == 503
    assert "Not available for purchase right now." in words(as_learner.get(reverse("payments:premium")))
    assert as_learner.post("/payments/webhook/", b"{}", content_type="application/json").status_code == 503
    with pytest.raises(UnavailableError):
        actions.order_course(user=learner, course=course)


def test_the_desk_is_gone_where_another_provider_sells(as_admin: Client, settings: Any) -> None:
    settings.PAYMENTS = "stripe"

    assert as_admin.get(reverse("sandbox:desk")).status_code == 404


def test_who_had_premium_finds_no_words_of_its_lessons_any_more(learner: User) -> None:
    course = make_premium_course(days=2)
    rebuild()
    subscribe(learner)
    enrol(user=learner, course=course)
    lesson = course.lessons.select_related("course__category").get(day=1)
    complete_lesson(user=learner, lesson=lesson)
    assert Passage.objects.open_to(learner).count() == 2

    User.objects.filter(pk=learner.pk).update(role="free")
    learner.refresh_from_db()

    assert Passage.objects.open_to(learner).count() == 0
    assert not can_open(learner, lesson)
