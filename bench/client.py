"""Asks as many would: `python -m bench.client PORT`, with what to do as JSON on stdin (see `main`).

A process of its own, and no more work for an answer than to see where it ends: several times as fast as what it asks.
Either it keeps a number of connections busy (a closed loop, which finds out how much can be served), or requests arrive
by chance at a given rate, whether or not the earlier ones were answered, as they do from people. How long one took is
then counted from when it arrived, so that waiting for a connection counts too.
"""

import json
import random
import selectors
import socket
import statistics
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from typing import Any

type Ask = tuple[bytes, int]  # a request, and the status of the answer it should get

_END = b"\r\n\r\n"
_LENGTH = b"content-length: "
_READ = 262_144
# The server ends a connection that is idle for ten seconds; one that has been for half of that isn't used again.
_IDLE_SECONDS = 5.0
_MOST_CONNECTIONS = 256
_FEWEST = 2  # answers for each connection, however slow they are
_PATIENCE = 30.0  # after the last arrival


class Connection:
    """One connection, with one request at a time on it."""

    def __init__(self, port: int, source: str) -> None:
        self.socket = socket.create_connection(
            ("127.0.0.1", port), source_address=(source, 0) if source else None
        )
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begun, self.used, self.status = 0.0, time.perf_counter(), 0
        self._got = self._whole = 0

    def ask(self, request: bytes, begun: float) -> None:
        """Send a request that arrived at `begun`."""
        self.begun, self._got, self._whole, self.status = begun, 0, 0, 0
        self.socket.sendall(request)

    def take(self) -> bool:
        """Read what is there; say whether the answer is whole. Where the server hung up, the status stays 0."""
        chunk = b""
        with suppress(ConnectionError):
            chunk = self.socket.recv(_READ)
        if not chunk:
            self.status = 0
            return True
        if not self._whole:  # heads come in one piece
            head = chunk.find(_END)
            length = chunk.lower().find(_LENGTH, 0, head)
            if head < 0 or length < 0:
                raise SystemExit(f"An answer without a length: {chunk[:200]!r}")
            start = length + len(_LENGTH)
            self._whole = head + len(_END) + int(chunk[start : chunk.index(b"\r", start)])
            self.status = int(chunk[9:12])
        self._got += len(chunk)
        return self._got >= self._whole


class Client:
    """Asks, and counts.

    Args:
        port: of the server, on this machine.
        spread: whether each connection comes from an address of its own (Linux), for what is limited by address.
    """

    def __init__(self, port: int, *, spread: bool) -> None:
        self._port, self._spread = port, spread
        self._selector = selectors.DefaultSelector()
        self._took: list[float] = []
        self._wrong: Counter[str] = Counter()

    def closed(self, asks: list[Ask], connections: int, seconds: float) -> dict[str, Any]:
        """Keep the connections busy for `seconds`, going round what is asked; ask for each once where that is 0."""
        turns = cycle(asks) if seconds else iter(asks)
        expected: dict[Connection, int] = {}
        begun = now = time.perf_counter()
        for _number, ask in zip(range(connections), turns, strict=False):
            self._send(self._open(), ask, now, expected)
        while expected and (not seconds or now < begun + seconds or len(self._took) < _FEWEST * connections):
            for one in self._answered(1):
                now = time.perf_counter()
                self._count(one, now, expected.pop(one))
                if ask := next(turns, None):
                    self._send(one if one.status else self._again(one), ask, now, expected)
            now = time.perf_counter()
        return self._said(now - begun)

    def arrivals(self, asks: list[Ask], rate: float, seconds: float, seed: int) -> dict[str, Any]:
        """Have `rate` requests a second arrive by chance for `seconds`, and wait for the answers."""
        expected: dict[Connection, int] = {}
        idle: list[Connection] = []
        waiting: deque[tuple[Ask, float]] = deque()
        begun = time.perf_counter()
        moments = _moments(random.Random(seed), begun, rate, begun + seconds)
        turns, arrives = cycle(asks), next(moments, None)
        until = begun + seconds + _PATIENCE
        while (arrives or expected or waiting) and (now := time.perf_counter()) < until:
            while arrives and arrives <= now:
                waiting.append((next(turns), arrives))
                arrives = next(moments, None)
            while waiting and (idle or len(expected) < _MOST_CONNECTIONS):
                one = self._fresh(idle)
                self._send(one, *waiting.popleft(), expected)
            for one in self._answered(max(0.0, arrives - time.perf_counter()) if arrives else 1.0):
                if one not in expected:  # an idle one that the server ended
                    self._close(one, idle)
                    continue
                self._count(one, time.perf_counter(), expected.pop(one))
                if one.status:
                    one.used = time.perf_counter()
                    idle.append(one)
                else:
                    self._close(one, idle)
        self._wrong["unanswered"] += len(expected) + len(waiting)
        return self._said(time.perf_counter() - begun)

    def _answered(self, timeout: float) -> Iterator[Connection]:
        for key, _events in self._selector.select(timeout):
            if key.data.take():
                yield key.data

    def _count(self, one: Connection, now: float, expected: int) -> None:
        self._took.append(now - one.begun)
        if one.status != expected:
            self._wrong[str(one.status or "hung up")] += 1

    def _send(self, one: Connection, ask: Ask, begun: float, expected: dict[Connection, int]) -> None:
        request, status = ask
        expected[one] = status
        with suppress(ConnectionError):  # seen when it is read
            one.ask(request, begun)

    def _open(self) -> Connection:
        source = f"127.{random.randint(1, 250)}.{random.randint(1, 250)}.{random.randint(2, 250)}"
        one = Connection(self._port, source if self._spread else "")
        self._selector.register(one.socket, selectors.EVENT_READ, one)
        return one

    def _fresh(self, idle: list[Connection]) -> Connection:
        """Return a connection that isn't about to be ended: the one used last, or a new one."""
        while idle:
            one = idle.pop()
            if time.perf_counter() - one.used < _IDLE_SECONDS:
                return one
            self._close(one, idle)
        return self._open()

    def _again(self, one: Connection) -> Connection:
        self._close(one, [])
        return self._open()

    def _close(self, one: Connection, idle: list[Connection]) -> None:
        if one in idle:
            idle.remove(one)
        self._selector.unregister(one.socket)
        one.socket.close()

    def _said(self, seconds: float) -> dict[str, Any]:
        cuts = statistics.quantiles(self._took, n=100) if len(self._took) > 1 else [0.0] * 99
        return {
            "answers": len(self._took),
            "wrong": dict(+self._wrong),
            "per_second": len(self._took) / seconds,
            **{f"p{place}": 1000 * cuts[place - 1] for place in (50, 95, 99)},
        }


def _moments(chance: random.Random, begin: float, rate: float, end: float) -> Iterator[float]:
    """Yield when the requests of a Poisson process arrive."""
    moment = begin + chance.expovariate(rate)
    while moment < end:
        yield moment
        moment += chance.expovariate(rate)


def main() -> None:
    """Read `asks`, `spread`, and `connections` and `seconds` or `rate`, `seconds` and `seed`; write what came of it."""
    told = json.load(sys.stdin)
    asks = [(text.encode("latin-1"), status) for text, status in told["asks"]]
    client = Client(int(sys.argv[1]), spread=told["spread"])
    if "rate" in told:
        said = client.arrivals(asks, told["rate"], told["seconds"], told["seed"])
    else:
        said = client.closed(asks, told["connections"], told["seconds"])
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
