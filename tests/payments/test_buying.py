"""Buying a course: from the button to the receipt, what can be bought, and by whom."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, ForbiddenError, NotFoundError
from momentum.events.models import Event
from momentum.learning.models import Enrolment
from momentum.learning.permissions import can_open
from momentum.payments import actions
from momentum.payments.models import LedgerEntry, Order, Payment, WebhookEvent
from momentum.providers.payments.sandbox import checkouts
from momentum.providers.payments.sandbox.models import StripeObject
from tests.factories import make_course, make_user
from tests.mailing import mailbox
from tests.pages import button, link, words
from tests.payments.till import GOOD, buy, deliver, order_page, pay

pytestmark = pytest.mark.django_db


def test_from_the_button_to_the_lesson_with_the_mouse(
    as_learner: Client, learner: User, course: Course
) -> None:
    page = as_learner.get(reverse("learning:course", args=[course.slug]))
    ordering = as_learner.get(link(page, "Buy for €29.00"))
    form = button(ordering, "Pay €29.00")
    to_pay = as_learner.post(str(form["action"]))
    session = to_pay["Location"].removeprefix("http://localhost:8000")
    paying = as_learner.get(session)
    assert "€29.00" in words(paying)
    paid = as_learner.post(session, {"number": GOOD})

    success = as_learner.get(paid["Location"].removeprefix("http://localhost:8000"))

    assert words(success).startswith("Payment successful")
    enrolment = Enrolment.objects.get(user=learner, course=course)
    assert (enrolment.status, enrolment.origin) == ("active", "purchase")
    assert as_learner.get(reverse("learning:lesson", args=[course.slug, 1])).status_code == 200
    # The webhook hadn't come: the page asked. When it comes, nothing happens twice.
    assert not WebhookEvent.objects.exists()
    deliver(times=3)
    assert Payment.objects.count() == 1
    assert [one.subject for one in mailbox] == ["Your receipt for Tides"]
    assert mailbox[0].to == ["lea@example.com"]
    assert "€29.00" in mailbox[0].body


def test_the_webhook_alone_is_enough(learner: User, course: Course) -> None:
    order = buy(learner, course)

    assert (order.status, order.amount, order.currency) == ("paid", 2900, "EUR")
    payment = Payment.objects.get()
    assert (payment.status, payment.amount, payment.receipt) == (
        "succeeded",
        2900,
        f"{order.paid_at:%Y}-000001",
    )
    assert Enrolment.objects.get().origin == "purchase"
    assert {one.account: one.amount for one in LedgerEntry.objects.all()} == {"cash": 2900, "sales": -2900}
    assert {one.outcome for one in WebhookEvent.objects.all()} == {"done", "ignored"}
    assert Event.objects.filter(name="order.paid").count() == 1


def test_a_visitor_signs_in_first_and_comes_back(client: Client, course: Course) -> None:
    page = client.get(reverse("learning:course", args=[course.slug]))

    answer = client.get(link(page, "Buy for €29.00"))

    assert answer["Location"] == f"/account/login/?next=/courses/{course.slug}/order/"
    assert not Order.objects.exists()


def test_who_has_not_confirmed_their_address_cant_buy(course: Course) -> None:
    user = make_user(verified=False)

    with pytest.raises(ForbiddenError) as refused:
        actions.order_course(user=user, course=course)

    assert refused.value.code == "email_unverified"
    assert not Order.objects.exists()
    assert not StripeObject.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{}, {"access": "premium"}, {"published": False, "access": "paid", "price_minor": 5, "currency": "EUR"}],
)
def test_what_is_not_for_sale_cant_be_bought(learner: User, fields: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError):
        actions.order_course(user=learner, course=make_course(**fields))

    assert not Order.objects.exists()


def test_what_one_has_cant_be_bought_again(learner: User, course: Course) -> None:
    buy(learner, course)

    with pytest.raises(ConflictError) as refused:
        actions.order_course(user=learner, course=course)

    assert refused.value.code == "owned"
    assert Order.objects.count() == 1


def test_enrolling_in_a_paid_course_without_paying_is_refused(as_learner: Client, course: Course) -> None:
    answer = as_learner.post(reverse("learning:enrolment", args=[course.slug]), {"state": "enrolled"})

    assert answer.status_code == 403
    assert not Enrolment.objects.exists()


def test_who_left_a_course_they_bought_comes_back_without_paying(
    as_learner: Client, learner: User, course: Course
) -> None:
    buy(learner, course)
    as_learner.post(reverse("learning:enrolment", args=[course.slug]), {"state": "left"})
    page = as_learner.get(reverse("learning:course", args=[course.slug]))
    assert button(page, "Rejoin course")

    as_learner.post(reverse("learning:enrolment", args=[course.slug]), {"state": "enrolled"})

    enrolment = Enrolment.objects.get()
    assert (enrolment.status, enrolment.origin) == ("active", "purchase")
    assert Course.objects.get(pk=course.pk).enrolment_count == 1


def test_clicking_twice_leads_to_the_same_page(learner: User, course: Course) -> None:
    first, second = (actions.order_course(user=learner, course=course) for _ in range(2))

    assert first == second
    assert first.session_url == second.session_url
    assert StripeObject.objects.filter(kind="checkout.session").count() == 1


def test_a_new_price_closes_the_page_with_the_old_one(learner: User, course: Course) -> None:
    old = actions.order_course(user=learner, course=course)
    Course.objects.filter(pk=course.pk).update(price_minor=3900)

    new = actions.order_course(user=learner, course=course)

    old.refresh_from_db()
    assert (old.status, new.status, new.amount) == ("expired", "open", 3900)
    assert checkouts.current(old.session_id).data["status"] == "expired"


def test_what_was_paid_on_the_old_page_stands(learner: User, course: Course) -> None:
    old = actions.order_course(user=learner, course=course)
    pay(old)
    Course.objects.filter(pk=course.pk).update(price_minor=3900)

    with pytest.raises(ConflictError):
        actions.order_course(user=learner, course=course)

    old.refresh_from_db()
    assert old.status == "paid"
    assert Enrolment.objects.count() == 1


def test_a_crash_before_the_page_was_noted_opens_no_second_one(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)
    Order.objects.filter(pk=order.pk).update(session_id="", session_url="")

    again = actions.order_course(user=learner, course=course)

    assert again.session_id == order.session_id
    assert StripeObject.objects.filter(kind="checkout.session").count() == 1


def test_the_event_finds_an_order_that_does_not_know_its_page(learner: User, course: Course) -> None:
    order = actions.order_course(user=learner, course=course)
    pay(order)
    Order.objects.filter(pk=order.pk).update(session_id="", session_url="")

    deliver()

    order.refresh_from_db()
    assert order.status == "paid"
    assert Enrolment.objects.count() == 1


def test_nobody_sees_the_order_or_receipt_of_somebody_else(
    as_learner: Client, as_other_learner: Client, as_admin: Client, learner: User, course: Course
) -> None:
    order = buy(learner, course)
    receipt = reverse("payments:receipt", args=[Payment.objects.get().id])
    assert "€29.00" in words(as_learner.get(receipt))

    for stranger in (as_other_learner, as_admin):
        assert stranger.get(order_page(order)).status_code == 404
        assert stranger.get(receipt).status_code == 404
        assert "Tides" not in words(stranger.get(reverse("payments:orders")))


def test_the_orders_page_lists_what_was_bought_with_its_receipts(
    as_learner: Client, learner: User, course: Course
) -> None:
    buy(learner, course)

    page = as_learner.get(reverse("payments:orders"))

    assert link(page, "Tides") == order_page(Order.objects.get())
    assert link(page, Payment.objects.get().receipt or "")
    assert "€29.00" in words(page)


def test_a_lesson_of_a_paid_course_opens_only_to_who_bought_it(
    learner: User, other_learner: User, course: Course
) -> None:
    buy(learner, course)
    lesson = course.lessons.select_related("course__category").get(day=1)

    assert can_open(learner, lesson)
    assert not can_open(other_learner, lesson)
