"""Giving money back in the panel: in two steps, once, and no more than there is."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from momentum.accounts.models import User
from momentum.core.errors import ConflictError, InvalidError
from momentum.events.models import AuditEntry
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Payment, Refund
from momentum.providers.payments.sandbox import disputes
from tests.pages import fields, link, main, titles, words
from tests.payments.till import deliver, enqueued, work

pytestmark = pytest.mark.django_db

PAGE = "/panel/payments/"


def _refund_page(payment: Payment) -> str:
    return f"{PAGE}{payment.id}/refund/"


def _confirmed(
    client: Any, payment: Payment, amount: str = "29.00", reason: str = "As a courtesy."
) -> dict[str, str]:
    """Fill in the first page of a refund; return what the button of the second one sends."""
    form = main(client.get(_refund_page(payment))).select_one("form.form")
    assert form is not None
    asked = client.post(_refund_page(payment), fields(form) | {"amount": amount, "reason": reason})
    shown = main(asked).select_one("form.form")
    assert asked.status_code == 200
    assert shown is not None
    return fields(shown, pressed=f"Refund €{amount}")


def test_money_goes_back_in_two_steps(as_admin: Any, admin: User, payment: Payment) -> None:
    sent = _confirmed(as_admin, payment, "10.00")
    assert not Refund.objects.exists()

    answer = as_admin.post(_refund_page(payment), sent)

    assert answer.url == f"{PAGE}{payment.id}/"
    refund = Refund.objects.get()
    assert (refund.amount, refund.reason, refund.requested_by) == (1000, "As a courtesy.", admin)
    work()
    deliver()
    page = as_admin.get(answer.url)
    assert "Partially refunded" in words(page)
    assert "As a courtesy." in words(page)
    assert "Refund requested" in " ".join(titles(page, ".timeline p"))
    assert Enrolment.objects.get().status == "active"
    entry = AuditEntry.objects.get(name="refund.requested")
    assert (entry.actor_id, entry.subject_id) == (admin.id, refund.id)
    trail = as_admin.get("/panel/audit/", {"name": "refund.requested"})
    assert link(trail, "Payment") == f"{PAGE}{payment.id}/"
    assert "amount: €10.00" in words(trail)


def test_the_whole_of_it_is_offered_and_closes_the_course(as_admin: Any, payment: Payment) -> None:
    sent = _confirmed(as_admin, payment)
    assert sent["confirmed"] == "2900"

    as_admin.post(_refund_page(payment), sent)
    work()
    deliver()

    payment.refresh_from_db()
    assert payment.status == "refunded"
    assert Enrolment.objects.get().status == "cancelled"
    assert "There is nothing left to refund" in words(as_admin.get(_refund_page(payment)))


def test_a_double_click_gives_back_once(as_admin: Any, payment: Payment) -> None:
    sent = _confirmed(as_admin, payment, "19.00")

    answers = [as_admin.post(_refund_page(payment), sent).status_code for _ in range(3)]

    assert answers == [302, 302, 302]
    assert [one.amount for one in Refund.objects.all()] == [1900]
    assert len(enqueued("payments.send_refund")) == 1


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_give_back_once(as_admin: Any, payment: Payment) -> None:
    sent = _confirmed(as_admin, payment, "10.00")
    cookies = as_admin.cookies

    def click(_number: int) -> int:
        client = Client()
        client.cookies = cookies
        try:
            return int(client.post(_refund_page(payment), sent).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(click, range(16))) == {302}
    assert Refund.objects.count() == 1
    assert len(enqueued("payments.send_refund")) == 1


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("29.01", "At most €29.00 of this payment can be refunded."),
        ("0", "The amount has to be between €0.01 and €999,999.99"),
        ("-5", "Write an amount in EUR with at most 2 decimals, such as 1500.50."),
        ("1.005", "with at most 2 decimals"),
        ("everything", "with at most 2 decimals"),
        ("NaN", "with at most 2 decimals"),
    ],
)
def test_an_amount_that_makes_no_sense_is_asked_for_again(
    as_admin: Any, payment: Payment, amount: str, says: str
) -> None:
    form = main(as_admin.get(_refund_page(payment))).select_one("form.form")
    assert form is not None
    answer = as_admin.post(_refund_page(payment), fields(form) | {"amount": amount, "reason": "Because."})

    assert answer.status_code == 422
    assert says in words(answer)
    assert not Refund.objects.exists()


def test_what_was_confirmed_is_what_goes_back(as_admin: Any, payment: Payment) -> None:
    sent = _confirmed(as_admin, payment, "10.00") | {"amount": "29.00"}

    answer = as_admin.post(_refund_page(payment), sent)

    assert "Refund €29.00 of €29.00 to" in words(answer)
    assert not Refund.objects.exists()


def test_while_a_refund_is_on_its_way_no_more_than_the_rest_goes_back(
    as_admin: Any, payment: Payment
) -> None:
    first, second = _confirmed(as_admin, payment, "20.00"), _confirmed(as_admin, payment, "10.00")
    as_admin.post(_refund_page(payment), first)

    answer = as_admin.post(_refund_page(payment), second)

    assert answer.status_code == 422
    assert "At most €9.00 of this payment can be refunded." in words(answer)
    assert Refund.objects.count() == 1


def test_a_disputed_payment_says_why_nothing_goes_back(
    as_admin: Any, learner: User, payment: Payment
) -> None:
    sent = _confirmed(as_admin, payment)
    disputes.dispute(payment.intent)
    deliver()

    answer = as_admin.post(_refund_page(payment), sent)

    assert answer.status_code == 422
    assert "This payment is disputed" in words(answer)
    assert not Refund.objects.exists()
    page = as_admin.get(f"{PAGE}{payment.id}/")
    assert "Needs response" in words(page)
    assert not [a for a in main(page).select("a") if words(a) == "Refund"]


def test_asking_for_the_same_refund_of_another_payment_is_another_wish(
    admin: User, learner: User, payment: Payment
) -> None:
    made = actions.refund_payment(actor=admin, payment=payment, amount=100, key=payment.id)

    assert actions.refund_payment(actor=admin, payment=payment, amount=2000, key=payment.id) == made
    work()
    with pytest.raises((ConflictError, InvalidError)):
        actions.refund_payment(actor=admin, payment=payment, amount=2900)
