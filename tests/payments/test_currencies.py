"""A course, a coupon and a refund in currencies without hundredths: entered, shown, charged, given back, exported."""

from typing import Any

import pytest

from momentum.accounts.models import User
from momentum.catalog.models import Category, Course
from momentum.core.errors import InvalidError
from momentum.payments import actions
from momentum.payments.models import Account, LedgerEntry, Order, Payment
from momentum.providers.payments.sandbox.models import StripeObject
from tests.factories import make_course
from tests.mailing import mailbox
from tests.pages import words
from tests.payments.till import buy, deliver, pay, work

pytestmark = pytest.mark.django_db


def _typed(price: str, currency: str) -> dict[str, str]:
    category = Category.objects.order_by("position").first()
    assert category is not None
    return {
        "title": "Tea in spring",
        "category": str(category.pk),
        "duration_days": "1",
        "level": "beginner",
        "language": "en",
        "access": "paid",
        "price": price,
        "currency": currency,
        "rhythm": "all_at_once",
    }


@pytest.mark.parametrize(
    ("typed", "currency", "minor"), [("1980", "JPY", 1980), ("4.5", "KWD", 4500), ("12.50", "EUR", 1250)]
)
def test_a_price_is_kept_in_the_currencys_own_minor_unit(
    as_admin: Any, typed: str, currency: str, minor: int
) -> None:
    answer = as_admin.post("/panel/courses/new/", _typed(typed, currency))

    assert answer.status_code == 302
    course = Course.objects.get(title="Tea in spring")
    assert (course.price_minor, course.currency) == (minor, currency)
    assert f'value="{typed.ljust(5, "0") if currency == "KWD" else typed}"' in as_admin.get(answer.url).text


@pytest.mark.parametrize(
    ("typed", "currency", "says"),
    [
        ("19.80", "JPY", "Amounts in JPY are whole numbers, such as 1500."),
        ("4.505", "KWD", "with at most 2 decimals"),
        ("5", "ZZZ", "Select a valid choice"),
        ("", "EUR", "Required for a paid course."),
    ],
)
def test_a_price_that_cant_be_charged_makes_no_course(
    as_admin: Any, typed: str, currency: str, says: str
) -> None:
    answer = as_admin.post("/panel/courses/new/", _typed(typed, currency))

    assert answer.status_code == 422
    assert says in words(answer)
    assert not Course.objects.exists()


def test_actions_refuse_a_currency_that_nobody_takes(admin: User) -> None:
    from momentum.catalog.actions import edit_course

    course = make_course(access="paid", price_minor=500, currency="EUR")
    for fields in ({"currency": "ZZZ"}, {"currency": "KWD", "price_minor": 4505}):
        with pytest.raises(InvalidError):
            edit_course(actor=admin, course=course, **fields)  # type: ignore[arg-type]

    course.refresh_from_db()
    assert (course.currency, course.price_minor) == ("EUR", 500)


@pytest.mark.parametrize(
    ("currency", "price", "asked", "shown", "half", "exported"),
    [
        ("JPY", 1985, 1985, "¥1,985", 992, "1985"),
        ("KWD", 4550, 4550, "KWD 4.550", 2270, "4.550"),
        ("ISK", 1985, 198_500, "ISK 1,985", 992, "1985"),
    ],
)
def test_it_is_charged_given_back_and_exported_as_it_was_shown(
    as_learner: Any,
    as_admin: Any,
    admin: User,
    learner: User,
    currency: str,
    price: int,
    asked: int,
    shown: str,
    half: int,
    exported: str,
) -> None:
    course = make_course(access="paid", price_minor=price, currency=currency, title="Tea in spring")
    assert f"Buy for {shown}" in words(as_learner.get(f"/courses/{course.slug}/"))

    order = actions.order_course(user=learner, course=course)
    session = StripeObject.objects.get(pk=order.session_id)
    assert (session.data["amount_total"], session.data["currency"]) == (asked, currency.lower())
    pay(order)
    deliver()
    payment = Payment.objects.get()
    actions.refund_payment(actor=admin, payment=payment, amount=half - half % 10, reason="A courtesy")
    work()
    deliver()

    payment.refresh_from_db()
    assert (payment.amount, payment.refunded) == (price, half - half % 10)
    assert LedgerEntry.objects.balance(Account.CASH) == {currency: price - half + half % 10}
    assert shown in words(as_learner.get(f"/receipts/{payment.id}/"))
    assert any(shown in mail.body.replace("\u00a0", " ") for mail in mailbox)
    row = (
        b"".join(as_admin.get("/panel/payments/export/").streaming_content)
        .decode("utf-8-sig")
        .splitlines()[1]
    )
    assert f",{exported}," in row
    assert Order.objects.get().status == "paid"


@pytest.mark.parametrize(
    ("currency", "price", "left"), [("JPY", 1985, 992), ("KWD", 4550, 2270), ("EUR", 1985, 992)]
)
def test_a_percentage_leaves_what_can_be_charged_and_the_fraction_to_the_learner(
    admin: User, learner: User, currency: str, price: int, left: int
) -> None:
    actions.save_coupon(actor=admin, code="HALF", percent=50)
    course = make_course(access="paid", price_minor=price, currency=currency)

    order = buy(learner, course, code="HALF")

    assert (order.status, order.amount) == ("paid", left)


def test_coupons_take_off_an_amount_in_a_currency_of_the_list(as_admin: Any) -> None:
    sent = {"code": "YEN", "amount": "500", "currency": "JPY", "active": "on"}
    assert as_admin.post("/panel/coupons/new/", sent | {"amount": "500.5"}).status_code == 422
    assert as_admin.post("/panel/coupons/new/", sent | {"currency": "ZZZ"}).status_code == 422

    answer = as_admin.post("/panel/coupons/new/", sent)

    assert answer.status_code == 302
    assert "¥500" in words(as_admin.get("/panel/coupons/"))
