"""Promotion codes of the provider's own: taken on its page, and followed by our books."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Payment, Plan
from momentum.payments.site_settings import PaymentSettings
from momentum.providers.payments import get_provider
from momentum.providers.payments.sandbox import billing, checkouts
from momentum.providers.payments.sandbox.models import StripeObject
from tests.pages import main, words
from tests.payments.till import deliver, pay

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "left"), [("half", 1450), ("ALL", 0)])
def test_a_promotion_code_of_the_providers_is_good_on_its_page(
    learner: User, course: Course, client: Client, code: str, left: int
) -> None:
    order = actions.order_course(user=learner, course=course)
    page = f"/sandbox/checkout/{order.session_id}/"
    refused = client.post(page, {"promotion": "NONE"})
    assert (refused.status_code, words(main(refused).select_one("#promotion_error"))) == (
        422,
        "Unknown promotion code.",
    )
    assert client.post(page, {"promotion": code}).status_code == 302

    pay(order)
    deliver(times=2)

    order.refresh_from_db()
    assert (order.status, order.amount, order.problem) == ("paid", left, "")
    assert [one.amount for one in Payment.objects.all()] == ([left] if left else [])
    assert Enrolment.objects.get().status == "active"


@pytest.mark.parametrize(("code", "left"), [("HALF", 600), ("ALL", 0)])
def test_a_promotion_code_is_for_the_first_bill_of_premium(learner: User, code: str, left: int) -> None:
    order = actions.order_premium(user=learner, plan=Plan.objects.get(interval="month"))
    assert checkouts.promote(order.session_id, code)
    pay(order)
    deliver()
    billing.advance(get_provider().now() + timedelta(days=32))
    deliver()

    learner.refresh_from_db()
    assert learner.role == "premium"
    assert sorted(one.amount for one in Payment.objects.all()) == sorted({left, 1200} - {0})
    assert actions.reconcile(since=get_provider().now() - timedelta(days=60)).findings == []


def test_whoever_used_our_coupon_finds_no_place_for_another_code(
    learner: User, admin: User, course: Course
) -> None:
    coupon = actions.save_coupon(actor=admin, code="TIDE-10", percent=10)
    order = actions.order_course(user=learner, course=course, code=coupon.code)

    assert not checkouts.promote(order.session_id, "HALF")
    session = StripeObject.objects.get(pk=order.session_id)
    session.change(amount_total=1, total_details={"amount_discount": order.amount - 1})
    pay(order)
    deliver()

    order.refresh_from_db()
    assert order.status == "problem"
    assert not Enrolment.objects.exists()


def test_codes_of_the_providers_can_be_switched_off(
    learner: User, course: Course, site_settings: Any
) -> None:
    site_settings(PaymentSettings, promotion_codes=False)
    order = actions.order_course(user=learner, course=course)

    assert not checkouts.promote(order.session_id, "HALF")
