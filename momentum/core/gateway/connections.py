"""The connections of this process, as the kernel sees them: those that hold it up are closed.

Granian ends a connection whose request line and headers don't come, and one that is idle. It sends answers for as
long as that takes, and counts nothing. Linux says of each socket what is sent, taken and waiting; elsewhere nothing
is done here (macOS: let a proxy stand in front).
"""

import logging
import os
import socket
import struct
import sys
import threading
from collections import Counter, defaultdict
from contextlib import suppress
from enum import IntEnum
from typing import NamedTuple

from momentum.core.gateway.in_flight import Underway
from momentum.core.gateway.limits import BODY_RATE, network_of

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
# A client that has something coming takes so many bytes a second, seen over so many looks.
TAKING_RATE = 1024
PATIENT_LOOKS = 4
FILES = "/proc/self/fd"

# struct tcp_info of <linux/tcp.h>: milliseconds since the last byte was sent, and since one came; bytes taken by the
# client; bytes that came; bytes waiting.
_INFO = 192
_COUNTERS = struct.Struct("@44xI4xI64xQQ8xI")
_OPEN = {1, 8}  # established, and where the client has sent all
_LINGER_NOT = struct.pack("ii", 1, 0)


class Seen(NamedTuple):
    """A connection at one look."""

    client: str
    address: str
    taken: int
    came: int
    waiting: int
    silent: int
    quiet: int  # milliseconds since we sent anything

    @property
    def is_unfinished(self) -> bool:
        """Say whether a request has begun to come, or the first is waited for."""
        return self.taken <= 1 or self.silent < self.quiet


class Remembered(NamedTuple):
    """What was so at the last look, and at how many in a row."""

    taken: int
    came: int
    slow: int
    unfinished: int


class Rank(IntEnum):
    """Who is closed first, where one address has too many."""

    UNFINISHED = 0
    IDLE = 1
    SLOW_READER = 2


class Candidate(NamedTuple):
    """A connection that may be closed; those that come first in order are."""

    rank: Rank
    looks: int  # negative: since when it is so
    silent: int  # negative, too
    client: str
    connection: socket.socket


class Connections:
    """Looks after the connections to one port of this process.

    Args:
        port: which the process listens on.
        underway: who waits for an answer.
        most_of_address: how many one address may have; 0 behind a proxy, whose address they all have. There may be
            more where all of them wait for an answer, or send or take at a fair rate.
    """

    def __init__(self, port: int, underway: Underway, *, most_of_address: int) -> None:
        self._port, self._underway, self._most = port, underway, most_of_address
        self._before: dict[str, Remembered] = {}

    def watch(self) -> None:
        """Look every few seconds from now on, in the background."""
        if sys.platform == "linux":
            threading.Thread(target=self._watch, name="connections", daemon=True).start()

    def look(self) -> int:
        """Close what holds this process up; return how many that were."""
        closed, before = 0, self._before
        self._before = {}
        number: Counter[str] = Counter()
        candidates: defaultdict[str, list[Candidate]] = defaultdict(list)
        opened: list[socket.socket] = []
        try:
            for connection in self._all():
                opened.append(connection)
                if (seen := _seen(connection)) is None:
                    continue
                now, fair = _compare(seen, before.get(seen.client))
                if now.slow >= PATIENT_LOOKS:
                    closed += _reset(connection)
                    continue
                self._before[seen.client] = now
                number[seen.address] += 1
                if not fair:
                    candidates[seen.address].append(_candidate(seen, now, connection))
            if self._most:
                for address, ones in candidates.items():
                    closed += self._thin_out(ones, number[address] - self._most)
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

    def _thin_out(self, candidates: list[Candidate], too_many: int) -> int:
        if too_many <= 0:
            return 0
        closed = 0
        for one in sorted(candidates, key=lambda candidate: candidate[:3]):
            # Asked now: the request may have come while we were looking.
            if closed < too_many and one.client not in self._underway:
                closed += _end(one.connection) if one.rank is Rank.IDLE else _reset(one.connection)
        return closed

    def _all(self) -> "list[socket.socket]":
        """Return duplicates of all connections to our port: what is closed meanwhile can't become another file."""
        found, known = [], set()
        for name in os.listdir(FILES):  # noqa: PTH208 - thousands of paths would be made for their names
            with suppress(OSError):
                link = os.readlink(f"{FILES}/{name}")  # noqa: PTH115 - the same
                if link in known or not link.startswith("socket:"):
                    continue
                known.add(link)  # a duplicate of ours may have a number that was listed
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
        peer = connection.getpeername()
        info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO).ljust(_INFO, b"\0")
    except OSError:  # it has just ended
        return None
    if info[0] not in _OPEN:  # we have ended it, and Granian will notice
        return None
    quiet, silent, taken, came, waiting = _COUNTERS.unpack_from(info)
    host = peer[0].partition("%")[0]
    return Seen(_name(host, *peer[1:]), network_of(host), taken, came, waiting, silent, quiet)


def _name(host: str, port: int, _flow: int = 0, scope: int = 0) -> str:
    """Return what Granian calls this client."""
    if ":" not in host:
        return f"{host}:{port}"
    return f"[{host}%{scope}]:{port}" if scope else f"[{host}]:{port}"


def _compare(seen: Seen, before: Remembered | None) -> tuple[Remembered, bool]:
    """Return what to remember, and whether this client sends or takes at a fair rate, as far as can be said."""
    if before is None:
        return Remembered(seen.taken, seen.came, 0, 0), bool(seen.waiting)
    takes = seen.taken - before.taken >= TAKING_RATE * LOOK_SECONDS
    sends = seen.came - before.came >= BODY_RATE * LOOK_SECONDS
    slow = before.slow + 1 if seen.waiting and not takes else 0
    unfinished = before.unfinished + 1 if seen.is_unfinished else 0
    fair = not slow if seen.waiting else seen.is_unfinished and sends
    return Remembered(seen.taken, seen.came, slow, unfinished), fair


def _candidate(seen: Seen, now: Remembered, connection: socket.socket) -> Candidate:
    if seen.waiting:
        return Candidate(Rank.SLOW_READER, -now.slow, -seen.silent, seen.client, connection)
    rank = Rank.UNFINISHED if seen.is_unfinished else Rank.IDLE
    return Candidate(rank, -now.unfinished, -seen.silent, seen.client, connection)


def _end(connection: socket.socket) -> int:
    """End it after what is on its way."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    return 1


def _reset(connection: socket.socket) -> int:
    """End it so that the kernel doesn't go on offering what is left."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    return _end(connection)
