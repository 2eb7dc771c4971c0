"""What the premium page says before somebody buys: the price, the saving, what is in it, and answers."""

import pytest
from django.test import Client

from momentum.payments.models import Plan
from tests.pages import main, titles, words

pytestmark = pytest.mark.django_db


def test_it_says_the_price_and_what_a_year_saves(client: Client) -> None:
    page = client.get("/premium/")

    assert titles(page, ".plans__price") == ["€12.00/month", "€96.00/year"]
    assert "Save 33% €48.00 less than twelve months, billed once a year." in words(page)


@pytest.mark.parametrize(("amount", "currency"), [(14_400, "EUR"), (20_000, "EUR"), (9600, "USD")])
def test_it_claims_no_saving_where_there_is_none_or_nobody_can_tell(
    client: Client, amount: int, currency: str
) -> None:
    Plan.objects.filter(interval="year").update(amount=amount, currency=currency)

    assert "Save" not in words(client.get("/premium/"))


def test_free_and_premium_are_compared_and_questions_answered(client: Client) -> None:
    page = client.get("/premium/")

    rows = {}
    for row in main(page).select("tbody tr"):
        rows[words(row.select("th")[0])] = [words(cell) for cell in row.select("td")]
    assert rows["All free courses"] == ["Yes", "Yes"]
    assert rows["Every premium course"] == ["– No", "Yes"]
    assert "Can I cancel anytime?" in titles(page, "summary")
    assert "you keep the price you started with" in words(page)
