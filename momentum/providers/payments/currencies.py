"""Which currencies can be charged, and in what the provider counts them. The sandbox does as Stripe does.

https://docs.stripe.com/currencies, read in November 2026. An account may be allowed fewer: the provider says so when
a payment page is opened.
"""

from django.utils.translation import gettext as _

from momentum.core import money
from momentum.core.errors import InvalidError

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP CRC
CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY KES
KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS TND TOP TRY TTD
TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW
"""
TAKEN = tuple(_CODES.split())
_TAKEN = frozenset(TAKEN)
# Without decimals by now, and still told in hundredths.
_IN_HUNDREDTHS = frozenset({"ISK", "UGX"})
# Eight digits, as the provider counts; more for the currencies whose units are small.
_MOST = 99_999_999
_MOST_OF = {"COP": money.MOST, "HUF": money.MOST, "IDR": money.MOST, "JPY": money.MOST, "LBP": money.MOST}


def told(amount: int, currency: str) -> int:
    """Return an amount in our minor units as the provider counts it."""
    return amount * 100 if currency.upper() in _IN_HUNDREDTHS else amount


def ours(amount: int, currency: str) -> int:
    """Return an amount as the provider counts it in our minor units."""
    return amount // 100 if currency.upper() in _IN_HUNDREDTHS else amount


def step(currency: str) -> int:
    """Return what an amount has to be a multiple of: of three decimals, the last has to be 0."""
    return 10 if money.decimals(currency) == 3 else 1


def most(currency: str) -> int:
    """Return the largest amount that can be charged at once, in our minor units."""
    return _MOST_OF.get(currency, ours(_MOST, currency))


def read(text: str, currency: str) -> int:
    """Return an amount as somebody typed it in minor units.

    Raises:
        InvalidError: with a sentence that says how to write it, or between what it has to be.
    """
    amount = money.parse(text, currency, step=step(currency))
    require_chargeable(amount, currency)
    return amount


def refusal_of(amount: int, currency: str) -> dict[str, list[str]]:
    """Return why it couldn't be charged, by field (`amount`, `currency`); nothing where it could."""
    try:
        require_chargeable(amount, currency)
    except InvalidError as error:
        refused: dict[str, list[str]] = error.data["fields"]
        return refused
    return {}


def require_chargeable(amount: int, currency: str) -> None:
    """Refuse what couldn't be charged.

    Raises:
        InvalidError: `currency_unknown`, or `amount_senseless`.
    """
    if currency not in _TAKEN:
        sentence = _("“%(currency)s” is no currency that can be charged here.") % {"currency": currency[:12]}
        raise InvalidError(sentence, code="currency_unknown", data={"fields": {"currency": [sentence]}})
    if not 0 < amount <= most(currency) or amount % step(currency):
        least = money.written(step(currency), currency)
        limits = {"least": least, "most": money.written(most(currency), currency)}
        sentence = _("The amount has to be between %(least)s and %(most)s, in steps of %(least)s.") % limits
        raise InvalidError(sentence, code="amount_senseless", data={"fields": {"amount": [sentence]}})
