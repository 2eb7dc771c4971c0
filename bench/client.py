"""Keeps connections busy: `python -m bench.client PORT CONNECTIONS SECONDS`, with the requests as JSON on stdin.

A process of its own, and no more work for an answer than to see where it ends: several times as fast as what it asks.
Says as JSON how many answers came, how many weren't 200, and how long the median and the slow ones took, in
milliseconds.
"""

import json
import selectors
import socket
import statistics
import sys
import time
from itertools import cycle

_END = b"\r\n\r\n"
_LENGTH = b"content-length: "
_READ = 262_144


class Connection:
    """One connection, with one request at a time on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked, self._got, self._whole, self.is_good = 0.0, 0, 0, True

    def ask(self, request: bytes) -> None:
        self.asked, self._got, self._whole = time.perf_counter(), 0, 0
        self.socket.sendall(request)

    def take(self) -> bool:
        """Read what is there; say whether the answer is whole."""
        chunk = self.socket.recv(_READ)
        if not chunk:
            raise SystemExit("The server closed a connection.")
        if not self._whole:  # heads come in one piece
            head = chunk.find(_END)
            length = chunk.lower().find(_LENGTH, 0, head)
            if head < 0 or length < 0:
                raise SystemExit(f"An answer without a length: {chunk[:200]!r}")
            start = length + len(_LENGTH)
            self._whole = head + len(_END) + int(chunk[start : chunk.index(b"\r", start)])
            self.is_good = chunk.startswith(b"HTTP/1.1 200")
        self._got += len(chunk)
        return self._got >= self._whole


def load(port: int, connections: int, seconds: float, requests: list[bytes]) -> dict[str, float]:
    """Ask for `seconds`, and count."""
    selector, turns = selectors.DefaultSelector(), cycle(requests)
    for _number in range(connections):
        one = Connection(port)
        selector.register(one.socket, selectors.EVENT_READ, one)
        one.ask(next(turns))
    took: list[float] = []
    bad = 0
    begun = now = time.perf_counter()
    while now < begun + seconds:
        for key, _events in selector.select(1):
            one = key.data
            if one.take():
                now = time.perf_counter()
                took.append(now - one.asked)
                bad += not one.is_good
                one.ask(next(turns))
        now = time.perf_counter()
    cuts = statistics.quantiles(took, n=20)
    return {
        "answers": len(took),
        "bad": bad,
        "per_second": len(took) / (now - begun),
        "p50": 1000 * cuts[9],
        "p95": 1000 * cuts[18],
    }


def main() -> None:
    """Do what the command line says."""
    port, connections, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    requests = [text.encode("latin-1") for text in json.load(sys.stdin)]
    json.dump(load(port, connections, seconds, requests), sys.stdout)


if __name__ == "__main__":
    main()
