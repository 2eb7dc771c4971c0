"""While a payment is on its way: every page says so, leads to the order, and sells nothing twice."""

import pytest
from django.test import Client

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.learning.models import AwaitedPayment
from momentum.payments import actions
from momentum.payments.models import Order, Plan
from momentum.providers.payments.sandbox import checkouts
from tests.factories import make_user
from tests.pages import link, main, words
from tests.payments.till import (
    DEBIT,
    DEBIT_FAILS,
    buy,
    deliver,
    make_paid_course,
    make_premium_course,
    order_page,
)

pytestmark = pytest.mark.django_db


def _sells(page: object) -> list[str]:
    found = main(page).select("a.btn, button")
    return [
        words(one)
        for one in found
        if "Buy" in words(one) or "Pay" in words(one) or "Get premium" in words(one)
    ]


def test_the_course_page_waits_for_the_bank_and_sells_nothing(
    as_learner: Client, learner: User, course: Course
) -> None:
    order = buy(learner, course, DEBIT)
    assert order.status == "pending"

    page = as_learner.get(f"/courses/{course.slug}/")

    assert "Waiting for your bank" in words(page)
    assert link(page, "See your order") == order_page(order)
    assert _sells(page) == []
    waiting = as_learner.get(order_page(order))
    assert words(waiting).startswith("Waiting for your bank Your payment is on its way.")
    assert _sells(waiting) == []
    assert "Waiting for your bank" in words(as_learner.get("/orders/"))
    ordering = as_learner.get(f"/courses/{course.slug}/order/")
    assert ordering["Location"] == order_page(order)
    assert as_learner.post(f"/courses/{course.slug}/order/")["Location"] == order_page(order)
    assert Order.objects.count() == 1


def test_other_courses_and_other_people_are_sold_to_as_ever(
    as_learner: Client, learner: User, course: Course
) -> None:
    buy(learner, course, DEBIT)
    other, somebody = make_paid_course(1100), Client()
    somebody.force_login(make_user())

    assert _sells(as_learner.get(f"/courses/{other.slug}/")) == ["Buy for €11.00"]
    assert _sells(somebody.get(f"/courses/{course.slug}/")) == ["Buy for €29.00"]


@pytest.mark.parametrize(("number", "status"), [(DEBIT, "paid"), (DEBIT_FAILS, "failed")])
def test_what_has_come_or_failed_isnt_waited_for(
    as_learner: Client, learner: User, course: Course, number: str, status: str
) -> None:
    order = buy(learner, course, number)

    checkouts.resolve(order.session_id)
    deliver()

    order.refresh_from_db()
    assert order.status == status
    assert not AwaitedPayment.objects.exists()
    page = as_learner.get(f"/courses/{course.slug}/")
    assert "Waiting for your bank" not in words(page)
    assert _sells(page) == ([] if status == "paid" else ["Buy for €29.00"])


def test_premium_waits_too(as_learner: Client, learner: User) -> None:
    course = make_premium_course()
    order = actions.order_premium(user=learner, plan=Plan.objects.get(interval="month"))
    session = checkouts.find(order.session_id, checkouts.SESSION)
    intent = checkouts.make_intent(1200, "eur", session.data["metadata"])
    intent.change(status="processing")
    session.change(status="complete", url=None, payment_intent=intent.id)
    actions.settle_checkout(order.session_id)

    page, premium = as_learner.get(f"/courses/{course.slug}/"), as_learner.get("/premium/")

    for shown in (page, premium):
        assert "Waiting for your bank" in words(shown)
        assert link(shown, "See your order") == order_page(order)
        assert _sells(shown) == []
    assert as_learner.post("/premium/order/", {"plan": str(order.plan_id)}).status_code == 409
    assert Order.objects.count() == 1
