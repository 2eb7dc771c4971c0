"""Orders and their payment pages, while the provider or somebody else does something else at the same moment."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, NotFoundError, UnavailableError
from momentum.events.models import Event
from momentum.payments import actions
from momentum.payments.actions import orders, settlement
from momentum.payments.actions.provider_sync import settle
from momentum.payments.models import (
    Order,
)
from momentum.providers.payments import PaymentError
from momentum.providers.payments.sandbox import checkouts
from tests.payments.refusals import monthly, provider, refusing, silent
from tests.payments.till import (
    DEBIT,
    pay,
    subscribe,
)

pytestmark = pytest.mark.django_db

ACTIONS = "momentum.payments.actions"


def test_a_plan_that_is_no_longer_for_sale_cannot_be_ordered(learner: User) -> None:
    plan = monthly()
    plan.active = False

    with pytest.raises(NotFoundError):
        actions.order_premium(user=learner, plan=plan)

    assert not Order.objects.exists()


def test_an_order_whose_page_was_never_opened_gives_way_to_one_at_another_price(
    admin: User, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(checkouts, "open_session", silent)
        first = actions.order_course(user=learner, course=course)
    actions.save_coupon(actor=admin, code="TIDES", percent=20)

    second = actions.order_course(user=learner, course=course, code="TIDES")

    first.refresh_from_db()
    assert (first.status, second.amount) == ("expired", 2320)
    assert Event.objects.filter(name="order.expired", subject_id=first.id).count() == 1


def test_an_order_whose_page_is_opened_while_it_is_given_up_is_the_one_to_pay(
    admin: User, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(checkouts, "open_session", silent)
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
    plan = monthly()
    plan.currency = "eur"

    with pytest.raises(IntegrityError, match="order_amount_makes_sense"):
        actions.order_premium(user=learner, plan=plan)

    assert not Order.objects.exists()


def test_a_refusal_that_comes_after_the_page_was_opened_changes_nothing(
    learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(checkouts, "open_session", silent)
        order = actions.order_course(user=learner, course=course)

    def overtaken(*_args: object, **_options: object) -> Any:
        Order.objects.filter(pk=order.pk).update(session_id="cs_1")
        refusing()

    monkeypatch.setattr(f"{ACTIONS}.orders.get_provider", provider(open_checkout=overtaken))

    found = actions.open_checkout(order.pk)

    assert (found.status, found.session_id, found.problem) == ("open", "cs_1", "")
    assert not Event.objects.filter(name="order.failed").exists()


def test_a_page_that_the_provider_does_not_close_leaves_the_order_as_it_is(
    admin: User, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = actions.order_course(user=learner, course=course)
    actions.save_coupon(actor=admin, code="TIDES", percent=20)
    monkeypatch.setattr(checkouts, "close", silent)

    with pytest.raises(UnavailableError):
        actions.order_course(user=learner, course=course, code="TIDES")

    assert Order.objects.get() == first
    assert Order.objects.get().status == "open"


def test_where_the_provider_is_silent_its_pages_say_so(
    learner: User, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = subscribe(learner)
    monkeypatch.setattr(f"{ACTIONS}.premium.get_provider", provider(portal=silent))
    monkeypatch.setattr(f"{ACTIONS}.admin.settle_checkout", silent)
    monkeypatch.setattr(f"{ACTIONS}.cancellations.tell_cancellation", refusing)

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

    def ask(provider: object) -> Any:
        Order.objects.filter(pk=order.pk).update(revision=F("revision") + 1)

    with pytest.raises(PaymentError) as refused:
        settle(order.pk, ask, lambda _order, _answer: pytest.fail("what was overtaken is applied"))

    assert (refused.value.code, refused.value.permanent) == ("busy", False)


def test_a_session_whose_order_is_gone_is_none_of_ours(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)
    session = order.session_id
    order.delete()

    assert actions.settle_checkout(session) is None


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
