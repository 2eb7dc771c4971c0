"""Where Django looks for the engine that settings name."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Tells at the beginning of a request, without asking the server, that a connection is still good.

    A server that went away or threw us out has closed its end or said why, so that there is something to read. Where
    nothing is, Django's `SELECT 1` would only find the same out, and take as long as many a page's queries do. A
    server that vanished without a word is noticed by neither: that is what the keep-alives of TCP are for.
    """

    def is_usable(self) -> bool:
        kept = self.connection
        if kept is None:
            return False
        in_order = kept.info.transaction_status in {TransactionStatus.IDLE, TransactionStatus.INTRANS}
        return (in_order and not _has_something_to_read(kept.fileno())) or bool(super().is_usable())


def _has_something_to_read(socket: int) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
