"""The connections of this process, as the kernel sees them: those that hold it up are closed.

Granian ends a connection whose request line and headers don't come, and one that is idle. It sends answers for as
long as that takes, and counts nothing. Linux says of each socket what is sent, taken and waiting; elsewhere nothing
is done here.
"""

import ipaddress
import logging
import os
import socket
import struct
import sys
import threading
from collections import defaultdict
from contextlib import suppress
from typing import NamedTuple

from momentum.core.gateway.limits import network_of

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
# A client that has something coming takes so many bytes a second, seen over so many looks.
TAKING_RATE = 1024
PATIENT_LOOKS = 4
# Of one process, for one address, where no proxy stands between.
MOST_OF_ADDRESS = 4000
FILES = "/proc/self/fd"

# struct tcp_info of <linux/tcp.h>: milliseconds since the last byte came, bytes taken by the client, bytes waiting.
_INFO = 192
_LAST_RECEIVED, _ACKED, _UNSENT = struct.Struct("@52xI"), struct.Struct("@120xQ"), struct.Struct("@144xI")
_LINGER_NOT = struct.pack("ii", 1, 0)


class Seen(NamedTuple):
    """A connection at one look."""

    peer: tuple[str, int]
    taken: int
    waiting: int
    silent: int


class Connections:
    """Looks after the connections to one port of this process.

    Args:
        port: which the process listens on.
        most_of_address: how many one address may have; 0 behind a proxy, whose address they all have.
    """

    def __init__(self, port: int, *, most_of_address: int = MOST_OF_ADDRESS) -> None:
        self._port, self._most = port, most_of_address
        self._before: dict[tuple[str, int], tuple[int, int]] = {}

    def watch(self) -> None:
        """Look every few seconds from now on, in the background."""
        if sys.platform == "linux":
            threading.Thread(target=self._watch, name="connections", daemon=True).start()

    def look(self) -> int:
        """Close what holds this process up; return how many that were."""
        closed, before = 0, self._before
        self._before = {}
        by_address: defaultdict[str, list[tuple[int, socket.socket]]] = defaultdict(list)
        opened: list[socket.socket] = []
        try:
            for connection in self._all():
                opened.append(connection)
                if (seen := _seen(connection)) is None:
                    continue
                taken, slow = before.get(seen.peer, (seen.taken, 0))
                enough = seen.taken - taken >= TAKING_RATE * LOOK_SECONDS
                slow = slow + 1 if seen.waiting and not enough else 0
                if slow >= PATIENT_LOOKS:
                    closed += _close(connection)
                    continue
                self._before[seen.peer] = (seen.taken, slow)
                by_address[network_of(seen.peer[0])].append((seen.silent, connection))
            if self._most:
                closed += sum(map(self._thin_out, by_address.values()))
        finally:
            for connection in opened:
                connection.close()
        return closed

    def _watch(self) -> None:
        while True:
            threading.Event().wait(LOOK_SECONDS)
            try:
                if closed := self.look():
                    logger.warning("Closed %s connections that were slow or too many", closed)
            except OSError:
                logger.exception("Looking at the connections failed")

    def _thin_out(self, connections: list[tuple[int, socket.socket]]) -> int:
        """Close those of one address that are too many, the longest silent first."""
        too_many = sorted(connections, key=lambda one: one[0], reverse=True)[: -self._most]
        return sum(_close(connection) for _silent, connection in too_many)

    def _all(self) -> "list[socket.socket]":
        """Return duplicates of all connections to our port: what is closed meanwhile can't become another file."""
        found = []
        for name in os.listdir(FILES):  # noqa: PTH208 - thousands of paths would be made for their names
            with suppress(OSError):
                if not os.readlink(f"{FILES}/{name}").startswith("socket:"):  # noqa: PTH115 - the same
                    continue
                one = socket.socket(fileno=os.dup(int(name)))
                if _is_client(one, self._port):
                    found.append(one)
                else:
                    one.close()
        return found


def _is_client(one: socket.socket, port: int) -> bool:
    try:
        return one.family in {socket.AF_INET, socket.AF_INET6} and (
            one.getsockname()[1] == port and bool(one.getpeername())
        )
    except OSError:  # it listens, or has just ended
        return False


def _seen(connection: socket.socket) -> Seen | None:
    try:
        host, port = connection.getpeername()[:2]
        info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO).ljust(_INFO, b"\0")
    except OSError:  # it has just ended
        return None
    (silent,), (taken,), (waiting,) = (part.unpack_from(info) for part in (_LAST_RECEIVED, _ACKED, _UNSENT))
    return Seen((str(ipaddress.ip_address(host.partition("%")[0])), port), taken, waiting, silent)


def _close(connection: socket.socket) -> bool:
    """End it with a reset, so that the kernel doesn't go on offering what is left."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        connection.shutdown(socket.SHUT_RDWR)
    return True
