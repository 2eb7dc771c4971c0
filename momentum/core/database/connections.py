"""The one place where connections to PostgreSQL are made: Django's, the durable queue's, and psycopg's own."""

from typing import TYPE_CHECKING, Any

import psycopg

from momentum.core.database.address import DIRECT_VARIABLE, VARIABLE, Address
from momentum.core.database.errors import PostgresError
from momentum.core.database.process_kinds import KEEP_ALIVE, PATIENCE, Kind, current

if TYPE_CHECKING:
    from sqlalchemy import Engine

OLDEST_POSTGRES = 16
# These hold locks, listen, or set what lasts for a session, and a pooler gives each transaction another session.
NEEDS_THE_SERVER_ITSELF = {Kind.WORKER, Kind.MIGRATION}

# What lasts must not be set through a pooler: it would stay behind on a connection that others get. A pooler shows in
# the process that answers, which isn't the one that greeted us. (A CASE is worked out in order, unlike an AND.)
_SET = """
select case when pg_backend_pid() = %s then
    set_config('statement_timeout', %s, false) || set_config('lock_timeout', %s, false)
    || set_config('idle_in_transaction_session_timeout', %s, false)
end
"""


def connect(address: Address, kind: Kind | None = None, **options: Any) -> psycopg.Connection:  # noqa: ANN401
    """Connect as this kind of process does (by default: as what this one is), with further options of psycopg's.

    Raises:
        PostgresError: where the server is too old, or is needed itself and a pooler answers.
        psycopg.OperationalError: where nobody answers.
    """
    kind = kind or current()
    chosen = {**libpq_options(kind), **address.parameters, **options}
    connection = psycopg.connect(prepare_threshold=address.prepare_after, **chosen)
    try:
        greet(connection, kind)
    except BaseException:
        connection.close()
        raise
    return connection


def engine(address: Address, kind: Kind, *, at_once: int) -> "Engine":
    """Return an engine of SQLAlchemy's with at most so many connections."""
    from sqlalchemy import create_engine

    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect(address, kind),
        pool_size=at_once,
        max_overflow=0,
        pool_timeout=30,
        pool_pre_ping=True,
    )


def libpq_options(kind: Kind) -> dict[str, str]:
    """Return how long to wait for the server, how to notice that it is gone, and what it may call us."""
    return {
        **KEEP_ALIVE,
        "connect_timeout": str(PATIENCE[kind].connect),
        "application_name": f"momentum {kind}",
    }


def greet(connection: psycopg.Connection[Any], kind: Kind) -> None:
    """See that the server of a new connection will do, and tell it how long this kind of process waits.

    Raises:
        PostgresError: as for `connect`.
    """
    if connection.info.server_version < OLDEST_POSTGRES * 10_000:
        found = connection.info.parameter_status("server_version")
        raise PostgresError(
            f"The server is PostgreSQL {found}; Momentum needs {OLDEST_POSTGRES} or newer. Upgrade it, or unset "
            f"{VARIABLE} to use the embedded one."
        )
    patience = PATIENCE[kind]
    waits = [f"{seconds}s" for seconds in (patience.statement, patience.lock, patience.idle)]
    before, connection.autocommit = connection.autocommit, True
    row = psycopg.Cursor(connection).execute(_SET, [connection.info.backend_pid, *waits]).fetchone()
    connection.autocommit = before
    if not (row and row[0]) and kind in NEEDS_THE_SERVER_ITSELF:
        raise PostgresError(
            f"A pooler such as PgBouncer answers at {VARIABLE}, and what this does needs PostgreSQL itself. Set "
            f"{DIRECT_VARIABLE} to the address of the server behind it, as postgresql://user:password@host:5432/name."
        )
