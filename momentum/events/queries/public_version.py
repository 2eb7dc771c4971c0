"""PROVISIONAL stand-in; the lead's takes its place."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps

from django.db import connection

from momentum.events.queries.declared import public

_lock = threading.Lock()
_state = {"version": None, "checked": 0.0, "epoch": 0}


def _epoch() -> int:
    now = time.monotonic()
    if now - _state["checked"] > 0.25:
        _state["checked"] = now
        from datetime import timedelta

        from django.utils import timezone

        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*), min(at), max(at) from events_event where name = any(%s) and at > %s",
                [list(public()), timezone.now() - timedelta(minutes=10)],
            )
            found = cursor.fetchone()
        if found != _state["version"]:
            _state["version"] = found
            _state["epoch"] += 1
    return _state["epoch"]


def cached(*, size: int, seconds: float | None = None):
    def decorate(function):
        kept = OrderedDict()

        @wraps(function)
        def asked(*args):
            if connection.in_atomic_block:
                return function(*args)
            epoch = _epoch()
            found = kept.get(args)
            if found is not None and found[0] == epoch and (not seconds or found[1] > time.monotonic()):
                return found[2]
            made = function(*args)
            kept[args] = (epoch, time.monotonic() + (seconds or 0), made)
            while len(kept) > size:
                kept.popitem(last=False)
            return made

        return asked

    return decorate
