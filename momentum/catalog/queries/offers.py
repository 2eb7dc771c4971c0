"""What is asked for a course, as the catalogue filters by it: nothing, premium, or a price of a certain size."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext as _

from momentum.catalog.models import Access
from momentum.core import money

# What a course costs, in euros or what is worth about as much (see `money.worth`): up to and not including. A price
# stays in its own currency and is never converted, so the value of the filter names that too: "to-20-jpy".
PRICES: dict[str, tuple[int, int | None]] = {"to-20": (0, 20), "20-to-50": (20, 50), "from-50": (50, None)}
_BAND = re.compile(rf"({'|'.join(PRICES)})-([a-z]{{3}})")


def is_offer(value: str) -> bool:
    """Say whether the facet has such a value."""
    return value in {Access.FREE, Access.PREMIUM} or _BAND.fullmatch(value) is not None


def order_of(value: str) -> tuple[str, int]:
    """Return what to sort by: free and premium first, then a currency after the other, from the lowest price up."""
    if band := _band(value):
        return band[1], band[0][0]
    return "", value == Access.PREMIUM


def name_of(value: str) -> str:
    """Return the value in the reader's words, such as "Under €20"."""
    band = _band(value)
    if band is None:
        return str(Access(value).label)
    (low, high), currency = band
    least, most = (money.rounded((end or 0) * money.worth(currency), currency) for end in (low, high))
    if high is None:
        return _("%(price)s or more") % {"price": least}
    if not low:
        return _("Under %(price)s") % {"price": most}
    return _("%(low)s to %(high)s") % {"low": least, "high": most}


def any_of(values: Iterable[str]) -> Q:
    """Return what finds the courses for which any of these is asked."""
    found = Q(access__in=[value for value in values if _band(value) is None])
    for bounds, currency in filter(None, map(_band, values)):
        found |= _priced(*bounds) & Q(currency=currency)
    return found


def _band(value: str) -> tuple[tuple[int, int | None], str] | None:
    """Return the bounds and the currency that a value of the facet "access" stands for; None for no price."""
    found = _BAND.fullmatch(value)
    return (PRICES[found[1]], found[2].upper()) if found else None


def _priced(low: int, high: int | None) -> Q:
    """What costs so much, each currency in its own minor units."""
    found = Q()
    for units, currencies in _BY_UNITS:
        above = currencies & Q(price_minor__gte=low * units)
        found |= above if high is None else above & Q(price_minor__lt=high * units)
    return Q(access=Access.PAID) & found


def _by_units() -> list[tuple[int, Q]]:
    """Return the currencies by how many of their minor units are worth about a euro."""
    groups: dict[int, list[str]] = defaultdict(list)
    for currency in money.UNUSUAL:
        groups[money.worth(currency) * 10 ** money.decimals(currency)].append(currency)
    odd = [(units, Q(currency__in=sorted(some))) for units, some in sorted(groups.items())]
    return [(_USUAL_UNITS, ~Q(currency__in=sorted(money.UNUSUAL))), *odd]


_USUAL_UNITS = 100
_BY_UNITS = _by_units()
# What is asked for a course: one of the values of the facet "access".
OFFER = Case(
    *[
        When(_priced(*band), then=Concat(Value(f"{name}-"), Lower("currency")))
        for name, band in PRICES.items()
    ],
    default=F("access"),
    output_field=models.CharField(),
)
