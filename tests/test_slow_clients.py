"""Two thousand connections that are slow in every way, and ten people who learn meanwhile and notice nothing."""

import http.client
import os
import resource
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from momentum.accounts.models import User
from momentum.catalog.models import Course
from tests.factories import make_course, make_enrolment, make_user
from tests.serving import Server, serving

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

SOCKETS = 2000
PEOPLE = 10
ROUNDS = 4
PAUSE = 2
SECRET = "s" * 32


class Attack:
    """Slow connections, opened anew as soon as they are closed, fed a byte at a time."""

    def __init__(self, port: int, film: str) -> None:
        host = "Host: localhost\r\n"
        form = f"POST /account/login/ HTTP/1.1\r\n{host}Content-Type: application/x-www-form-urlencoded\r\n"
        upload = f"POST /panel/studio/new/ HTTP/1.1\r\n{host}Cookie: a=b\r\nX-Forwarded-Proto: https\r\n"
        get = f"GET {film} HTTP/1.1\r\n{host}"
        # What each sends at once; then it sends a byte now and then, and never reads.
        self.ways = [
            "",
            "GET / HTTP/1.1\r\nHost: loc",
            f"GET / HTTP/1.1\r\n{host}X-Forwarded-Proto: https\r\nX-Forwarded-For: %s\r\nX-Slow: ",
            f"{form}Content-Length: 100000\r\nX-Forwarded-For: %s\r\n\r\nlogin=",
            f"{form}Transfer-Encoding: chunked\r\nX-Forwarded-For: %s\r\n\r\nfffff\r\n",
            f"{upload}Content-Length: 40000000\r\nX-Forwarded-For: %s\r\n\r\n",
            f"{get}X-Forwarded-For: %s\r\n\r\n",
            f"{get}Range: bytes=100-\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: %s\r\n\r\n" * 3,
        ]
        self.port, self.opened, self.ended = port, 0, threading.Event()
        self.connections: dict[int, socket.socket] = {}
        self.selector = selectors.DefaultSelector()
        self.thread = threading.Thread(target=self._go_on)

    def start(self) -> None:
        for number in range(SOCKETS):
            self._open(number)
        self.thread.start()

    def stop(self) -> None:
        self.ended.set()
        self.thread.join()
        self.selector.close()
        for connection in self.connections.values():
            connection.close()

    def _open(self, number: int) -> None:
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", self.port))
        connection.setblocking(False)
        address = f"10.0.{number // 250}.{number % 250}"
        connection.send(self.ways[number % len(self.ways)].replace("%s", address).encode())
        self.connections[number] = connection
        self.opened += 1

    def _go_on(self) -> None:
        while not self.ended.is_set():
            for number in range(SOCKETS):
                try:
                    self.connections[number].send(b"a")
                except BlockingIOError:
                    pass
                except OSError:
                    self.connections[number].close()
                    self._open(number)
            self.ended.wait(1)


class Person:
    """Somebody who is signed in and learns, over and over; keeps every answer that isn't as it should be."""

    def __init__(self, server: Server, course: Course, user: User, headers: dict[str, str]) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}"
        self.headers = {"Cookie": cookie, "Host": "localhost", **headers}
        self.port, self.user, self.course = server.port, user, course
        self.lesson = course.lessons.get(day=1)
        self.item = self.lesson.action_items.first()
        self.wrong: list[Any] = []
        self.answered = 0
        self.thread = threading.Thread(target=self._learn)

    def _learn(self) -> None:
        for turn in range(ROUNDS):
            self._see("/today/", self.course.title)
            self._see(f"/courses/{self.course.slug}/lessons/1/", self.lesson.title)
            self._tick(done=turn % 2 == 0)
            time.sleep(PAUSE)

    def _see(self, path: str, words: str) -> None:
        status, body = self._ask("GET", path)
        if status != 200 or words not in body or self.user.name not in body:
            self.wrong.append((path, status, body[:300]))

    def _tick(self, *, done: bool) -> None:
        form = f"csrfmiddlewaretoken={SECRET}&done={'on' if done else ''}"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, body = self._ask("POST", f"/action-items/{self.item.id}/tick/", form, headers)
        if status != 302:
            self.wrong.append(("tick", status, body[:300]))

    def _ask(self, method: str, path: str, form: str | None = None, headers: Any = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, form, {**self.headers, **(headers or {})})
            answer = connection.getresponse()
            body = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            return 0, repr(error)
        finally:
            connection.close()
        self.answered += 1
        return answer.status, body


@pytest.fixture(autouse=True)
def _enough_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 3 * SOCKETS), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_slow_clients_are_noticed_by_nobody(tmp_path: Path) -> None:
    """With a proxy, each connection is of an address of its own; without one, all and the people too have one."""
    homes = [tmp_path / name for name in ("proxy", "alone")]
    for home in homes:
        film = home / "media" / "covers" / "film.png"
        film.parent.mkdir(parents=True)
        film.write_bytes(os.urandom(1024) * 8192)
    course = make_course(title="Tides", slug="tides")
    people = [make_user(name=f"Person {number}.") for number in range(PEOPLE)]
    for one in people:
        make_enrolment(one, course)

    with (
        serving(homes[0], MOMENTUM_BEHIND_PROXY="yes") as behind,
        serving(homes[1], MOMENTUM_BEHIND_PROXY="no") as alone,
    ):
        _learn_under_attack((behind, alone), course, people)
        assert [server.stop() for server in (behind, alone)] == [0, 0]
    for server in (behind, alone):
        assert "Traceback" not in server.said
    # 1,000 a process are more than one address may have.
    assert "that were slow or too many" in alone.said


def _learn_under_attack(servers: tuple[Server, ...], course: Course, people: list[User]) -> None:
    attacks = [Attack(server.port, "/media/covers/film.png") for server in servers]
    for attack in attacks:
        attack.start()
    learners = [
        Person(server, course, one, {"X-Forwarded-For": f"192.168.1.{number}"})
        for server in servers
        for number, one in enumerate(people)
    ]
    time.sleep(2)
    for one in learners:
        one.thread.start()
    for one in learners:
        one.thread.join()
    for attack in attacks:
        attack.stop()

    assert [one.wrong for one in learners] == [[]] * len(learners)
    assert [one.answered for one in learners] == [3 * ROUNDS] * PEOPLE * len(servers)
