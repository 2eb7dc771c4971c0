"""How fast mail leaves: what the provider's account may send in a second, over all workers together."""

import math
import random
import time
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from momentum.core.durable import Limits
from momentum.mail.site_settings import MailSettings
from momentum.providers import mail as provider
from momentum.site.queries.current import current

# Whoever is next within this time waits for it here, which is less work than to come again.
PATIENCE = timedelta(seconds=1)
# Those who have to come again don't all come at once.
_SPREAD = 5.0
_ASKED_EVERY, _ASKED_AGAIN = 600, 60
# As long as an account doesn't say how fast it may send: as fast as any may.
_SLOWEST = 1.0


def take() -> datetime | None:
    """Take a place in the line of all mail that leaves; wait up to a second for it.

    The line isn't part of the transaction: whoever holds one open keeps nobody waiting, and a place is not given back.

    Returns:
        None when it is this mail's turn, and otherwise the moment to ask again.
    """
    rate = per_second()
    if rate is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select mail_take_place(%s, %s)", [round(1_000_000 / rate), PATIENCE // _MICROSECOND])
        wait = int(cursor.fetchone()[0])
    if wait <= PATIENCE // _MICROSECOND:
        time.sleep(wait / 1_000_000)
        return None
    return timezone.now() + wait * _MICROSECOND + timedelta(seconds=random.uniform(0, _SPREAD))  # noqa: S311 - no secret


def per_second() -> float | None:
    """Return how many mails may leave in a second: the least of what is allowed; None where nothing limits it."""
    limits = [current(MailSettings).per_second, _quota()]
    return min((limit for limit in limits if limit), default=None)


def queue_limits(at_once: int) -> Limits:
    """Return how fast a queue of mails may start, so that few of them have to be told to come again."""
    rate = per_second()
    return Limits(at_once, None if rate is None else max(1, math.ceil(rate * 60)))


def _quota() -> float | None:
    """Return what the account may send in a second, as it said in the last ten minutes."""
    if not (name := provider.account_name()):
        return None
    key = f"mail.rate/{name}"
    known: float | None = cache.get(key)
    if known is not None:
        return known
    try:
        account, kept = provider.account(), _ASKED_EVERY
    except provider.AccountError:
        account, kept = None, _ASKED_AGAIN
    rate = account.per_second if account and account.per_second else _SLOWEST
    cache.set(key, rate, kept)
    return rate


_MICROSECOND = timedelta(microseconds=1)
