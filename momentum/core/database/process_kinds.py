"""What kind of process this is, and so how long its connections may wait for what."""

import os
from dataclasses import dataclass
from enum import StrEnum

_VARIABLE = "MOMENTUM_PROCESS"  # handed on to the processes that this one starts


class Kind(StrEnum):
    """What a process does for a living."""

    WEB = "web"
    WORKER = "worker"
    COMMAND = "command"
    MIGRATION = "migration"  # what changes or copies whole tables: migrate, backup, restore


@dataclass(frozen=True)
class Patience:
    """How many seconds a connection waits; 0 is for ever.

    Args:
        connect: for the server to take the connection.
        statement: for one statement.
        lock: for what somebody else has locked.
        idle: for the next statement of a transaction that was begun.
    """

    connect: int
    statement: int
    lock: int
    idle: int


# A page that takes longer has been given up by whoever asked for it; a step is tried again, so it may wait; a table
# that a migration waits for is closed to everybody behind it, so it mustn't wait long.
PATIENCE = {
    Kind.WEB: Patience(connect=5, statement=30, lock=10, idle=60),
    Kind.WORKER: Patience(connect=10, statement=15 * 60, lock=5 * 60, idle=10 * 60),
    Kind.COMMAND: Patience(connect=10, statement=0, lock=60, idle=0),
    Kind.MIGRATION: Patience(connect=10, statement=0, lock=30, idle=0),
}
# A server that vanished without a word is missed after a minute at most, and while it owes an answer after half of it.
KEEP_ALIVE = {
    "keepalives": "1",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


def become(kind: Kind) -> None:
    """Say what this process, and what it starts, is; before Django reads its settings."""
    os.environ[_VARIABLE] = kind


def current() -> Kind:
    """Return what this process is."""
    return Kind(os.environ.get(_VARIABLE, Kind.COMMAND))
