"""What seldom happens to orders and money: the provider says no, says nothing, or says it in the wrong moment."""

import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, InvalidError, NotFoundError, UnavailableError
from momentum.events.models import Event
from momentum.learning.models import Enrolment
from momentum.mail.models import Email
from momentum.payments import actions
from momentum.payments.actions import coupons, orders, settlement, withdrawals
from momentum.payments.actions.provider_sync import settle
from momentum.payments.models import (
    Membership,
    Order,
    Payment,
    Plan,
    Refund,
    Subscription,
    WebhookEvent,
)
from momentum.payments.models.coupon import Redemption
from momentum.providers.payments import PaymentError, get_provider
from momentum.providers.payments.sandbox import billing, checkouts, disputes
from momentum.providers.payments.sandbox.models import Delivery, StripeObject
from tests.mailing import mailbox
from tests.payments.till import (
    DEBIT,
    DISPUTED,
    REFUND_FAILS,
    buy,
    deliver,
    make_paid_course,
    pay,
    post_event,
    subscribe,
)

pytestmark = pytest.mark.django_db

ACTIONS = "momentum.payments.actions"


def _silent(*_args: object, **_options: object) -> Any:
    raise PaymentError("no answer in time")


def _refusing(*_args: object, **_options: object) -> Any:
    raise PaymentError("this account can't do that", permanent=True)


def _monthly() -> Plan:
    return Plan.objects.get(interval="month")


def _provider(**ways: Any) -> Any:
    return lambda: SimpleNamespace(name=get_provider().name, **ways)


def test_a_plan_that_is_no_longer_for_sale_cannot_be_ordered(learner: User) -> None:
    plan = _monthly()
    plan.active = False

    with pytest.raises(NotFoundError):
        actions.order_premium(user=learner, plan=plan)

    assert not Order.objects.exists()


def test_a_coupon_is_held_once_by_each_learner_whatever_comes_at_once(admin: User, learner: User) -> None:
    coupon = actions.save_coupon(actor=admin, code="TIDES", percent=20)
    first = actions.order_course(user=learner, course=make_paid_course(), code="TIDES")
    second = actions.order_course(user=learner, course=make_paid_course())

    with pytest.raises(InvalidError, match="already used"), transaction.atomic():
        coupons.redeem(second, coupon)

    coupon.refresh_from_db()
    assert coupon.uses == 1
    assert Redemption.objects.get().order == first


def test_what_was_given_back_and_used_again_elsewhere_is_not_held_twice(admin: User, learner: User) -> None:
    coupon = actions.save_coupon(actor=admin, code="TIDES", percent=20)
    first = actions.order_course(user=learner, course=make_paid_course(), code="TIDES")
    coupons.release(first)
    coupons.hold_again(first)
    coupon.refresh_from_db()
    assert coupon.uses == 1

    coupons.release(first)
    actions.order_course(user=learner, course=make_paid_course(), code="TIDES")
    coupons.hold_again(first)

    coupon.refresh_from_db()
    assert coupon.uses == 1
    assert Redemption.objects.get(order=first).released_at is not None


def test_a_coupon_of_an_amount_that_cannot_be_charged_is_refused(admin: User) -> None:
    with pytest.raises(InvalidError) as refused:
        actions.save_coupon(actor=admin, code="TIDES", amount=150, currency="JPQ")

    assert refused.value.data["fields"]


def test_an_order_whose_page_was_never_opened_gives_way_to_one_at_another_price(
    admin: User, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as silent:
        silent.setattr(checkouts, "open_session", _silent)
        first = actions.order_course(user=learner, course=course)
    actions.save_coupon(actor=admin, code="TIDES", percent=20)

    second = actions.order_course(user=learner, course=course, code="TIDES")

    first.refresh_from_db()
    assert (first.status, second.amount) == ("expired", 2320)
    assert Event.objects.filter(name="order.expired", subject_id=first.id).count() == 1


def test_switching_a_coupon_to_what_it_is_changes_nothing(admin: User) -> None:
    coupon = actions.save_coupon(actor=admin, code="TIDES", percent=20)
    before = Event.objects.count()

    coupons.switch_coupon(actor=admin, coupon=coupon, active=True)

    assert Event.objects.count() == before
    assert not coupons.switch_coupon(actor=admin, coupon=coupon, active=False).active
    assert Event.objects.latest("id").data == {"code": "TIDES", "active": False}


def test_an_order_whose_page_is_opened_while_it_is_given_up_is_the_one_to_pay(
    admin: User, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as silent:
        silent.setattr(checkouts, "open_session", _silent)
        first = actions.order_course(user=learner, course=course)
    coupon = actions.save_coupon(actor=admin, code="TIDES", percent=20)
    locking = orders.lock_order

    def overtaken(order_id: Any) -> Order:
        Order.objects.filter(pk=first.pk).update(session_id="cs_1", session_url="https://pay.example/1")
        return locking(order_id)

    monkeypatch.setattr(orders, "lock_order", overtaken)

    second = actions.order_course(user=learner, course=course, code="TIDES")

    assert (second, second.status, second.amount) == (first, "open", 2900)
    assert second.session_url == "https://pay.example/1"
    coupon.refresh_from_db()
    assert coupon.uses == 0


def test_who_clicks_twice_on_what_costs_nothing_is_told_that_they_own_it(
    admin: User, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = actions.order_course(user=learner, course=course)
    coupon = actions.save_coupon(actor=admin, code="GIFT", percent=100)
    asking = orders._alike

    def not_yet(_wanted: Order) -> None:
        monkeypatch.setattr(orders, "_alike", done_by_now)

    def done_by_now(wanted: Order) -> Order | None:
        Order.objects.filter(pk=first.pk).update(status="paid", paid_at=timezone.now())
        return asking(wanted)

    monkeypatch.setattr(orders, "_alike", not_yet)

    with pytest.raises(ConflictError) as refused:
        actions.order_course(user=learner, course=course, code="GIFT")

    assert refused.value.code == "owned"
    coupon.refresh_from_db()
    assert (Order.objects.get(), coupon.uses) == (first, 0)


def test_what_the_database_refuses_is_not_taken_for_a_second_click(learner: User) -> None:
    plan = _monthly()
    plan.currency = "eur"

    with pytest.raises(IntegrityError, match="order_amount_makes_sense"):
        actions.order_premium(user=learner, plan=plan)

    assert not Order.objects.exists()


def test_a_refusal_that_comes_after_the_page_was_opened_changes_nothing(
    learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as silent:
        silent.setattr(checkouts, "open_session", _silent)
        order = actions.order_course(user=learner, course=course)

    def overtaken(*_args: object, **_options: object) -> Any:
        Order.objects.filter(pk=order.pk).update(session_id="cs_1")
        _refusing()

    monkeypatch.setattr(f"{ACTIONS}.orders.get_provider", _provider(open_checkout=overtaken))

    found = actions.open_checkout(order.pk)

    assert (found.status, found.session_id, found.problem) == ("open", "cs_1", "")
    assert not Event.objects.filter(name="order.failed").exists()


def test_a_page_that_the_provider_does_not_close_leaves_the_order_as_it_is(
    admin: User, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = actions.order_course(user=learner, course=course)
    actions.save_coupon(actor=admin, code="TIDES", percent=20)
    monkeypatch.setattr(checkouts, "close", _silent)

    with pytest.raises(UnavailableError):
        actions.order_course(user=learner, course=course, code="TIDES")

    assert Order.objects.get() == first
    assert Order.objects.get().status == "open"


def test_no_more_is_given_back_than_is_not_on_its_way_already(admin: User, payment: Payment) -> None:
    actions.refund_payment(actor=admin, payment=payment, amount=2900, reason="A courtesy")

    with pytest.raises(InvalidError, match="already being refunded"):
        actions.refund_payment(actor=admin, payment=payment, amount=1, reason="A courtesy")

    assert Refund.objects.get().amount == 2900


def test_a_refund_that_nobody_answers_stays_asked_for(
    admin: User, payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = actions.refund_payment(actor=admin, payment=payment, amount=100, reason="A courtesy")
    monkeypatch.setattr(f"{ACTIONS}.refunds.get_provider", _provider(refund=_silent))

    with pytest.raises(PaymentError):
        actions.send_refund(str(refund.pk))

    refund.refresh_from_db()
    assert (refund.status, refund.error) == ("requested", "")


def test_a_refusal_that_comes_after_the_refund_changes_nothing(
    admin: User, payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = actions.refund_payment(actor=admin, payment=payment, amount=100, reason="A courtesy")

    def overtaken(*_args: object, **_options: object) -> Any:
        Refund.objects.filter(pk=refund.pk).update(status="succeeded")
        _refusing()

    monkeypatch.setattr(f"{ACTIONS}.refunds.get_provider", _provider(refund=overtaken))

    actions.send_refund(str(refund.pk))

    refund.refresh_from_db()
    assert (refund.status, refund.error) == ("succeeded", "")


def test_a_refund_whose_event_is_faster_than_the_answer_is_the_one_that_was_asked_for(
    admin: User, payment: Payment
) -> None:
    refund = actions.refund_payment(actor=admin, payment=payment, amount=100, reason="A courtesy")
    told = get_provider().refund(
        payment.intent, amount=100, currency="EUR", key=f"refund:{refund.id}", wanted=str(refund.id)
    )

    actions.settle_intent(payment.intent)
    actions.send_refund(str(refund.pk))

    found = Refund.objects.get()
    assert (found, found.ref, found.status) == (refund, told.id, "succeeded")


def test_a_refund_that_came_back_is_told_of_once(admin: User, learner: User, course: Course) -> None:
    buy(learner, course, REFUND_FAILS)
    payment = Payment.objects.get()
    refund = actions.refund_payment(actor=admin, payment=payment, amount=100, reason="A courtesy")
    actions.send_refund(str(refund.pk))
    told = StripeObject.objects.get(kind="refund")
    told.change(status="failed")

    for _again in range(2):
        actions.settle_intent(payment.intent)

    refund.refresh_from_db()
    assert refund.status == "failed"
    assert Event.objects.filter(name="refund.failed", subject_id=refund.id).count() == 1
    assert Email.objects.filter(kind="payments.refund_failed").count() == 1


def test_who_paid_twice_keeps_the_course_when_one_of_them_goes_back(
    admin: User, learner: User, course: Course
) -> None:
    buy(learner, course, DISPUTED)
    buy(learner, course)
    disputes.decide(StripeObject.objects.get(kind="dispute").id, won=True)
    deliver()
    first, second = Payment.objects.order_by("created_at")
    assert (first.status, second.status) == ("succeeded", "succeeded")

    refund = actions.refund_payment(actor=admin, payment=first, amount=2900, reason="Paid twice")
    actions.send_refund(str(refund.pk))
    deliver()

    first.refresh_from_db()
    assert first.status == "refunded"
    assert Enrolment.objects.get().status == "active"


def test_a_withdrawal_asks_for_nothing_more_where_all_is_on_its_way(
    admin: User, learner: User, payment: Payment
) -> None:
    refund = actions.refund_payment(actor=admin, payment=payment, amount=2900, reason="A courtesy")

    actions.withdraw(user=learner, order=payment.order)
    actions.undo_order(str(payment.order_id))

    found = Refund.objects.get()
    assert (found, found.amount, found.status, found.reason) == (refund, 2900, "succeeded", "A courtesy")


def test_an_account_that_is_deleted_while_it_withdraws_withdraws_from_nothing(
    learner: User, payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters, locking = len(mailbox), withdrawals.lock_order

    def overtaken(order_id: Any) -> Order:
        Order.objects.filter(pk=order_id).update(user=None)
        return locking(order_id)

    monkeypatch.setattr(withdrawals, "lock_order", overtaken)

    with pytest.raises(NotFoundError):
        actions.withdraw(user=learner, order=payment.order)

    payment.order.refresh_from_db()
    assert (payment.order.withdrawn_at, len(mailbox)) == (None, letters)


def test_a_subscription_that_is_neither_paid_nor_late_gives_nothing(learner: User) -> None:
    subscribe(learner)
    Subscription.objects.update(status="unpaid")

    assert not actions.review_premium(user=learner)

    learner.refresh_from_db()
    assert learner.role == "free"


def test_whoever_was_made_an_administrator_meanwhile_stays_one_when_premium_ends(learner: User) -> None:
    subscribe(learner)
    User.objects.filter(pk=learner.pk).update(role="admin")
    Subscription.objects.update(status="canceled", ended_at=timezone.now())

    actions.review_premium(user=learner)

    learner.refresh_from_db()
    assert learner.role == "admin"
    assert not Membership.objects.exists()


def test_where_the_provider_is_silent_its_pages_say_so(
    learner: User, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = subscribe(learner)
    monkeypatch.setattr(f"{ACTIONS}.premium.get_provider", _provider(portal=_silent))
    monkeypatch.setattr(f"{ACTIONS}.admin.settle_checkout", _silent)
    monkeypatch.setattr(f"{ACTIONS}.cancellations.tell_cancellation", _refusing)

    for ask in (
        lambda: actions.open_portal(user=learner),
        lambda: actions.check_order(actor=admin, order=order),
        lambda: actions.set_cancellation(user=learner, cancel=True),
    ):
        with pytest.raises(UnavailableError) as refused:
            ask()
        assert refused.value.code == "provider_unavailable"


def test_an_order_that_others_settle_all_the_time_is_tried_again_later(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)

    def ask(_provider: object) -> Any:
        Order.objects.filter(pk=order.pk).update(revision=F("revision") + 1)

    with pytest.raises(PaymentError) as refused:
        settle(order.pk, ask, lambda _order, _answer: pytest.fail("what was overtaken is applied"))

    assert (refused.value.code, refused.value.permanent) == ("busy", False)


def test_what_cannot_be_healed_is_reported_and_what_cannot_be_asked_ends_it(
    learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = get_provider().now() - timedelta(days=4)
    order = actions.order_course(user=learner, course=course)
    Order.objects.filter(pk=order.pk).update(status="paid", paid_at=timezone.now())
    monkeypatch.setattr(f"{ACTIONS}.reconciliation.settle_checkout", _refusing)

    [finding] = actions.reconcile(since=since).findings

    assert finding["difference"] == "paid here, open and unpaid there"
    assert (finding["healed"], finding["left"]) == (False, "this account can't do that")
    monkeypatch.setattr(f"{ACTIONS}.reconciliation.settle_checkout", _silent)
    with pytest.raises(PaymentError):
        actions.reconcile(since=since)


def test_a_subscription_of_another_shop_on_the_same_account_is_none_of_ours(learner: User) -> None:
    order = actions.order_premium(user=learner, plan=_monthly())
    pay(order)
    Delivery.objects.all().delete()
    told = StripeObject.objects.get(kind="subscription")
    told.data["metadata"]["order_id"] = str(uuid.uuid4())
    told.save()

    assert actions.settle_subscription(told.id) is None
    assert actions.settle_intent("pi_of_nobody") is None
    assert not Subscription.objects.exists()


def test_a_session_whose_order_is_gone_is_none_of_ours(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)
    session = order.session_id
    order.delete()

    assert actions.settle_checkout(session) is None


def test_a_subscription_on_other_terms_than_its_order_gives_nothing(learner: User) -> None:
    order = actions.order_premium(user=learner, plan=_monthly())
    pay(order)
    told = StripeObject.objects.get(kind="subscription")
    Order.objects.filter(pk=order.pk).update(currency="USD")

    assert actions.settle_subscription(told.id) is None

    order.refresh_from_db()
    learner.refresh_from_db()
    assert order.problem == f"subscription {told.id} has other terms"
    assert learner.role == "free"
    assert not Subscription.objects.exists()


def test_a_disagreement_is_told_of_once(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)
    pay(order)
    Order.objects.filter(pk=order.pk).update(amount=100, list_amount=100)

    for _again in range(2):
        actions.settle_checkout(order.session_id)

    order.refresh_from_db()
    assert order.status == "problem"
    assert Event.objects.filter(name="order.disagreed", subject_id=order.id).count() == 1


def test_an_order_that_has_another_page_by_now_is_left_alone(
    learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = actions.order_course(user=learner, course=course)
    pay(order)
    asking = settlement.about_checkout

    def overtaken(provider: Any, checkout_id: str) -> Any:
        Order.objects.filter(pk=order.pk).update(session_id="cs_another")
        return asking(provider, checkout_id)

    monkeypatch.setattr(settlement, "about_checkout", overtaken)

    actions.settle_checkout(order.session_id)

    order.refresh_from_db()
    assert (order.status, order.session_id) == ("open", "cs_another")


def test_a_debit_that_was_given_up_is_not_waited_for_again(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)
    pay(order, DEBIT)
    Order.objects.filter(pk=order.pk).update(status="failed")

    actions.settle_checkout(order.session_id)

    order.refresh_from_db()
    assert order.status == "failed"


def test_an_event_that_is_refused_for_good_says_why_and_one_that_is_not_waits(
    learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(actions.order_course(user=learner, course=course))
    for delivery in Delivery.objects.filter(type="checkout.session.completed"):
        post_event(delivery)
    event = WebhookEvent.objects.get()

    monkeypatch.setattr(f"{ACTIONS}.webhook_events._follow", _silent)
    with pytest.raises(PaymentError):
        actions.handle_event(str(event.pk))
    event.refresh_from_db()
    assert (event.outcome, event.error) == ("waiting", "no answer in time")

    monkeypatch.setattr(f"{ACTIONS}.webhook_events._follow", _refusing)
    assert actions.handle_event(str(event.pk)) == "failed"
    event.refresh_from_db()
    assert (event.outcome, event.error) == ("failed", "this account can't do that")


def test_nobody_withdraws_from_what_somebody_else_bought(payment: Payment, other_learner: User) -> None:
    with pytest.raises(NotFoundError):
        actions.withdraw(user=other_learner, order=payment.order)

    payment.order.refresh_from_db()
    assert payment.order.withdrawn_at is None


def test_a_renewal_that_has_ended_already_is_not_stopped_again(
    learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(learner)
    subscription = Subscription.objects.get()
    actions.set_cancellation(user=learner, cancel=True)
    billing.advance(subscription.period_end)
    monkeypatch.setattr(billing, "cancel", _refusing)

    actions.stop_renewal(subscription.ref)

    subscription.refresh_from_db()
    assert subscription.ended_at is not None
