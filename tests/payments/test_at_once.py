"""Whatever is done with orders and money at the same moment: nothing waits in a circle, and the books agree."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from momentum.accounts.models import User
from momentum.core.errors import DomainError
from momentum.payments import actions
from momentum.payments.models import Account, LedgerEntry, Order, Payment, Plan, Refund, Subscription
from momentum.privacy.actions import deletion
from momentum.providers.payments import PaymentError, get_provider
from momentum.providers.payments.sandbox import billing, disputes
from momentum.providers.payments.sandbox.models import StripeObject
from tests.factories import make_user
from tests.payments.till import LATER_FAILS, buy, deliver, make_paid_course, order_page, pay, subscribe, work

pytestmark = pytest.mark.django_db(transaction=True)


class Shop:
    """A learner with a course, premium, a page on which to pay and a refund under way; and all that can be done."""

    def __init__(self, admin: User) -> None:
        self.admin, self.learner = admin, make_user()
        self.order = buy(self.learner, make_paid_course())
        self.premium = subscribe(self.learner)
        self.wanted = make_paid_course()
        self.open = actions.order_course(user=self.learner, course=self.wanted)
        self.payment = Payment.objects.get(order=self.order)
        self.bill = Payment.objects.get(order=self.premium)
        self.subscription = Subscription.objects.get(order=self.premium)
        self.refund = actions.refund_payment(
            actor=admin, payment=self.payment, amount=100, reason="A courtesy"
        )
        self.browser = Client()
        self.browser.force_login(self.learner)

    def doings(self) -> dict[str, Callable[[], object]]:
        learner, admin = self.learner, self.admin
        return {
            "settle the order": lambda: actions.settle_checkout(self.order.session_id),
            "settle premium": lambda: actions.settle_checkout(self.premium.session_id),
            "settle the subscription": lambda: actions.settle_subscription(self.subscription.ref),
            "settle the payment": lambda: actions.settle_intent(self.payment.intent),
            "settle the bill": lambda: actions.settle_intent(self.bill.intent),
            "look at the order": lambda: self._look(order_page(self.premium)),
            "ask for a refund": lambda: actions.refund_payment(actor=admin, payment=self.bill, amount=1),
            "send the refund": lambda: actions.send_refund(str(self.refund.pk)),
            "cancel": lambda: actions.set_cancellation(user=learner, cancel=True),
            "go on after all": lambda: actions.set_cancellation(user=learner, cancel=False),
            "review premium": lambda: actions.review_premium(user=User.objects.get(pk=learner.pk)),
            "buy again": lambda: actions.order_course(user=learner, course=self.wanted),
            "buy premium again": lambda: actions.order_premium(user=learner, plan=self._plan()),
            "reconcile": lambda: actions.reconcile(since=self.order.created_at),
            "dispute": self._dispute,
            "renew": self._renew,
            "lapse": self._lapse,
            "withdraw": lambda: actions.withdraw(user=learner, order=self.premium),
            "undo": lambda: actions.undo_order(str(self.premium.pk)),
            "delete the account": lambda: deletion.remove_rows(user_id=learner.pk),
        }

    def _look(self, path: str) -> None:
        assert self.browser.get(path).status_code in {200, 302, 404}

    def _plan(self) -> Any:
        plan = self.premium.plan
        assert plan is not None
        return plan

    def _renew(self) -> None:
        due = StripeObject.objects.get(pk=self.subscription.ref).due_at
        if due is not None:
            billing.advance(due)
        actions.settle_subscription(self.subscription.ref)

    def _lapse(self) -> None:
        customer = StripeObject.objects.get(pk=self.subscription.customer)
        customer.note(way=LATER_FAILS)
        self._renew()

    def _dispute(self) -> None:
        disputes.dispute(self.bill.intent)
        actions.settle_intent(self.bill.intent)


# What leaves too little behind for others to be tried in the same shop.
LAST = {"lapse", "withdraw", "undo", "delete the account"}


def _at_once(doings: list[Callable[[], object]]) -> None:
    """Do all of it at the same moment. A refusal in words is fine; whatever else is raised isn't."""
    together = Barrier(len(doings))

    def alone(doing: Callable[[], object]) -> None:
        try:
            together.wait(30)
            doing()
        except (DomainError, PaymentError, User.DoesNotExist):
            return
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        list(pool.map(alone, doings))


def _require_agreement() -> None:
    deliver()
    work()
    deliver()
    for payment in Payment.objects.exclude(receipt=None):
        held = sum(payment.entries.filter(account=Account.CASH).values_list("amount", flat=True))
        assert held == get_provider().intent(payment.intent).net
    since = Order.objects.earliest("created_at").created_at
    # Pages whose time is over expire when the provider is asked for them.
    assert actions.reconcile(since=since).is_clean
    assert actions.reconcile(since=since).findings == []
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0
    assert not Refund.objects.filter(status="requested").exists()


def _pairs(admin: User, pick: Callable[[str, str], bool]) -> None:
    shop = Shop(admin)
    for first, second in combinations_with_replacement(shop.doings(), 2):
        if not pick(first, second):
            continue
        if LAST & {first, second}:
            shop = Shop(admin)
        _at_once([shop.doings()[first], shop.doings()[second]])


def test_no_two_things_wait_for_each_other(admin: User) -> None:
    _pairs(admin, lambda first, second: not LAST & {first, second})

    _require_agreement()


@pytest.mark.thorough
def test_nothing_waits_for_what_ends_an_order_or_an_account(admin: User) -> None:
    _pairs(admin, lambda first, second: bool(LAST & {first, second}))

    _require_agreement()


def test_who_buys_premium_and_looks_at_once_while_the_events_come_in(admin: User) -> None:
    for _time in range(3):
        learner = make_user()
        order = actions.order_premium(user=learner, plan=Plan.objects.get(interval="month"))
        pay(order)
        browser = Client()
        browser.force_login(learner)
        looks = [lambda browser=browser, order=order: browser.get(order_page(order))] * 3
        _at_once([*looks, deliver, lambda order=order: actions.settle_checkout(order.session_id)])  # type: ignore[misc]

        learner.refresh_from_db()
        assert learner.role == "premium"
        assert Payment.objects.get(order=order).receipt
    _require_agreement()
