"""Numbers as people write them: 1.5, 1,5, −5, 12 500, 1 1/2, 5 %, 3 km, 6.02×10^23, 1.5 million. Pure and exact."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils import formats

from momentum.catalog.domain.large_numbers import multiplied
from momentum.catalog.domain.normalization import plain, prepared, without_marks

_SIGN = r"(?P<sign>[+-])?\s*"
_COINS = "$¢£¥€฿\u20a0-\u20cf"
# Not all that ISO knows: “PHP 8.10” is a version, and “ALL 5” are all of them.
_CODES = (
    r"US\$|Rs|EUR|USD|GBP|CHF|JPY|CNY|KRW|INR|CAD|AUD|NZD|SEK|NOK|DKK|ISK|PLN|CZK|HUF|TRY|BRL|MXN|ZAR|ILS|RUB|UAH|KWD"
    r"|BHD|AED|SAR|THB|IDR|SGD|HKD|UGX"
)
_UNIT = rf"\s*(?P<unit>[^\W\d_]\S*(?: \S+){{0,3}}|[%‰°{_COINS}]\S*)?"
_COIN = rf"(?P<coin>[%{_COINS}]|(?:{_CODES})(?![^\W\d_]))?\s*"
_EXPONENT = r"(?:\s*(?:e|\s*[x×*·⋅]\s*10\s*(?:\^|\*\*))\s*(?P<power>[+-]?\d{1,3}))?"
_DECIMAL = re.compile(
    _COIN + _SIGN + rf"(?P<body>\d[\d.,' _]{{0,60}}?\.?|[.,]\d{{1,40}}){_EXPONENT}{_UNIT}", re.IGNORECASE
)
_POWER = re.compile(_SIGN + rf"10\s*(?:\^|\*\*)\s*(?P<power>[+-]?\d{{1,3}}){_UNIT}")
_FRACTION = re.compile(
    _SIGN + rf"(?:(?P<whole>\d{{1,30}})\s+)?(?P<top>\d{{1,30}})\s*/\s*(?P<bottom>\d{{1,30}}){_UNIT}"
)
_FIGURE = re.compile(r"\d[\d.,]*")
_STOP = re.compile(r"(?<=\d)\s*[.。]$")
_PERCENT = {"%", "percent", "per cent", "prozent", "pour cent", "por ciento", "per cento", "pct"}
_PERCENT |= {"por cento", "procent", "yüzde", "процент", "процентов", "パーセント", "퍼센트", "प्रतिशत"}
# One unit under several names.
_NAMES = {
    "eur": "€",
    "euro": "€",
    "euros": "€",
    "usd": "$",
    "us$": "$",
    "gbp": "£",
    "jpy": "¥",
    "yen": "¥",
    "円": "¥",
}
_NAMES |= {
    "krw": "₩",
    "원": "₩",
    "inr": "₹",
    "rs": "₹",
    "try": "₺",
    "tl": "₺",
    "ils": "₪",
    "rub": "₽",
    "o": "°",
}
_SCALES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}
# Units in words, of the languages that call them alike; the marks are taken away before.
_IN_WORDS = re.compile(
    r"(?P<much>kilo|chilo|quilo|centi|deci|milli|mili)?"
    r"(?P<what>met(?:er|re|ro|ri)|gramm?[eoai]?|lit(?:er|re|ro|ri))(?:s|n)?"
)
_MUCH = {"kilo": "k", "chilo": "k", "quilo": "k", "centi": "c", "deci": "d", "milli": "m", "mili": "m"}
_TIMES_OF_DAY = {
    "s": "sec secs second seconds sekunde sekunden segundo segundos seconde secondes secondi",
    "min": "mins minute minutes minuten minuto minutos minuti",
    "h": "hr hrs hour hours stunde stunden hora horas heure heures ora ore uur",
}
_NAMES |= {name: unit for unit, names in _TIMES_OF_DAY.items() for name in names.split()}
# mW and MW are a thousand million apart.
_PREFIXED = re.compile(r"[mM][a-zA-ZΩ]{1,2}")


@dataclass(frozen=True)
class Number:
    """A value with its unit; `written` is the figure that stood there (5 in “5 %”), `places` its decimal places."""

    value: Fraction
    unit: str = ""
    scale: Fraction = Fraction(1)
    places: int = 0

    @property
    def written(self) -> Fraction:
        return self.value / self.scale

    def off_by(self, tolerance: str) -> Fraction:
        """Return by how much the figure may be off: so much, or so many percent of it."""
        allowed = tolerance_of(tolerance)
        is_share = tolerance.strip().endswith("%")
        return abs(self.written) * allowed / 100 if is_share else allowed


def number_of(text: str, language: str) -> Number | None:
    """Return the number that an author wrote; None for words, and for digits that are a code, such as 007."""
    if re.match(r"[+-]?0\d", prepared(text)):
        return None
    found = dict(_read(text, language))
    return found.get(_notation(language)) or next(iter(found.values()), None)


def readings(text: str, language: str, key: Number | None = None) -> list[Number]:
    """Return what a learner may have meant.

    “1,500” is fifteen hundred, or one and a half where the language writes it so, or where the `key` has three
    decimal places too.
    """
    own = _notation(language)
    return [
        number
        for notation, number in _read(text, language)
        if notation == own or number.places != 3 or key is None or key.places == 3
    ]


def within(key: Number, found: Number, tolerance: str) -> bool:
    """Say whether the number found is the key, or no further from it than allowed."""
    if not tolerance:
        return key.value == found.value
    return abs(key.value - found.value) <= key.off_by(tolerance) * key.scale


def tolerance_of(text: str) -> Fraction:
    """Return how much is allowed, in percent where the text says so.

    Raises:
        ValueError: for what isn’t a number from 0.
    """
    found = next((number for _notation, number in _read(text.strip().removesuffix("%"))), None)
    if found is None or found.value < 0 or found.unit:
        message = f"{text!r} is no tolerance: write a number, or one with %"
        raise ValueError(message)
    return found.value


def _notation(language: str) -> str:
    """Return what stands before decimals in a language."""
    found = str(formats.get_format("DECIMAL_SEPARATOR", language.lower(), use_l10n=True))
    return found if found in {".", ","} else "."


def _read(text: str, language: str = "en") -> Iterator[tuple[str, Number]]:
    """Read the number in each notation in which it is one: (decimal separator, number)."""
    text = _STOP.sub("", prepared(text))
    if match := _FRACTION.fullmatch(text):
        bottom = int(match["bottom"])
        if bottom:
            value = int(match["whole"] or 0) + Fraction(int(match["top"]), bottom)
            yield from ((separator, _made(match, value, language)) for separator in ".,")
        return
    if match := _POWER.fullmatch(text):
        yield from ((separator, _made(match, _ten_to(match["power"]), language)) for separator in ".,")
        return
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return
    for separator, group in ((".", ","), (",", ".")):
        body = _decimal(match["body"].rstrip(), separator, group)
        if body is not None:
            value = body[0] * _ten_to(match["power"] or "0")
            yield separator, _made(match, value, language, separator, body[1], match["coin"] or "")


def _decimal(body: str, separator: str, group: str) -> tuple[Fraction, int] | None:
    """Return the value and its decimal places; None where the figures aren’t grouped as people group them."""
    whole, found, decimals = body.partition(separator)
    if decimals and not decimals.isdecimal():
        return None
    for between in filter(None, (group, " ", "'", "_")):
        groups = whole.split(between)
        if len(groups) > 1 and _are_grouped(groups):
            whole = "".join(groups)
            break
    if (whole and not whole.isdecimal()) or not (whole or (found and decimals)):
        return None
    return Fraction(int(whole + decimals or 0), 10 ** len(decimals)), len(decimals)


def _are_grouped(groups: list[str]) -> bool:
    """By thousands (1,234,567), or as in India (12,34,567)."""
    first, *middle, last = groups
    if not all(map(str.isdecimal, groups)) or len(last) != 3 or not 1 <= len(first) <= 3:
        return False
    return all(len(one) == 3 for one in middle) or (len(first) < 3 and all(len(one) == 2 for one in middle))


def _ten_to(power: str) -> Fraction:
    return Fraction(10) ** int(power)


def _made(
    match: "re.Match[str]",
    value: Fraction,
    language: str,
    separator: str = ".",
    places: int = 0,
    coin: str = "",
) -> Number:
    factor, rest = multiplied(match["unit"] or "", language)
    value *= factor
    # 1億5000万 is written as a sum.
    while factor > 1 and (more := _FIGURE.match(rest)) and (body := _decimal(more[0], separator, "")):
        factor, rest = multiplied(rest[more.end() :].strip(), language)
        value += body[0] * factor
    unit = _unit(rest or coin)
    scale = _SCALES.get(unit, Fraction(1))
    signed = -value if match["sign"] == "-" else value
    return Number(signed * scale, "" if unit in _SCALES else unit, scale, places)


def _unit(text: str) -> str:
    unit = unicodedata.normalize("NFKC", text.strip().rstrip(".,!?"))
    if _PREFIXED.fullmatch(unit):
        return unit[0] + unit[1:].casefold()
    # Square metres are typed as m2.
    folded = plain(unit).replace("^", "")
    if in_words := _IN_WORDS.fullmatch(without_marks(folded)):
        return _MUCH.get(in_words["much"] or "", "") + in_words["what"][0]
    return "%" if folded in _PERCENT else _NAMES.get(folded, folded)
