"""Noticing, from what happened lately, that something changed."""

from collections.abc import Collection, Hashable
from datetime import timedelta

from django.db import Error, close_old_connections, connection
from django.utils import timezone

# Longer than any page is kept, and than transactions last.
_LATELY = timedelta(minutes=10)
# A later commit may bring an earlier moment, so the latest alone tells nothing; with the first and the number of all,
# one more event always shows.
_SEEN = "select count(*), min(at), max(at) from events_event where name = any(%s) and at > %s"


def version_of(names: Collection[str]) -> Hashable | None:
    """Return something that changes whenever an event of these names is committed; None without a database."""
    close_old_connections()
    try:
        with connection.cursor() as cursor:
            cursor.execute(_SEEN, [list(names), timezone.now() - _LATELY])
            found: tuple[object, ...] = cursor.fetchone()
            return found
    except Error:
        close_old_connections()
        return None
