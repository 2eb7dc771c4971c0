"""What the page of an order says, and the one thing that it offers to do next."""

from typing import Any

import pytest
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.payments.models import Order, Payment, Subscription
from momentum.payments.queries.order_page import OrderButton, order_page
from tests.payments.till import buy, subscribe

COURSE = Course(slug="tides", title="Tides", language="en")
AGAIN = OrderButton("Try again", "/courses/tides/order/")


@pytest.mark.parametrize(
    ("fields", "title", "button"),
    [
        ({"status": "open", "session_url": "https://pay.example/1"}, "This order isn’t paid yet.",
         OrderButton("Pay now", "https://pay.example/1")),
        ({"status": "open"}, "This order isn’t paid yet.", AGAIN),
        ({"status": "pending"}, "Waiting for your bank", OrderButton("Go to course", "/courses/tides/", "large")),
        ({"status": "failed"}, "Payment failed", AGAIN),
        ({"status": "expired"}, "This order wasn’t paid.", AGAIN),
        ({"status": "problem"}, "Your payment is under review.", None),
        ({"status": "failed", "kind": "premium", "course": None}, "Payment failed",
         OrderButton("Try again", "/premium/")),
        ({"status": "paid", "withdrawn_at": timezone.now()}, "You have withdrawn from this purchase.",
         OrderButton("Go to course", "/courses/tides/", "large")),
    ],
)  # fmt: skip
def test_each_standing_has_its_words_and_its_button(fields: dict[str, Any], title: str, button: Any) -> None:
    order = Order(**{"kind": "course", "course": COURSE, "title": "Tides"} | fields)

    shown = order_page(order, asked=True)

    assert (shown.title, shown.button) == (title, button)


def test_a_title_in_a_sentence_is_text_and_no_markup(db: None) -> None:
    course = Course(slug="tides", title="<b>Tides</b>", language="en")
    order = Order(kind="course", course=course, title="<b>Tides</b>", status="paid", amount=2900)

    shown = order_page(order, asked=True)

    assert shown.title == "Payment successful"
    assert str(shown.text) == (
        'You now have access to “<bdi lang="en" dir="ltr">&lt;b&gt;Tides&lt;/b&gt;</bdi>”. '
        "We’ve emailed you the receipt."
    )


def test_where_the_provider_is_away_nothing_is_promised() -> None:
    order = Order(kind="course", course=COURSE, title="Tides", status="open")

    assert order_page(order, asked=False).text == (
        "We can’t reach our payment provider right now. If you’ve paid, it will show here in a few minutes."
    )


def test_what_was_refunded_and_what_has_ended_says_what_that_means(learner: User, course: Course) -> None:
    bought, premium = buy(learner, course), subscribe(learner)
    Payment.objects.update(status="refunded")

    back, premium_back = (order_page(Order.objects.get(pk=one.pk), asked=True) for one in (bought, premium))
    Subscription.objects.update(ended_at=timezone.now())
    ended = order_page(Order.objects.get(pk=premium.pk), asked=True)

    assert (back.title, str(back.text)) == (
        "This purchase was refunded.",
        'You no longer have access to “<bdi lang="en" dir="ltr">Tides</bdi>”. Your progress is saved.',
    )
    assert back.button == OrderButton("Go to course", f"/courses/{course.slug}/", "large")
    assert (premium_back.text, premium_back.button) == ("This payment for premium was refunded.", None)
    assert (ended.title, ended.button) == (
        "This premium subscription has ended.",
        OrderButton("Renew premium", "/premium/", "large"),
    )
