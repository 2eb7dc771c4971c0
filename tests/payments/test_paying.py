"""Paying for an order: cards that are refused, banks that ask, money that comes late, wrong or never."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Account, LedgerEntry, Payment, WebhookEvent
from momentum.providers.payments import PaymentError
from momentum.providers.payments.sandbox import checkouts
from momentum.providers.payments.sandbox.models import Delivery, Desk, StripeObject
from tests.mailing import mailbox
from tests.pages import words
from tests.payments.till import (
    ASKS,
    ASKS_BROKE,
    BROKE,
    DEBIT,
    DEBIT_FAILS,
    DECLINED,
    GOOD,
    buy,
    deliver,
    make_paid_course,
    order_page,
    pay,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "said"),
    [(DECLINED, "Your card was declined."), (BROKE, "Your card has insufficient funds.")],
)
def test_a_refused_card_charges_nothing_and_another_one_may_follow(
    as_learner: Client, learner: User, course: Course, number: str, said: str
) -> None:
    order = actions.order_course(user=learner, course=course)
    session = reverse("sandbox:checkout", args=[order.session_id])

    answer = as_learner.post(session, {"number": number})
    deliver()

    assert answer.status_code == 422
    assert said in words(answer)
    assert not Payment.objects.exists()
    assert words(as_learner.get(order_page(order))).startswith("This order isn’t paid yet.")

    as_learner.post(session, {"number": GOOD})
    deliver()
    assert Enrolment.objects.count() == Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "answer", "status", "enrolments"),
    [(ASKS, "yes", "paid", 1), (ASKS, "no", "open", 0), (ASKS_BROKE, "yes", "open", 0)],
)
def test_the_bank_asks_first(
    as_learner: Client, learner: User, course: Course, number: str, answer: str, status: str, enrolments: int
) -> None:
    order = actions.order_course(user=learner, course=course)
    to_bank = as_learner.post(reverse("sandbox:checkout", args=[order.session_id]), {"number": number})
    assert to_bank["Location"] == reverse("sandbox:authentication", args=[order.session_id])
    assert "Your bank wants to confirm it’s you" in words(as_learner.get(to_bank["Location"]))

    as_learner.post(to_bank["Location"], {"answer": answer})
    deliver()

    order.refresh_from_db()
    assert order.status == status
    assert Enrolment.objects.count() == enrolments


def test_a_delayed_payment_gives_the_course_when_it_arrives(
    as_learner: Client, learner: User, course: Course
) -> None:
    order = buy(learner, course, DEBIT)
    assert order.status == "pending"
    assert words(as_learner.get(order_page(order))).startswith("Waiting for your bank")
    with pytest.raises(ConflictError):
        actions.order_course(user=learner, course=course)
    assert not Enrolment.objects.exists()

    checkouts.resolve(order.session_id)
    deliver()

    order.refresh_from_db()
    assert order.status == "paid"
    assert Enrolment.objects.count() == 1
    assert [one.subject for one in mailbox] == ["Your receipt for Tides"]


def test_a_delayed_payment_that_fails_gives_nothing_and_says_so(learner: User, course: Course) -> None:
    order = buy(learner, course, DEBIT_FAILS)

    checkouts.resolve(order.session_id)
    deliver()

    order.refresh_from_db()
    assert order.status == "failed"
    assert Payment.objects.get().status == "failed"
    assert not Enrolment.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert [one.subject for one in mailbox] == ["Your payment didn’t go through"]


def test_a_page_that_nobody_paid_expires(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)
    Desk.objects.update_or_create(pk=1, defaults={"ahead": timedelta(hours=2)})

    checkouts.current(order.session_id)
    deliver()

    order.refresh_from_db()
    assert order.status == "expired"
    assert actions.order_course(user=learner, course=course).pk != order.pk


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_total": 1},
        {"currency": "usd"},
        {"mode": "subscription"},
        {"metadata": {"order_id": "other"}},
        {"livemode": True},
    ],
)
def test_a_payment_that_is_not_what_was_ordered_gives_nothing(
    as_learner: Client, learner: User, course: Course, wrong: dict[str, Any]
) -> None:
    order = actions.order_course(user=learner, course=course)
    pay(order)
    session = StripeObject.objects.get(pk=order.session_id)
    session.change(**wrong)

    deliver()

    order.refresh_from_db()
    assert order.status == "problem"
    assert order.problem
    assert not Enrolment.objects.exists()
    assert not Payment.objects.exists()
    assert words(as_learner.get(order_page(order))).startswith("Your payment is under review.")


def test_a_provider_that_is_away_is_said_so_and_asked_again(
    as_learner: Client, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = actions.order_course(user=learner, course=course)
    pay(order)
    with monkeypatch.context() as away:
        away.setattr(checkouts, "current", _gone)

        page = as_learner.get(order_page(order))

        assert "We can’t reach our payment provider right now." in words(page)
    assert words(as_learner.get(order_page(order))).startswith("Payment successful")


def _gone(*_args: object) -> None:
    raise PaymentError("nobody answers")


def test_events_that_say_nothing_to_us_are_kept_and_left_alone(learner: User) -> None:
    delivery = Delivery.objects.create(
        id="evt_1", type="customer.updated",
        payload='{"id":"evt_1","object":"event","type":"customer.updated","created":1767225600,"livemode":false,"data":{"object":{"id":"cus_1"}}}',
    )  # fmt: skip
    assert delivery

    deliver()

    assert WebhookEvent.objects.get().outcome == "ignored"


def test_every_account_of_the_ledger_sums(learner: User, course: Course) -> None:
    buy(learner, course)
    buy(learner, make_paid_course(1100))

    assert LedgerEntry.objects.balance(Account.CASH) == {"EUR": 4000}
    assert LedgerEntry.objects.balance(Account.SALES) == {"EUR": -4000}
