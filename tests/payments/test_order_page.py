"""What the page of an order says, and the one thing that it offers to do next."""

from typing import Any

import pytest
from django.utils import timezone

from momentum.catalog.models import Course
from momentum.payments.models import Order
from momentum.payments.queries.order_page import OrderButton, order_page

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
