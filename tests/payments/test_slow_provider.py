"""A provider that is slow or away: no page waits for it, nothing is locked meanwhile, and pages go on by themselves."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.cli.doctor import providers
from momentum.cli.refusal import RefusedError
from momentum.core.errors import UnavailableError
from momentum.payments import actions
from momentum.payments.models import Order, Plan, Subscription
from momentum.providers import payments
from momentum.providers.payments import breaker
from momentum.providers.payments.sandbox import billing, checkouts
from momentum.providers.payments.sandbox.models import StripeObject
from momentum.providers.payments.stripe import StripePayments
from tests.pages import words
from tests.payments.refusals import refusing, silent
from tests.payments.till import enqueued, subscribe
from tests.providers.dripping import dripping
from tests.providers.fake_stripe import KEY, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Any:
    with monkeypatch.context() as patched:
        patched.setattr(checkouts, "open_session", silent)
        yield patched


def test_a_payment_page_that_takes_long_comes_by_itself(
    as_learner: Client, course: Course, silence: pytest.MonkeyPatch
) -> None:
    answer = as_learner.post(f"/courses/{course.slug}/order/")

    order = Order.objects.get()
    here = f"/orders/{order.id}/checkout/"
    assert (answer.status_code, answer["Location"]) == (302, here)
    page = as_learner.get(here)
    assert words(page).startswith("One moment… We’re opening the payment page.")
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.text
    assert f'hx-get="{here}" hx-trigger="every 2s"' in page.text
    [workflow] = enqueued("payments.open_checkout")
    assert workflow.startswith(f"payments.open_checkout/{order.id}/")
    assert not StripeObject.objects.exists()

    silence.undo()
    actions.open_checkout(str(order.id))  # as the worker does

    order.refresh_from_db()
    assert as_learner.get(here)["Location"] == order.session_url
    by_script = as_learner.get(here, headers={"HX-Request": "true"})
    assert (by_script.status_code, by_script["HX-Redirect"]) == (204, order.session_url)


def test_a_stripe_whose_answers_never_end_keeps_no_page_waiting(
    as_learner: Client, course: Course, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAYMENTS = "stripe"
    with dripping() as (base, enough):
        stripe = breaker.guarded(StripePayments(KEY, SECRET, base=base))
        monkeypatch.setattr(payments, "_made", lambda _name: stripe)

        answer = as_learner.post(f"/courses/{course.slug}/order/")

        assert not enough.is_set()
    order = Order.objects.get()
    assert (order.status, order.provider, order.session_id) == ("open", "stripe", "")
    assert answer["Location"] == f"/orders/{order.id}/checkout/"


def test_clicking_again_meanwhile_makes_neither_a_second_order_nor_a_second_page(
    learner: User, course: Course, silence: pytest.MonkeyPatch
) -> None:
    first = actions.order_course(user=learner, course=course)
    again = actions.order_course(user=learner, course=course)
    silence.undo()

    third = actions.order_course(user=learner, course=course)
    actions.open_checkout(str(first.id))

    assert first == again == third
    assert StripeObject.objects.filter(kind=checkouts.SESSION).count() == 1


def test_an_order_whose_page_is_refused_for_good_has_failed_and_can_be_tried_again(
    as_learner: Client, learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(checkouts, "open_session", refusing)
        answer = as_learner.post(f"/courses/{course.slug}/order/", follow=True)

    assert words(answer).startswith("Payment failed You haven’t been charged.")
    order = Order.objects.get()
    assert (order.status, order.problem) == ("failed", "this account can't do that")
    assert actions.order_course(user=learner, course=course).session_url


def test_a_page_that_is_opened_after_its_order_was_given_up_is_closed(
    learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = actions.order_course(user=learner, course=course)
    Order.objects.filter(pk=order.pk).update(session_id="", session_url="")
    opening = checkouts.open_session

    def slowly(request: Any) -> StripeObject:
        Order.objects.filter(pk=order.pk).update(status="expired")
        return opening(request)

    monkeypatch.setattr(checkouts, "open_session", slowly)

    actions.open_checkout(str(order.pk))

    assert StripeObject.objects.get(kind=checkouts.SESSION).data["status"] == "expired"
    order.refresh_from_db()
    assert (order.status, order.session_id) == ("expired", "")


def test_a_cancellation_that_takes_long_is_passed_on_by_the_worker(
    as_learner: Client, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(learner)
    subscription = Subscription.objects.get()
    with monkeypatch.context() as patched:
        patched.setattr(billing, "cancel", silent)

        page = as_learner.post("/premium/cancellation/", follow=True)

    assert "We’re passing that on to our payment provider." in words(page)
    assert len(enqueued("payments.set_cancellation")) == 1
    subscription.refresh_from_db()
    assert not subscription.cancel_at_period_end
    actions.tell_cancellation(subscription.ref, cancel=True)
    subscription.refresh_from_db()
    assert subscription.cancel_at_period_end


def test_after_a_few_silences_nobody_asks_and_everybody_is_told_at_once(
    as_learner: Client, learner: User, course: Course, silence: pytest.MonkeyPatch
) -> None:
    for _time in range(breaker.FAILURES):
        actions.order_course(user=learner, course=course)
    assert breaker.state("sandbox") == "open"
    silence.undo()
    with pytest.raises(RefusedError, match="sandbox didn’t answer 5 times in a row"):
        providers.payments()

    with pytest.raises(UnavailableError) as refused:
        actions.order_premium(user=learner, plan=Plan.objects.get(interval="year"))

    assert str(refused.value) == (
        "Payments aren’t working at the moment. Nothing was charged. Try again in a few minutes."
    )
    answer = as_learner.post(f"/courses/{course.slug}/order/")
    assert answer.status_code == 503
    assert "Payments aren’t working at the moment." in answer.text
    assert not StripeObject.objects.exists()


def test_once_it_has_rested_one_question_decides(
    learner: User, course: Course, silence: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _time in range(breaker.FAILURES):
        actions.order_course(user=learner, course=course)
    monkeypatch.setattr(breaker, "REST", 0)
    assert breaker.state("sandbox") == "trying"
    actions.order_course(user=learner, course=course)
    assert cache.get(breaker._key("sandbox", "open")) is not None
    cache.delete(breaker._key("sandbox", "trial"))
    silence.undo()

    order = actions.order_course(user=learner, course=course)

    assert order.session_url
    assert breaker.state("sandbox") == "closed"


def test_an_answer_to_what_has_changed_meanwhile_is_thrown_away_and_asked_for_anew(
    admin: User, learner: User, payment: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from momentum.providers.payments import get_provider
    from momentum.providers.payments.sandbox.provider import SandboxPayments

    asking, asked = SandboxPayments.intent, []

    def slowly(self: SandboxPayments, intent: str) -> Any:
        old = asking(self, intent)
        asked.append(intent)
        if len(asked) == 1:
            # While the answer is on its way, somebody gives the money back, and that is heard of.
            get_provider().refund(intent, amount=2900, currency="EUR", key="meanwhile")
            actions.settle_intent(intent)
        return old

    monkeypatch.setattr(SandboxPayments, "intent", slowly)

    actions.settle_intent(payment.intent)

    payment.refresh_from_db()
    assert (payment.status, payment.refunded) == ("refunded", 2900)
    assert len(asked) == 3
