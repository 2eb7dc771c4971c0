"""Premium: having it, renewing it, losing it, and coming back."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from momentum.accounts.models import User
from momentum.core.errors import ConflictError
from momentum.learning.actions.enrolments import enrol
from momentum.learning.models import Enrolment
from momentum.payments import actions
from momentum.payments.models import LedgerEntry, Membership, Order, Payment, Plan, Subscription, WebhookEvent
from momentum.payments.site_settings import PaymentSettings
from momentum.privacy.actions.deletion import begin_deletion, remove_rows
from momentum.privacy.actions.requests import ask_deletion
from momentum.privacy.models import Deletion
from momentum.providers.payments import get_provider
from momentum.providers.payments.sandbox import billing
from momentum.providers.payments.sandbox.models import Delivery, StripeObject
from momentum.providers.payments.sandbox.objects import emit
from tests.factories import make_user
from tests.mailing import mailbox
from tests.pages import button, fields, words
from tests.payments.till import (
    GOOD,
    LATER_FAILS,
    deliver,
    enqueued,
    make_premium_course,
    pay,
    post_event,
    subscribe,
    work,
)

pytestmark = pytest.mark.django_db


def _advance(**ahead: int) -> None:
    billing.advance(get_provider().now() + timedelta(**ahead))
    deliver()


def _role(user: User) -> str:
    user.refresh_from_db()
    return user.role


def test_from_the_button_to_a_premium_lesson_with_the_mouse(as_learner: Client, learner: User) -> None:
    course = make_premium_course()
    page = as_learner.get(reverse("learning:course", args=[course.slug]))
    assert "Get premium" in words(page)
    plans = as_learner.get(reverse("payments:premium"))
    form = button(plans, "Get premium, yearly")
    to_pay = as_learner.post(str(form["action"]), fields(form, "Get premium, yearly"))
    session = to_pay["Location"].removeprefix("http://localhost:8000")
    assert "€96.00/year" in words(as_learner.get(session))

    paid = as_learner.post(session, {"number": GOOD})
    success = as_learner.get(paid["Location"].removeprefix("http://localhost:8000"))

    assert words(success).startswith("Payment successful You now have access to all premium courses.")
    assert _role(learner) == "premium"
    taken = as_learner.post(reverse("learning:enrolment", args=[course.slug]), {"state": "enrolled"})
    assert taken["Location"] == reverse("learning:lesson", args=[course.slug, 1])
    assert as_learner.get(taken["Location"]).status_code == 200
    deliver(times=2)
    subjects = [one.subject for one in mailbox]
    assert subjects == ["Your receipt for Momentum premium, yearly", f"You’re in: {course.title}"]
    assert LedgerEntry.objects.balance("cash") == {"EUR": 9600}


def test_premium_is_subscribed_to_once(learner: User) -> None:
    subscribe(learner)

    with pytest.raises(ConflictError) as refused:
        actions.order_premium(user=learner, plan=Plan.objects.get(interval="year"))

    assert refused.value.code == "subscribed"


def test_it_renews_by_the_month_with_a_receipt_each_time(learner: User) -> None:
    subscribe(learner)
    first = Subscription.objects.get()

    _advance(days=32)
    _advance(days=31)

    subscription = Subscription.objects.get()
    assert subscription.status == "active"
    assert subscription.period_end > first.period_end + timedelta(days=55)
    assert Payment.objects.count() == 3
    assert len({one.receipt for one in Payment.objects.all()}) == 3
    assert len(mailbox) == 3
    assert LedgerEntry.objects.balance("cash") == {"EUR": 3600}


def test_a_bill_that_fails_leaves_a_grace_then_nothing(learner: User, site_settings: Any) -> None:
    site_settings(PaymentSettings, premium_grace_days=4)
    course = make_premium_course()
    subscribe(learner, number=LATER_FAILS)
    enrol(user=learner, course=course)
    period_end = Subscription.objects.get().period_end

    billing.advance(period_end + timedelta(hours=1))
    deliver()
    subscription = Subscription.objects.get()
    assert subscription.status == "past_due"
    assert subscription.grace_until == period_end + timedelta(days=4)
    assert _role(learner) == "premium"
    assert "Your premium payment failed" in [one.subject for one in mailbox]

    billing.advance(period_end + timedelta(days=5))
    deliver()
    assert _role(learner) == "free"

    billing.advance(period_end + timedelta(days=8))
    deliver()
    assert Subscription.objects.get().ended_at is not None
    assert mailbox[-1].subject == "Your premium has ended"
    assert Enrolment.objects.get().status == "active"


def test_another_card_in_the_portal_pays_the_bill_that_failed(as_learner: Client, learner: User) -> None:
    subscribe(learner, number=LATER_FAILS)
    _advance(days=32)
    assert Subscription.objects.get().grace_until is not None
    portal = as_learner.post(reverse("payments:portal"))["Location"].removeprefix("http://localhost:8000")
    assert "The last payment failed." in words(as_learner.get(portal))

    as_learner.post(portal, {"number": GOOD})
    deliver()

    subscription = Subscription.objects.get()
    assert (subscription.status, subscription.grace_until) == ("active", None)
    assert Payment.objects.count() == 2
    assert _role(learner) == "premium"


def test_who_cancels_keeps_it_until_the_end_of_what_is_paid(as_learner: Client, learner: User) -> None:
    course = make_premium_course()
    subscribe(learner)
    enrol(user=learner, course=course)

    as_learner.post(reverse("payments:cancellation"), {"state": "cancelled"})
    deliver()
    assert "You have premium until" in words(as_learner.get(reverse("payments:orders")))
    assert "Your premium subscription was cancelled" in [one.subject for one in mailbox]
    _advance(days=20)
    assert _role(learner) == "premium"

    _advance(days=12)

    assert _role(learner) == "free"
    assert Payment.objects.count() == 1
    lesson = as_learner.get(reverse("learning:lesson", args=[course.slug, 1]))
    assert lesson.status_code == 403
    page = as_learner.get(reverse("learning:course", args=[course.slug]))
    assert "Renew premium" in words(page)
    assert as_learner.get(reverse("engagement:dashboard")).status_code == 200
    assert as_learner.get(reverse("home")).status_code == 200
    assert mailbox[-1].subject == "Your premium has ended"

    subscribe(learner)
    assert as_learner.get(reverse("learning:lesson", args=[course.slug, 1])).status_code == 200


def test_who_changes_their_mind_goes_on(as_learner: Client, learner: User) -> None:
    subscribe(learner)
    for state in ("cancelled", "running"):
        as_learner.post(reverse("payments:cancellation"), {"state": state})
        deliver()

    _advance(days=32)

    assert _role(learner) == "premium"
    assert Payment.objects.count() == 2


def test_nobody_cancels_somebody_elses(as_other_learner: Client, learner: User) -> None:
    subscribe(learner)

    assert as_other_learner.post(reverse("payments:cancellation")).status_code == 404
    assert as_other_learner.post(reverse("payments:portal")).status_code == 404

    assert not Subscription.objects.get().cancel_at_period_end


def test_premium_that_was_given_is_not_taken(learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(role="premium")
    subscribe(learner)
    assert not Membership.objects.exists()

    actions.set_cancellation(user=learner, cancel=True)
    _advance(days=32)

    assert _role(learner) == "premium"


def test_an_administrator_who_subscribes_stays_one(admin: User) -> None:
    subscribe(admin)
    actions.set_cancellation(user=admin, cancel=True)
    _advance(days=32)

    assert _role(admin) == "admin"


def test_a_refund_of_the_last_bill_ends_premium_and_a_partial_one_does_not(
    learner: User, admin: User
) -> None:
    subscribe(learner)
    payment = Payment.objects.get()
    for amount, role in ((200, "premium"), (1000, "free")):
        actions.refund_payment(actor=admin, payment=payment, amount=amount)
        work()
        deliver()
        assert _role(learner) == role


def test_withdrawing_within_14_days_gives_everything_back_and_is_confirmed(
    as_learner: Client, learner: User
) -> None:
    order = subscribe(learner)
    page = as_learner.get(reverse("payments:withdrawal", args=[order.id]))
    form = button(page, "Confirm withdrawal")
    assert as_learner.post(str(form["action"]), {}).status_code == 422
    order.refresh_from_db()
    assert order.withdrawn_at is None

    for _twice in range(2):
        as_learner.post(str(form["action"]), {"confirmed": "on"})
    work()
    deliver()

    assert Payment.objects.get().status == "refunded"
    assert Subscription.objects.get().status == "canceled"
    assert _role(learner) == "free"
    assert LedgerEntry.objects.balance("cash") == {"EUR": 0}
    confirmations = [one for one in mailbox if one.subject == "Your withdrawal is confirmed"]
    assert len(confirmations) == 1
    assert "UTC" in confirmations[0].body
    assert str(order.id) in confirmations[0].body


def test_after_14_days_it_is_too_late(as_learner: Client, learner: User) -> None:
    order = subscribe(learner, "year")
    Order.objects.filter(pk=order.pk).update(paid_at=get_provider().now() - timedelta(days=14, seconds=1))

    answer = as_learner.post(reverse("payments:withdrawal", args=[order.id]), {"confirmed": "on"})

    assert answer.status_code == 409
    order.refresh_from_db()
    assert order.withdrawn_at is None
    assert not StripeObject.objects.filter(kind="refund").exists()


def test_nobody_withdraws_for_somebody_else(as_other_learner: Client, learner: User) -> None:
    order = subscribe(learner)

    answer = as_other_learner.post(reverse("payments:withdrawal", args=[order.id]), {"confirmed": "on"})

    assert answer.status_code == 404
    order.refresh_from_db()
    assert order.withdrawn_at is None


def _ends(user: User) -> tuple[Any, ...]:
    subscription = Subscription.objects.get(user=user)
    return (
        _role(user),
        subscription.status,
        subscription.period_end,
        [one.amount for one in Payment.objects.filter(order__user=user)],
        Order.objects.get(user=user).status,
        Membership.objects.filter(user=user).exists(),
    )


FIVE = (
    "checkout.session.completed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "invoice.paid",
    "invoice.payment_failed",
)


@pytest.mark.thorough
def test_all_orders_of_the_five_events_end_alike() -> None:
    # A subscription that was paid, cancelled by the learner, and billed: what is true is the provider's last word.
    ends = set()
    for shuffled in permutations(range(5)):
        user = make_user()
        order = actions.order_premium(user=user, plan=Plan.objects.get(interval="month"))
        pay(order)
        billing.cancel(
            StripeObject.objects.get(data__metadata__order_id=str(order.id), kind="subscription").id,
            cancelled=True,
        )
        events = [_event(order, name) for name in FIVE]
        for place in shuffled:
            assert post_event(events[place]).status_code == 200
            work()
        Delivery.objects.update(delivered_at="2026-01-01T00:00Z")
        role, status, _end, paid, ordered, member = _ends(user)
        ends.add((role, status, tuple(paid), ordered, member))
    assert ends == {("premium", "active", (1200,), "paid", True)}
    assert not WebhookEvent.objects.filter(outcome="failed").exists()


def _event(order: Order, name: str) -> Delivery:
    """Return the event of this name that this order caused, or one like it."""
    found = Delivery.objects.filter(type=name, payload__contains=str(order.id)).first()
    if found is not None:
        return found
    subscription = _subscription_of(order)
    if name.startswith("invoice."):
        return emit(name, StripeObject.objects.get(kind="invoice", about=subscription.id))
    return emit(name, subscription)


def _subscription_of(order: Order) -> StripeObject:
    return StripeObject.objects.get(data__metadata__order_id=str(order.id), kind="subscription")


def test_who_deletes_their_account_is_never_billed_again(learner: User) -> None:
    subscription = Subscription.objects.get(order=subscribe(learner))
    wish = ask_deletion(user=learner, password="Correct-horse-7")
    Deletion.objects.filter(pk=wish.pk).update(due_at=timezone.now())

    assert begin_deletion(deletion_id=wish.pk)
    assert enqueued("payments.stop_renewal") == [f"payments.stop_renewal/{subscription.ref}"]
    remove_rows(user_id=learner.pk)
    for _again in range(2):
        actions.stop_renewal(subscription.ref)
    _advance(days=70)

    subscription.refresh_from_db()
    assert (subscription.user, subscription.ended_at is not None) == (None, True)
    assert Payment.objects.filter(subscription=subscription).count() == 1
    assert not User.objects.filter(pk=learner.pk).exists()
