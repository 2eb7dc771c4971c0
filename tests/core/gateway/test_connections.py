"""Which connections of a process are closed when they are too many, or don't take what they asked for."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from momentum.core.gateway.connections import LOOK_SECONDS, PATIENT_LOOKS, TAKING_RATE, Connections
from momentum.core.gateway.in_flight import Underway
from momentum.core.gateway.limits import BODY_RATE

MOST = 3
ESTABLISHED = b"\x01"  # of <netinet/tcp.h>
A_LOOKS_WORTH = int(TAKING_RATE * LOOK_SECONDS) + 1


class Line:
    """Both ends of a connection in this process."""

    def __init__(self, listener: socket.socket, source: str) -> None:
        self.client = socket.socket(listener.family)
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.client.bind((source, 0))
        self.client.connect(listener.getsockname()[:2])
        self.served, peer = listener.accept()
        host = f"[{peer[0]}]" if listener.family == socket.AF_INET6 else peer[0]
        self.name = f"{host}:{peer[1]}"
        for end in (self.client, self.served):
            end.setblocking(False)

    def say(self, what: bytes) -> None:
        self.client.send(what)
        time.sleep(0.02)  # the kernel counts silence in steps of some milliseconds

    def answer(self, what: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> None:
        self.served.send(what)
        time.sleep(0.02)

    def is_answered_at_length(self) -> None:
        with suppress(BlockingIOError):
            while True:
                self.served.send(b"x" * 65536)

    def read(self, count: int) -> None:
        time.sleep(0.02)
        while count > 0:
            count -= len(self.client.recv(count))
            time.sleep(0.001)

    @property
    def is_open(self) -> bool:
        return self.served.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1) == ESTABLISHED


class Room:
    """A listening socket, who is connected to it, and who looks after them."""

    def __init__(self, family: socket.AddressFamily = socket.AF_INET) -> None:
        self.listener = socket.socket(family)
        self.listener.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
        self.listener.listen()
        self.underway = Underway()
        self.connections = Connections(self.listener.getsockname()[1], self.underway, most_of_address=MOST)
        self.lines: list[Line] = []

    def enter(self, source: str = "127.0.0.1") -> Line:
        self.lines.append(Line(self.listener, source))
        return self.lines[-1]

    def close(self) -> None:
        self.listener.close()
        for line in self.lines:
            line.client.close()
            line.served.close()


@pytest.fixture
def room() -> Iterator[Room]:
    one = Room()
    yield one
    one.close()


def asks(line: Line) -> Line:
    line.say(b"GET / HTTP/1.1\r\n")
    return line


def test_who_waits_for_an_answer_is_not_closed_however_long_the_silence(room: Room) -> None:
    waiting = asks(room.enter())
    room.underway.begin(waiting.name)
    crowd = [asks(room.enter()) for _ in range(5)]

    closed = room.connections.look()

    assert closed == 3
    assert waiting.is_open
    assert [line.is_open for line in crowd] == [False, False, False, True, True]


def test_who_waits_is_known_under_the_sixth_version_too() -> None:
    room = Room(socket.AF_INET6)
    waiting = asks(room.enter("::1"))
    room.underway.begin(waiting.name)
    crowd = [asks(room.enter("::1")) for _ in range(3)]

    room.connections.look()
    opened = [line.is_open for line in (waiting, *crowd)]
    room.close()

    assert opened == [True, False, True, True]


def test_nobody_is_closed_where_all_wait_for_their_answers(room: Room) -> None:
    crowd = [asks(room.enter()) for _ in range(MOST + 2)]
    for line in crowd:
        room.underway.begin(line.name)

    assert room.connections.look() == 0
    assert all(line.is_open for line in crowd)


def test_who_was_just_answered_may_have_the_answer_still_to_come(room: Room) -> None:
    answered = asks(room.enter())
    room.underway.begin(answered.name)
    room.underway.end(answered.name)
    room.underway.turn()
    crowd = [asks(room.enter()) for _ in range(MOST)]

    room.connections.look()
    for _ in range(2):
        room.underway.turn()
    asks(room.enter())
    later = room.connections.look()

    assert not crowd[0].is_open
    assert later == 1
    assert not answered.is_open


def test_unfinished_requests_go_before_idle_connections_and_the_longest_unfinished_first(room: Room) -> None:
    idle = asks(room.enter())
    idle.answer()
    old = asks(room.enter())
    assert room.connections.look() == 0
    new = [asks(room.enter()) for _ in range(2)]
    old.say(b"X-Slow: ")  # a byte now and then makes nobody young

    assert room.connections.look() == 1
    assert [line.is_open for line in (idle, old, *new)] == [True, False, True, True]
    new.append(room.enter())  # says nothing at all
    new.append(asks(room.enter()))
    room.underway.begin(new[3].name)
    assert room.connections.look() == 2
    assert [line.is_open for line in (idle, *new)] == [True, False, False, True, True]
    busy = [asks(room.enter()) for _ in range(2)]
    for line in (new[2], *busy):
        line.answer()
        room.underway.begin(line.name)

    assert room.connections.look() == 1
    assert not idle.is_open
    assert [line.is_open for line in (new[3], *busy)] == [True, True, True]


def test_a_body_that_comes_at_a_fair_rate_is_left_to_come(room: Room) -> None:
    sending, trickling = asks(room.enter()), asks(room.enter())
    room.connections.look()
    for _ in range(int(BODY_RATE * LOOK_SECONDS) // 1024 + 1):
        sending.client.send(b"x" * 1024)
        sending.served.recv(1024)
    trickling.say(b"x")
    crowd = [asks(room.enter()) for _ in range(3)]

    room.connections.look()

    assert sending.is_open
    assert not trickling.is_open
    assert [line.is_open for line in crowd] == [False, True, True]


def test_an_answer_that_is_taken_at_a_fair_rate_is_sent_on_while_others_are_closed(room: Room) -> None:
    fair, slow = asks(room.enter()), asks(room.enter())
    for line in (fair, slow):
        line.is_answered_at_length()
    crowd = [room.enter() for _ in range(2)]
    for line in crowd:
        asks(line).answer()

    first = room.connections.look()
    fair.read(A_LOOKS_WORTH * 4)
    fair.is_answered_at_length()
    for line in [room.enter() for _ in range(3)]:
        asks(line)
        room.underway.begin(line.name)
    second = room.connections.look()

    assert (first, second) == (1, 2)
    assert fair.is_open
    assert not any(line.is_open for line in (slow, *crowd))


def test_an_answer_that_is_not_taken_ends_after_a_while_and_one_that_is_does_not(room: Room) -> None:
    fair, slow = asks(room.enter()), asks(room.enter())
    for line in (fair, slow):
        line.is_answered_at_length()

    looks = []
    for _ in range(PATIENT_LOOKS + 1):
        assert slow.is_open
        looks.append(room.connections.look())
        fair.read(A_LOOKS_WORTH * 4)
        fair.is_answered_at_length()

    assert looks == [0] * PATIENT_LOOKS + [1]
    assert fair.is_open
    assert not slow.is_open


def test_each_address_has_its_own_and_behind_a_proxy_nobody_counts(room: Room) -> None:
    for source in ("127.0.0.1", "127.0.0.2"):
        for _ in range(MOST):
            asks(room.enter(source))

    assert room.connections.look() == 0
    asks(room.enter("127.0.0.2"))
    assert Connections(room.listener.getsockname()[1], room.underway, most_of_address=0).look() == 0
    assert room.connections.look() == 1
    assert all(line.is_open for line in room.lines[:MOST])


def test_where_the_kernel_tells_nothing_nobody_looks(monkeypatch: pytest.MonkeyPatch, room: Room) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    room.connections.watch()

    assert "connections" not in {thread.name for thread in threading.enumerate()}
