"""Coupons and plans in the panel."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from momentum.accounts.models import User
from momentum.core.errors import InvalidError
from momentum.payments import actions
from momentum.payments.models import Coupon, Order, Plan, Redemption, Subscription
from tests.factories import make_user
from tests.pages import button, fields, main, titles, words
from tests.payments.till import buy, make_paid_course, subscribe

pytestmark = pytest.mark.django_db


def test_a_coupon_is_made_changed_and_switched_off(as_admin: Any, learner: User) -> None:
    course = make_paid_course(title="Tides")
    answer = as_admin.post(
        "/panel/coupons/new/",
        {"code": "spring-20", "percent": "20", "max_uses": "5", "active": "on", "courses": [str(course.id)]},
    )
    coupon = Coupon.objects.get()
    assert answer.url == f"/panel/coupons/{coupon.id}/"
    assert (coupon.code, coupon.percent, list(coupon.courses.all())) == ("SPRING-20", 20, [course])
    buy(learner, course, code="SPRING-20")

    page = as_admin.get(answer.url)
    form = main(page).select("form.form")[-1]
    assert "lea@example.com" in words(page)
    as_admin.post(
        answer.url, fields(form) | {"percent": "", "amount": "5.00", "currency": "EUR", "active": "on"}
    )
    coupon.refresh_from_db()
    assert (coupon.percent, coupon.amount, coupon.currency, coupon.uses) == (None, 500, "EUR", 1)
    assert Order.objects.get().amount == 2320

    as_admin.post(f"{answer.url}status/", {"state": "inactive"})
    with pytest.raises(InvalidError):
        actions.quote(user=make_user(), course=course, code="SPRING-20")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"code": "no spaces"}, "without spaces"),
        ({"code": "TAKEN"}, "A coupon with this code already exists."),
        ({"percent": ""}, "Enter either a percentage or an amount"),
        ({"amount": "5", "currency": "EUR"}, "Enter either a percentage or an amount"),
        ({"percent": "", "amount": "5"}, "Enter the currency of the amount."),
        ({"percent": "101"}, "less than or equal to 100"),
        (
            {"starts_at": "2026-05-02T10:00", "ends_at": "2026-05-01T10:00"},
            "The end must be after the start.",
        ),
        ({"max_uses": "0"}, "greater than or equal to 1"),
        ({"courses": ["nothing"]}, "nothing"),
    ],
)
def test_a_coupon_that_makes_no_sense_is_asked_for_again(
    as_admin: Any, admin: User, wrong: dict[str, Any], says: str
) -> None:
    actions.save_coupon(actor=admin, code="TAKEN", percent=5)
    make_paid_course()

    answer = as_admin.post("/panel/coupons/new/", {"code": "SPRING", "percent": "20", **wrong})

    assert answer.status_code == 422
    assert says in words(answer)
    assert Coupon.objects.count() == 1


def test_a_coupon_cannot_allow_fewer_uses_than_were_made(as_admin: Any, admin: User, learner: User) -> None:
    coupon = actions.save_coupon(actor=admin, code="MANY", percent=20, max_uses=5)
    for user in (learner, make_user()):
        buy(user, make_paid_course(), code="MANY")

    answer = as_admin.post(f"/panel/coupons/{coupon.id}/", {"code": "MANY", "percent": "20", "max_uses": "1"})

    assert answer.status_code == 422
    assert "It has already been used 2 times, so the limit can’t be lower." in words(answer)
    coupon.refresh_from_db()
    assert coupon.max_uses == 5


@pytest.mark.django_db(transaction=True)
def test_a_coupon_that_is_changed_while_it_is_used_loses_no_use(admin: User) -> None:
    coupon = actions.save_coupon(actor=admin, code="BUSY", percent=10)
    course = make_paid_course()
    buyers = [make_user() for _ in range(8)]

    def in_a_thread(doing: Callable[[], object]) -> None:
        try:
            doing()
        finally:
            connections.close_all()

    doings: list[Callable[[], object]] = []
    for number, buyer in enumerate(buyers):
        doings.append(lambda buyer=buyer: actions.order_course(user=buyer, course=course, code="BUSY"))  # type: ignore[misc]
        doings.append(
            lambda number=number: actions.save_coupon(  # type: ignore[misc]
                actor=admin, coupon=coupon, code="BUSY", percent=10 + number
            )
        )
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(in_a_thread, doings))

    coupon.refresh_from_db()
    assert coupon.uses == Redemption.objects.filter(released_at=None).count() == 8


def test_a_plan_has_a_new_price_for_new_people_alone(as_admin: Any, learner: User) -> None:
    subscribe(learner)
    plan = Plan.objects.get(interval="month")
    form = button(as_admin.get("/panel/plans/"), "Save monthly price")

    as_admin.post("/panel/plans/", fields(form) | {"month-amount": "15.00"})

    plan.refresh_from_db()
    assert (plan.amount, plan.active) == (1500, True)
    assert Subscription.objects.get().amount == 1200
    assert subscribe(make_user()).amount == 1500
    assert titles(as_admin.get("/panel/plans/"), "tbody th") == ["€15.00", "€12.00"]


@pytest.mark.parametrize(
    "wrong",
    [{"month-amount": "0"}, {"month-amount": ""}, {"month-currency": "euro"}, {"month-currency": "ZZZ"}],
)
def test_a_price_that_makes_no_sense_changes_nothing(as_admin: Any, wrong: Any) -> None:
    form = button(as_admin.get("/panel/plans/"), "Save monthly price")

    assert as_admin.post("/panel/plans/", fields(form) | wrong).status_code == 422
    assert as_admin.post("/panel/plans/", {"plan": "nothing"}).status_code == 422
    assert Plan.objects.get(interval="month").amount == 1200
