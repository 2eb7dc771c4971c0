"""Payments in the panel: finding them, their sums, taking them along, and everything that is known of one."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from momentum.accounts.models import User
from momentum.events.models import AuditEntry
from momentum.payments import actions
from momentum.payments.models import Order, Payment, Refund, Subscription, WebhookEvent
from momentum.privacy.actions.retention import forget_payloads
from momentum.providers.payments.sandbox import checkouts
from momentum.providers.payments.sandbox.models import StripeObject
from tests.factories import make_user
from tests.pages import link, main, titles, words
from tests.payments.till import DEBIT_FAILS, DISPUTED, buy, deliver, make_paid_course, subscribe

pytestmark = pytest.mark.django_db

PAGE = "/panel/payments/"


@pytest.fixture
def house(admin: User, learner: User, other_learner: User) -> dict[str, Payment]:
    """Four payments, each different."""
    coupon = actions.save_coupon(actor=admin, code="HALF", percent=50)
    tides, winds = make_paid_course(title="Tides"), make_paid_course(1900, title="Winds")
    found = {
        "half": buy(learner, tides, code=coupon.code),
        "failed": buy(other_learner, tides, DEBIT_FAILS),
        "disputed": buy(other_learner, winds, DISPUTED),
    }
    for session in StripeObject.objects.filter(kind="checkout.session", data__payment_status="unpaid"):
        checkouts.resolve(session.id)
    deliver()
    found["premium"] = subscribe(make_user(email="sue@example.com"))
    return {name: order.payments.get() for name, order in found.items()}


# What is asked for, and which of them that is.
FOUND: tuple[tuple[dict[str, str], set[str]], ...] = (
    ({}, {"disputed", "failed", "half", "premium"}),
    ({"q": "LEA@"}, {"half"}),
    ({"q": "nobody"}, set()),
    ({"q": "\x00"}, {"disputed", "failed", "half", "premium"}),
    ({"state": "failed"}, {"failed"}),
    ({"state": "disputed"}, {"disputed"}),
    ({"state": "partly"}, set()),
    ({"state": "emperor"}, {"disputed", "failed", "half", "premium"}),
    ({"kind": "premium"}, {"premium"}),
    ({"kind": "course", "state": "succeeded"}, {"half"}),
    ({"since": "2020-01-01", "until": "2020-12-31"}, set()),
)


def test_payments_are_found(as_admin: Any, house: Any) -> None:
    names = {f"{PAGE}{payment.id}/": name for name, payment in house.items()}

    for asked, expected in FOUND:
        page = main(as_admin.get(PAGE, asked))
        assert {names[str(a["href"])] for a in page.select("tbody th a")} == expected, asked


def test_a_payment_is_found_by_everything_it_is_called(as_admin: Any, house: Any) -> None:
    payment, premium = house["half"], house["premium"]
    subscription = Subscription.objects.get()
    names = (
        *(
            (payment, name)
            for name in (payment.receipt, payment.intent, str(payment.id), str(payment.order_id))
        ),
        (payment, payment.order.session_id),
        *((premium, name) for name in (premium.invoice, subscription.ref)),
        (house["disputed"], house["disputed"].disputes.get().ref),
    )
    for whose, name in names:
        assert [a["href"] for a in main(as_admin.get(PAGE, {"q": name})).select("tbody th a")] == [
            f"{PAGE}{whose.id}/"
        ]


def test_sums_are_of_what_is_shown(as_admin: Any, house: Any) -> None:
    def sums(**asked: str) -> list[str]:
        return titles(as_admin.get(PAGE, asked), ".tile__figure")

    assert sums() == ["€45.50", "€0.00", "€19.00", "€26.50"]
    assert sums(kind="premium") == ["€12.00", "€0.00", "€0.00", "€12.00"]
    assert sums(course=str(house["half"].order.course_id)) == [
        "€14.50",
        "€0.00",
        "€0.00",
        "€14.50",
    ]


def test_the_csv_has_what_is_asked_for_and_no_formula(as_admin: Any, house: Any) -> None:
    Order.objects.filter(pk=house["half"].order_id).update(title='=HYPERLINK("https://example.com")')

    answer = as_admin.get(f"{PAGE}export/", {"kind": "course"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert answer.streaming
    assert answer["Cache-Control"] == "private, no-store"
    assert {row["payment"] for row in rows} == {house[name].intent for name in ("half", "failed", "disputed")}
    half = next(row for row in rows if row["coupon"] == "HALF")
    assert half["what"] == '\'=HYPERLINK("https://example.com")'
    assert (half["amount"], half["list_price"], half["email"]) == ("14.50", "29.00", "lea@example.com")
    assert AuditEntry.objects.filter(name="payments.exported").count() == 1


# How many queries each list makes at most.
LISTS = {
    PAGE: 14, "/panel/orders/": 10, "/panel/subscriptions/": 10, "/panel/coupons/": 10,
    "/panel/events/": 10, "/panel/ledger/": 12, f"{PAGE}export/": 8, "/panel/": 32,
}  # fmt: skip


def test_lists_ask_as_much_of_the_database_however_long_they_are(
    as_admin: Any, admin: User, house: Any
) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = as_admin.get(address)
            assert answer.getvalue() if answer.streaming else answer.content
        return len(queries)

    before = {address: asked(address) for address in LISTS}
    for number in range(4):
        course, user = make_paid_course(), make_user()
        actions.save_coupon(actor=admin, code=f"MORE{number}", percent=5, courses=[course])
        buy(user, course, code=f"MORE{number}")
        subscribe(user)

    assert {address: asked(address) for address in LISTS} == before
    assert [address for address, most in LISTS.items() if before[address] > most] == []


def test_a_payment_shows_everything_that_is_known_of_it(
    as_admin: Any, learner: User, payment: Payment
) -> None:
    page = as_admin.get(f"{PAGE}{payment.id}/")
    text = words(page)

    assert link(page, "lea@example.com") == f"/panel/users/{learner.id}/"
    assert link(page, "Tides") == f"/panel/courses/{payment.order.course_id}/"
    for said in (payment.receipt, payment.intent, payment.order.session_id, "€29.00", "Purchased", "Sales"):
        assert str(said) in text
    lines = titles(page, ".timeline p")
    assert lines[0] == "Ordered"
    assert any(line.startswith("checkout.session.completed") and "processed at" in line for line in lines)
    assert "Payment received, receipt issued" in lines


def test_the_timeline_of_a_bill_has_its_own_events_and_not_those_of_the_first_purchase(
    as_admin: Any, learner: User
) -> None:
    subscribe(learner)
    bill = Payment.objects.get()

    lines = titles(as_admin.get(f"{PAGE}{bill.id}/"), ".timeline p")

    assert any(line.startswith("invoice.paid") for line in lines)
    assert not any(line.startswith("checkout.session") for line in lines)


def test_a_refund_says_who_asked_for_it_and_why(
    as_admin: Any, admin: User, learner: User, payment: Payment
) -> None:
    for fields in (
        {"amount": 100, "reason": "A courtesy", "requested_by": admin},
        {"amount": 200, "reason": "Too late", "requested_by": None},
        {"amount": 300, "reason": "", "requested_by": None},
        {"amount": 400, "reason": Refund.WITHDRAWAL, "requested_by": None},
        {"amount": 500, "reason": Refund.ACCOUNT_GONE, "requested_by": None},
    ):
        Refund.objects.create(payment=payment, status="succeeded", **fields)

    said = words(as_admin.get(f"{PAGE}{payment.id}/"))

    asked = {refund.amount: (str(refund.why), str(refund.asked_by)) for refund in Refund.objects.all()}
    assert asked == {
        100: ("A courtesy", "Ada Admin"),
        200: ("Too late", "Former administrator"),
        300: ("", "In the provider’s dashboard"),
        400: ("Withdrawn by learner", "Learner"),
        500: ("Account deleted before payment arrived", "System"),
    }
    assert all(who in said for _why, who in asked.values())


def test_the_timeline_says_when_an_event_was_handled_also_when_its_words_are_forgotten(
    as_admin: Any, payment: Payment
) -> None:
    WebhookEvent.objects.update(created_at=timezone.now() - timedelta(days=91))
    assert forget_payloads()

    assert "checkout.session.completed" in words(as_admin.get(f"{PAGE}{payment.id}/"))


def test_a_payment_of_nobody_can_still_be_looked_at(as_admin: Any, payment: Payment) -> None:
    Order.objects.update(user=None)

    for address in (
        PAGE,
        f"{PAGE}{payment.id}/",
        f"{PAGE}{payment.id}/refund/",
        f"/panel/orders/{payment.order_id}/",
    ):
        assert as_admin.get(address).status_code == 200
    assert "Deleted account" in words(as_admin.get(PAGE))


def test_the_page_of_an_account_has_what_was_bought(as_admin: Any, learner: User, payment: Payment) -> None:
    subscribe(learner)

    page = as_admin.get(f"/panel/users/{learner.id}/")

    hrefs = {str(a["href"]) for a in main(page).select("a[href]")}
    assert hrefs >= {f"{PAGE}{payment.id}/", f"/panel/subscriptions/{Subscription.objects.get().id}/"}
