"""Refunds and disputes: what they do to the place, the books and the mailbox."""

import random
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import Account, LedgerEntry, Payment, Refund
from momentum.providers.payments import PaymentError, get_provider
from momentum.providers.payments.sandbox import disputes
from momentum.providers.payments.sandbox.models import StripeObject
from tests.factories import make_user
from tests.mailing import mailbox
from tests.payments.till import DISPUTED, REFUND_FAILS, buy, deliver, enqueued, make_paid_course, work
from tests.seeds import seeds

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(learner: User, course: Course) -> Payment:
    buy(learner, course)
    mailbox.clear()
    return Payment.objects.get()


def _give_back(admin: User, payment: Payment, amount: int) -> Refund:
    made = actions.refund_payment(actor=admin, payment=payment, amount=amount, reason="As a courtesy.")
    work()
    deliver(times=2)
    payment.refresh_from_db()
    made.refresh_from_db()
    return made


def _held() -> dict[str, int]:
    return LedgerEntry.objects.balance(Account.CASH)


def test_a_full_refund_takes_the_place_and_is_written_twice(admin: User, payment: Payment) -> None:
    refund = _give_back(admin, payment, 2900)

    assert (refund.status, refund.reason, refund.requested_by) == ("succeeded", "As a courtesy.", admin)
    assert (payment.status, payment.refunded) == ("refunded", 2900)
    enrolment = Enrolment.objects.get()
    assert enrolment.status == "cancelled"
    assert enrolment.taken_at is not None
    assert _held() == {"EUR": 0}
    assert LedgerEntry.objects.balance(Account.REFUNDS) == {"EUR": 2900}
    assert [one.subject for one in mailbox] == ["Your refund is on its way"]
    assert len(enqueued("payments.send_refund")) == 1


def test_who_got_everything_back_can_buy_again_not_come_back(
    admin: User, learner: User, payment: Payment, as_learner: Any
) -> None:
    _give_back(admin, payment, 2900)
    answer = as_learner.post(f"/courses/{payment.order.course.slug}/enrolment/", {"state": "enrolled"})
    assert answer.status_code == 403

    buy(learner, payment.order.course)

    enrolment = Enrolment.objects.get()
    assert (enrolment.status, enrolment.taken_at) == ("active", None)
    assert Payment.objects.filter(status="succeeded").count() == 1


def test_partial_refunds_leave_the_place_until_nothing_is_left(admin: User, payment: Payment) -> None:
    _give_back(admin, payment, 1000)
    _give_back(admin, payment, 900)
    assert (payment.status, payment.refunded) == ("succeeded", 1900)
    assert Enrolment.objects.get().status == "active"
    assert _held() == {"EUR": 1000}

    _give_back(admin, payment, 1000)

    assert payment.status == "refunded"
    assert Enrolment.objects.get().status == "cancelled"


@pytest.mark.parametrize("amount", [0, -1, 2901])
def test_no_more_goes_back_than_came(admin: User, payment: Payment, amount: int) -> None:
    with pytest.raises(InvalidError):
        actions.refund_payment(actor=admin, payment=payment, amount=amount)

    assert not Refund.objects.exists()


def test_what_was_asked_for_counts_as_gone(admin: User, payment: Payment) -> None:
    actions.refund_payment(actor=admin, payment=payment, amount=2000)

    with pytest.raises(InvalidError):
        actions.refund_payment(actor=admin, payment=payment, amount=1000)


def test_a_withdrawal_gives_the_rest_back_too_when_a_part_is_on_its_way(
    admin: User, learner: User, payment: Payment
) -> None:
    actions.refund_payment(actor=admin, payment=payment, amount=900, reason="As a courtesy.")
    actions.withdraw(user=learner, order=payment.order)
    actions.undo_order(str(payment.order_id))  # faster than the refund
    work()
    deliver(times=2)

    payment.refresh_from_db()
    assert (payment.status, payment.refunded) == ("refunded", 2900)
    assert sorted(payment.refunds.values_list("amount", "status")) == [
        (900, "succeeded"),
        (2000, "succeeded"),
    ]
    assert _held() == {"EUR": 0}


def test_only_administrators_give_money_back(learner: User, payment: Payment) -> None:
    with pytest.raises(ForbiddenError):
        actions.refund_payment(actor=learner, payment=payment, amount=100)

    assert not Refund.objects.exists()


def test_a_refund_sent_twice_goes_back_once(admin: User, payment: Payment) -> None:
    made = actions.refund_payment(actor=admin, payment=payment, amount=1000)
    told = get_provider().refund(
        payment.intent, amount=1000, currency="EUR", key=f"refund:{made.id}"
    )  # and then it crashed

    actions.send_refund(str(made.id))

    made.refresh_from_db()
    assert made.ref == told.id
    assert StripeObject.objects.filter(kind="refund").count() == 1
    assert _held() == {"EUR": 1900}


def test_a_refund_that_the_provider_refuses_is_noted(admin: User, payment: Payment) -> None:
    made = actions.refund_payment(actor=admin, payment=payment, amount=1000)
    get_provider().refund(payment.intent, amount=2500, currency="EUR", key="at their desk")

    work()

    made.refresh_from_db()
    assert made.status == "refused"
    assert "greater than unrefunded amount" in made.error


def test_a_refund_at_the_providers_own_desk_is_taken_over(payment: Payment) -> None:
    get_provider().refund(payment.intent, amount=2900, currency="EUR", key="at their desk")

    deliver()

    payment.refresh_from_db()
    assert payment.status == "refunded"
    assert Refund.objects.get().requested_by is None
    assert Enrolment.objects.get().status == "cancelled"


def test_a_refund_that_fails_later_gives_everything_back_to_where_it_was(
    admin: User, learner: User, course: Course
) -> None:
    buy(learner, course, REFUND_FAILS)
    payment = Payment.objects.get()
    refund = _give_back(admin, payment, 2900)
    assert enqueued("sandbox.fail_later")

    disputes.fail(refund.ref)
    deliver(times=3)

    payment.refresh_from_db()
    assert (payment.status, payment.refunded) == ("succeeded", 0)
    assert Enrolment.objects.get().status == "active"
    assert _held() == {"EUR": 2900}
    assert "Your refund was returned" in [one.subject for one in mailbox]


def test_a_dispute_freezes_the_place_and_winning_it_gives_it_back(learner: User, course: Course) -> None:
    buy(learner, course, DISPUTED)
    payment = Payment.objects.get()
    assert payment.status == "disputed"
    assert Enrolment.objects.get().status == "cancelled"
    assert _held() == {"EUR": 0}

    disputes.decide(StripeObject.objects.get(kind="dispute").id, won=True)
    deliver(times=2)

    payment.refresh_from_db()
    assert payment.status == "succeeded"
    assert Enrolment.objects.get().status == "active"
    assert _held() == {"EUR": 2900}


def test_a_lost_dispute_stays_lost(learner: User, admin: User, course: Course) -> None:
    buy(learner, course, DISPUTED)
    disputes.decide(StripeObject.objects.get(kind="dispute").id, won=False)
    deliver()

    payment = Payment.objects.get()
    assert payment.status == "disputed"
    assert Enrolment.objects.get().status == "cancelled"
    assert LedgerEntry.objects.balance(Account.DISPUTES) == {"EUR": 2900}
    with pytest.raises(ConflictError):
        actions.refund_payment(actor=admin, payment=payment, amount=1)


def test_the_database_refuses_to_change_the_ledger(payment: Payment) -> None:
    for change in ("update payments_ledgerentry set amount = 1", "delete from payments_ledgerentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)

    assert _held() == {"EUR": 2900}


def test_the_database_refuses_entries_that_do_not_sum(payment: Payment) -> None:
    half = "insert into payments_ledgerentry values (%s, 'gift', 'cash', 5, 'EUR', now(), %s)"
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        with pytest.raises(DatabaseError, match="do not sum"), transaction.atomic():
            cursor.execute(half, [payment.order_id, payment.id])

    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(
            cause=f"charge/{payment.intent}", account="cash", amount=5, currency="EUR", payment=payment
        )


@pytest.mark.parametrize("seed", seeds(2, 6))
def test_whatever_happens_in_whatever_order_the_books_equal_the_providers(admin: User, seed: int) -> None:
    play(admin, random.Random(seed), steps=25)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 180))
def test_the_books_equal_the_providers_for_a_long_time(admin: User, seed: int) -> None:
    play(admin, random.Random(seed), steps=150)


def play(admin: User, dice: random.Random, steps: int) -> None:
    """Pay, give back, dispute and decide at random, with events late, doubled and shuffled; then compare."""
    courses = [make_paid_course(dice.randrange(1, 9999)) for _ in range(3)]
    people = [make_user() for _ in range(2)]
    for _step in range(steps):
        dice.choice(
            [
                lambda: _maybe_buy(dice, people, courses),
                lambda: _maybe_refund(dice, admin),
                lambda: _maybe_at_their_desk(dice),
                lambda: _maybe_dispute(dice),
                lambda: _maybe_decide(dice),
                lambda: deliver(times=dice.randrange(1, 4), order=dice),
            ]
        )()
    deliver(times=2, order=dice)

    provider = get_provider()
    cash = 0
    for payment in Payment.objects.exclude(receipt=None):
        held = sum(one.amount for one in payment.entries.filter(account="cash"))
        told = provider.intent(payment.intent)
        assert held == told.net
        assert payment.is_kept == (told.net > 0 and not told.disputed)
        cash += told.net
    assert LedgerEntry.objects.balance(Account.CASH).get("EUR", 0) == cash
    assert sum(sum(LedgerEntry.objects.balance(account).values()) for account in Account) == 0
    kept = {(one.order.user_id, one.order.course_id) for one in Payment.objects.all() if one.is_kept}
    assert kept == set(Enrolment.objects.current().values_list("user_id", "course_id"))
    assert actions.reconcile(since=provider.now().replace(year=2020)).findings == []


def _maybe_buy(dice: random.Random, people: list[User], courses: list[Course]) -> None:
    try:
        buy(dice.choice(people), dice.choice(courses))
    except ConflictError:
        return


def _maybe_refund(dice: random.Random, admin: User) -> None:
    payment = Payment.objects.filter(status="succeeded").order_by("?").first()
    if payment is not None:
        actions.refund_payment(actor=admin, payment=payment, amount=dice.randint(1, payment.left))
        work()


def _maybe_at_their_desk(dice: random.Random) -> None:
    intents = list(
        StripeObject.objects.filter(kind="payment_intent", data__status="succeeded").order_by("id")
    )
    if intents:
        one = dice.choice(intents)
        try:
            amount = dice.randint(1, one.data["amount"])
            get_provider().refund(one.id, amount=amount, currency="EUR", key=str(dice.random()))
        except PaymentError as error:
            assert error.permanent  # noqa: PT017 - saying no is fine
    refunds = list(StripeObject.objects.filter(kind="refund").order_by("id"))
    if refunds and dice.random() < 0.4:
        disputes.fail(dice.choice(refunds).id)


def _maybe_dispute(dice: random.Random) -> None:
    intents = list(
        StripeObject.objects.filter(kind="payment_intent", data__status="succeeded").order_by("id")
    )
    if intents:
        try:
            disputes.dispute(dice.choice(intents).id)
        except PaymentError as error:
            assert error.permanent  # noqa: PT017 - saying no is fine


def _maybe_decide(dice: random.Random) -> None:
    opened = list(StripeObject.objects.filter(kind="dispute").order_by("id"))
    if opened:
        disputes.decide(dice.choice(opened).id, won=dice.random() < 0.5)
