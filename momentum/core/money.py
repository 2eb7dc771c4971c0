"""Amounts of money: whole numbers of a currency's own minor unit, and how people write and read them.

1500 is fifteen euros, fifteen hundred yen, and a dinar and a half of Kuwait. Only what is in here knows how many
decimals a currency has; what a payment provider makes of that is in `providers.payments.currencies`.
"""

import re
from copy import copy
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberFormatError, NumberPattern, parse_decimal
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from momentum.core.errors import InvalidError

# ISO 4217; all others have two. The ariary is divided by five on paper, and by nobody in practice.
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
NO_DECIMALS, THREE_DECIMALS = frozenset(_NONE.split()), frozenset(_THREE.split())
# Units that are worth about a euro, where a power of ten comes nearer to it than one does. Only what is worth saying
# in round numbers rests on it, so it needn't follow the market.
_WORTH = {
    currency: units
    for units, currencies in {
        10: "AFN BOB CNY CZK DKK EGP GTQ HKD HNL MAD MDL MOP MVR MXN MZN NIO NOK SEK SRD SZL THB TJS TRY TWD UAH "
        "UYU ZAR",
        100: "ALL AMD BDT DOP DZD ETB HUF INR ISK JMD JPY KES KGS LKR MKD NPR PHP PKR RSD RUB YER",
        1_000: "AOA ARS BIF CDF CLP COP CRC DJF KMF KRW KZT LBP MGA MNT MWK NGN RWF TZS UGX XAF XOF XPF",
        10_000: "GNF IDR KHR LAK PYG UZS VND",
    }.items()
    for currency in currencies.split()
}
# Those of which a euro isn't worth about a hundred minor units.
UNUSUAL = frozenset(_WORTH) | NO_DECIMALS | THREE_DECIMALS
# As people type them, whatever their language writes.
_SIGNS = {"JPY": "¥￥円", "CNY": "¥￥元", "EUR": "€", "USD": "$", "GBP": "£", "KRW": "₩", "INR": "₹"}
# What a column of the database holds.
MOST = 2_000_000_000
# Digits of any script, and what sets them apart in some language. Neither signs nor exponents.
_WRITTEN = re.compile(r"[\d.,'’٫٬\s]+")

# A code in place of a sign stands apart from the number, as CLDR has it: "KWD 4.500".
_LETTERS_BEFORE = re.compile(r"([A-Za-z])(?=\d)")


def decimals(currency: str) -> int:
    """Return how many decimals amounts in this currency have."""
    if currency in NO_DECIMALS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2


def major(minor: int, currency: str) -> Decimal:
    """Return an amount in whole units, with the currency's decimals: 1500 and EUR give 15.00."""
    return Decimal(minor).scaleb(-decimals(currency))


def plain(minor: int, currency: str) -> str:
    """Write an amount for machines and spreadsheets: "1500.00", without grouping and currency."""
    return f"{major(minor, currency):f}"


def editable(minor: int, currency: str) -> str:
    """Write an amount for a field that `parse` reads, as the reader's language writes decimals: "1500,00"."""
    return plain(minor, currency).replace(".", locale_of(get_language()).number_symbols["latn"]["decimal"])


def parse(text: str, currency: str, *, step: int = 1) -> int:
    """Read an amount as people write it in the reader's language, and return it in minor units.

    Args:
        text: such as "1,500.50"; spaces are forgiven, and the currency's own sign or code beside it.
        currency: an ISO 4217 code.
        step: the amount has to be a multiple of it.

    Raises:
        InvalidError: `amount_unreadable`, with a sentence that says how to write an amount in this currency.
    """
    bare = "".join(text.split())
    for sign in (
        currency,
        locale_of(get_language()).currency_symbols.get(currency, currency),
        *_SIGNS.get(currency, ""),
    ):
        bare = bare.removeprefix(sign).removesuffix(sign)
    try:
        if not _WRITTEN.fullmatch(bare):
            raise NumberFormatError(text)  # noqa: TRY301 - refused as what Babel can't read is
        exact = parse_decimal(bare, locale=locale_of(get_language()), strict=True)
    except NumberFormatError:
        raise _unreadable(currency, step) from None
    amount = exact.scaleb(decimals(currency))
    if amount != amount.to_integral_value() or int(amount) % step:
        raise _unreadable(currency, step)
    if amount > MOST:
        raise InvalidError(_("That is more than can be charged."), code="amount_unreadable")
    return int(amount)


def _unreadable(currency: str, step: int) -> InvalidError:
    places = decimals(currency) - (len(str(step)) - 1)
    example = (
        locale_of(get_language())
        .number_symbols["latn"]["decimal"]
        .join(("1500",) if places <= 0 else ("1500", "50"[:places].ljust(places, "0")))
    )
    if places <= 0:
        sentence = _("Amounts in %(currency)s are whole numbers, such as %(example)s.")
    else:
        sentence = ngettext(
            "Write an amount in %(currency)s with at most %(places)d decimal, such as %(example)s.",
            "Write an amount in %(currency)s with at most %(places)d decimals, such as %(example)s.",
            places,
        )
    said = sentence % {"currency": currency, "places": places, "example": example}
    return InvalidError(said, code="amount_unreadable")


def written(minor: int, currency: str, language: str | None = None) -> str:
    """Write an amount with its currency as `language` does, the reader's where omitted: "€1,500.00", "1.500,00 €"."""
    spoken = language or get_language()
    if not currency:
        return f"{minor}"
    said = _pattern(spoken, decimals(currency)).apply(
        major(minor, currency), locale_of(spoken), currency=currency, currency_digits=False
    )
    return _LETTERS_BEFORE.sub("\\1\u00a0", said)


def rounded(units: int, currency: str) -> str:
    """Write so many whole units of a currency as the reader's language does, without decimals: "€20", "20 €"."""
    spoken = get_language()
    said = _pattern(spoken, 0).apply(units, locale_of(spoken), currency=currency, currency_digits=False)
    return _LETTERS_BEFORE.sub("\\1\u00a0", said)


def worth(currency: str) -> int:
    """Return how many units of a currency buy about what a euro does, as a power of ten."""
    return _WORTH.get(currency, 1)


def name_of(currency: str) -> str:
    """Return a currency's name in the reader's language, such as "Japanese Yen"."""
    return str(locale_of(get_language()).currencies.get(currency, currency))


@lru_cache(maxsize=200)
def locale_of(language: str | None) -> Locale:
    """Return how a language writes numbers; English, where nobody knows."""
    try:
        return Locale.parse((language or "en").replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=200)
def _pattern(language: str | None, places: int) -> NumberPattern:
    # With the decimals that are charged: for some currencies CLDR leaves out decimals that ISO 4217 has.
    pattern: NumberPattern = copy(locale_of(language).currency_formats["standard"])
    pattern.frac_prec = (places, places)
    return pattern
