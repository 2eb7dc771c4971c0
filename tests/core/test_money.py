"""Amounts in each currency's own minor unit: as they are read, written, and counted by the provider."""

import pytest
from django.utils import translation

from momentum.core import money
from momentum.core.errors import InvalidError
from momentum.providers.payments import currencies


@pytest.mark.parametrize(
    ("minor", "currency", "english", "german", "plain"),
    [
        (123_450, "EUR", "€1,234.50", "1.234,50 €", "1234.50"),
        (1980, "JPY", "¥1,980", "1.980 ¥", "1980"),
        (4500, "KWD", "KWD 4.500", "4,500 KWD", "4.500"),
        (29_000, "KRW", "₩29,000", "29.000 ₩", "29000"),
        (990, "ISK", "ISK 990", "990 ISK", "990"),
        # Two decimals by ISO 4217, which are charged, though nobody writes them in Belgrade.
        (105, "RSD", "RSD 1.05", "1,05 RSD", "1.05"),
        (-500, "USD", "-$5.00", "-5,00 $", "-5.00"),
    ],
)
def test_each_currency_is_written_with_its_own_decimals(
    minor: int, currency: str, english: str, german: str, plain: str
) -> None:
    assert money.written(minor, currency, "en").replace("\u00a0", " ") == english
    assert money.written(minor, currency, "de").replace("\u00a0", " ") == german
    assert money.plain(minor, currency) == plain


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("10.50", "EUR", 1050),
        (" 1,234.5 ", "EUR", 123_450),
        ("1980", "JPY", 1980),
        ("1980.00", "JPY", 1980),
        ("1 980", "VND", 1980),
        ("4.5", "KWD", 4500),
        ("4.500", "TND", 4500),
        ("7", "ISK", 7),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, currency: str, minor: int) -> None:
    assert currencies.read(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "says"),
    [
        ("10.50", "JPY", "Amounts in JPY are whole numbers, such as 1500."),
        ("0.5", "ISK", "Amounts in ISK are whole numbers, such as 1500."),
        ("10,50", "EUR", "Write an amount in EUR with at most 2 decimals, such as 1500.50."),
        ("1.005", "EUR", "Write an amount in EUR with at most 2 decimals, such as 1500.50."),
        ("4.505", "KWD", "Write an amount in KWD with at most 2 decimals, such as 1500.50."),
        ("-3", "EUR", "Write an amount in EUR with at most 2 decimals, such as 1500.50."),
        ("1e3", "EUR", "Write an amount in EUR with at most 2 decimals, such as 1500.50."),
        ("Infinity", "JPY", "Amounts in JPY are whole numbers, such as 1500."),
        ("0", "JPY", "The amount has to be between ¥1 and ¥2,000,000,000, in steps of ¥1."),
        ("1000000", "EUR", "The amount has to be between €0.01 and €999,999.99, in steps of €0.01."),
        ("9" * 40, "EUR", "That is more than can be charged."),
        ("5", "ZZZ", "“ZZZ” is no currency that can be charged here."),
    ],
)
def test_what_cant_be_charged_is_refused_with_how_to_write_it(typed: str, currency: str, says: str) -> None:
    with pytest.raises(InvalidError) as refused:
        currencies.read(typed, currency)

    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("currency", "ours", "theirs"),
    [("EUR", 1050, 1050), ("JPY", 1980, 1980), ("KWD", 4500, 4500), ("ISK", 990, 99_000), ("ugx", 7, 700)],
)
def test_what_the_provider_counts_in_hundredths_is_told_so(currency: str, ours: int, theirs: int) -> None:
    assert currencies.told(ours, currency) == theirs
    assert currencies.ours(theirs, currency) == ours


@pytest.mark.parametrize("language", ["en", "de", "ja", "fr", "ar"])
@pytest.mark.parametrize(
    ("minor", "currency"), [(1985, "JPY"), (4550, "KWD"), (199_050, "HUF"), (7, "CLP"), (5, "EUR")]
)
def test_what_a_field_shows_and_what_a_page_says_are_read_back_the_same(
    language: str, minor: int, currency: str
) -> None:
    with translation.override(language):
        shown, said = money.editable(minor, currency), money.written(minor, currency)

        assert money.parse(shown, currency) == minor
        if language != "ar":  # which sets directions beside the sign
            assert money.parse(said, currency) == minor


@pytest.mark.parametrize("typed", ["€12.50", "12.50 EUR", "EUR 12.50", "12.50€"])
def test_a_sign_beside_the_amount_is_forgiven_where_it_is_the_currencys_own(typed: str) -> None:
    assert money.parse(typed, "EUR") == 1250
    with pytest.raises(InvalidError):
        money.parse(typed, "JPY")


def test_every_currency_that_is_taken_has_a_name_and_can_be_written() -> None:
    assert [code for code in currencies.TAKEN if money.name_of(code) == code] == []
    assert all("1" in money.written(10**6, code) for code in currencies.TAKEN)
