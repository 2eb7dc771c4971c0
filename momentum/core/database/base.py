"""Where Django looks for the engine that settings name."""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from momentum.core.database.connections import greet
from momentum.core.database.process_kinds import current


class DatabaseWrapper(base.DatabaseWrapper):
    """Makes connections as everybody here does, and tells without asking the server that one is still good.

    A server that went away or threw us out has closed its end or said why, so that there is something to read. Where
    nothing is, Django's `SELECT 1` would only find the same out, and take as long as many a page's queries do. A
    server that vanished without a word is noticed by neither: that is what the keep-alives of TCP are for.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 - as Django has it
        connection = super().get_new_connection(conn_params)
        try:
            greet(connection, current())
        except BaseException:
            connection.close()
            raise
        return connection

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
