"""Coupons: what they take off, for whom, when, and never once too often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Coupon, Order, Payment, Redemption
from momentum.providers.payments.sandbox import checkouts
from momentum.providers.payments.sandbox.models import StripeObject
from tests.factories import make_user
from tests.mailing import mailbox
from tests.pages import words
from tests.payments.till import DEBIT_FAILS, buy, deliver, make_paid_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return make_paid_course(2999, title="Tides")


def _coupon(admin: User, **fields: Any) -> Coupon:
    return actions.save_coupon(actor=admin, **{"code": "tide-10", "percent": 10, **fields})


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({"percent": 10}, 2699),  # 299.9 off, rounded up for the learner
        ({"percent": None, "amount": 1000, "currency": "EUR"}, 1999),
        ({"percent": None, "amount": 9999, "currency": "EUR"}, 0),
        ({"percent": 100}, 0),
    ],
)
def test_it_takes_off_what_it_says(
    learner: User, admin: User, course: Course, fields: dict[str, Any], amount: int
) -> None:
    _coupon(admin, **fields)

    order = buy(learner, course, code=" tide-10 ")

    assert (order.status, order.list_amount, order.amount) == ("paid", 2999, amount)
    assert Enrolment.objects.get().status == "active"
    assert [one.amount for one in Payment.objects.all()] == ([amount] if amount else [])
    assert len(mailbox) == (1 if amount else 0)
    assert Coupon.objects.get().uses == 1


def test_the_page_shows_the_price_with_it_before_anything_is_ordered(
    as_learner: Client, admin: User, course: Course
) -> None:
    _coupon(admin)
    page = reverse("payments:order-new", args=[course.slug])

    with_it = as_learner.get(page, {"coupon": "tide-10"})
    without = as_learner.get(page, {"coupon": "wrong"})

    assert "Total €26.99" in words(with_it)
    assert without.status_code == 422
    assert "This code isn’t valid for this course." in words(without)
    assert "Total €29.99" in words(without)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": timezone.now() + timedelta(hours=1)},
        {"ends_at": timezone.now() - timedelta(hours=1)},
        {"active": False},
        {"percent": None, "amount": 100, "currency": "USD"},
        {"max_uses": 0},
    ],
)
def test_one_that_is_not_good_now_is_refused(
    learner: User, admin: User, course: Course, fields: dict[str, Any]
) -> None:
    _coupon(admin, **fields)

    with pytest.raises(InvalidError) as refused:
        actions.order_course(user=learner, course=course, code="TIDE-10")

    assert refused.value.code == "coupon_unknown"
    assert not Order.objects.exists()


def test_one_of_other_courses_is_refused(learner: User, admin: User, course: Course) -> None:
    other = make_paid_course()
    _coupon(admin, courses=[other])

    with pytest.raises(InvalidError):
        actions.order_course(user=learner, course=course, code="TIDE-10")

    assert actions.order_course(user=learner, course=other, code="TIDE-10").discount == 290


def test_each_learner_uses_it_once(learner: User, other_learner: User, admin: User, course: Course) -> None:
    _coupon(admin)
    buy(learner, course, code="TIDE-10")

    with pytest.raises(InvalidError):
        actions.order_course(user=learner, course=make_paid_course(), code="TIDE-10")

    assert buy(other_learner, course, code="TIDE-10").status == "paid"


def test_an_order_that_comes_to_nothing_gives_the_use_back(
    learner: User, admin: User, course: Course
) -> None:
    _coupon(admin, max_uses=1)
    order = buy(learner, course, DEBIT_FAILS, code="TIDE-10")
    assert Coupon.objects.get().uses == 1

    checkouts.resolve(order.session_id)
    deliver(times=3)

    assert Coupon.objects.get().uses == 0
    assert buy(learner, course, code="TIDE-10").status == "paid"
    assert Coupon.objects.get().uses == 1


def test_changing_ones_mind_about_the_code_keeps_the_count(
    learner: User, admin: User, course: Course
) -> None:
    _coupon(admin, max_uses=1)

    with_it = actions.order_course(user=learner, course=course, code="TIDE-10")
    again = actions.order_course(user=learner, course=course, code="TIDE-10")
    without = actions.order_course(user=learner, course=course)

    assert with_it == again
    assert without.amount == 2999
    assert Coupon.objects.get().uses == 0
    assert Redemption.objects.filter(released_at=None).count() == 0
    assert StripeObject.objects.filter(kind="checkout.session", data__status="open").count() == 1


def test_only_administrators_make_coupons(learner: User) -> None:
    with pytest.raises(ForbiddenError):
        actions.save_coupon(actor=learner, code="MINE", percent=100)

    assert not Coupon.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "a"},
        {"code": "WITH SPACE"},
        {"percent": 0},
        {"percent": 101},
        {"amount": 5, "currency": "EUR"},
        {"percent": None},
        {"percent": None, "amount": 5},
        {"starts_at": timezone.now(), "ends_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_a_coupon_that_makes_no_sense_is_refused(admin: User, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidError):
        _coupon(admin, **fields)

    assert not Coupon.objects.exists()


def test_a_code_is_taken_once(admin: User) -> None:
    _coupon(admin)

    with pytest.raises(ConflictError):
        _coupon(admin, percent=20)

    assert Coupon.objects.get().percent == 10


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_the_last_uses_at_once_only_so_many_get_them(admin: User) -> None:
    course = make_paid_course()
    _coupon(admin, max_uses=3)
    people = [make_user() for _ in range(10)]

    def order(user: User) -> bool:
        try:
            return actions.order_course(user=user, course=course, code="TIDE-10").discount > 0
        except InvalidError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        got = list(threads.map(order, people))

    assert sum(got) == 3
    assert Coupon.objects.get().uses == 3
    assert Order.objects.count() == 3
