"""Prices that were kept in hundredths of whatever currency become what pages said they were."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.payments.models import Account, Coupon, LedgerEntry, Order, Payment, Plan
from tests.factories import make_course
from tests.payments.till import buy

pytestmark = pytest.mark.django_db


def _migration(app: str, name: str) -> Any:
    return import_module(f"momentum.{app}.migrations.{name}")


@pytest.mark.parametrize(
    ("currency", "kept", "now"),
    [
        ("EUR", 1950, 1950),
        ("JPY", 198_000, 1980),
        ("JPY", 1985, 1985),
        ("KWD", 450, 4500),
        ("ISK", 99_000, 990),
    ],
)
def test_prices_of_courses_plans_and_coupons(currency: str, kept: int, now: int) -> None:
    course = make_course(access="paid", price_minor=kept, currency=currency)
    coupon = Coupon.objects.create(code="OFF", amount=kept, currency=currency)
    Plan.objects.filter(interval="year").update(amount=kept, currency=currency)

    _migration("catalog", "0009_minor_units").to_minor_units(apps, None)
    _migration("payments", "0005_minor_units").to_minor_units(apps, None)

    course.refresh_from_db()
    coupon.refresh_from_db()
    assert (course.price_minor, coupon.amount, Plan.objects.get(interval="year").amount) == (now, now, now)


def test_the_history_of_kronur_is_whole_and_that_of_yen_is_what_was_charged(learner: User) -> None:
    for currency in ("JPY", "ISK"):
        buy(learner, make_course(access="paid", price_minor=150_000, currency=currency))

    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(_migration("payments", "0005_minor_units").HISTORY)

    charged = {"JPY": 150_000, "ISK": 1500}
    assert dict(Payment.objects.values_list("currency", "amount")) == charged
    assert dict(Order.objects.values_list("currency", "amount")) == charged
    assert LedgerEntry.objects.balance(Account.CASH) == charged
    assert Course.objects.count() == 2
