"""The database goes away, falls silent and comes back, under the pages as they are served."""

import http.client
import json
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from momentum.accounts.models import User
from tests.factories import make_course
from tests.hiring import wait_for
from tests.serving import Server, serving

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


class Line:
    """A socket in front of the test database's, which can be cut, or fall silent."""

    def __init__(self, folder: Path) -> None:
        place = connection.settings_dict
        self._there = f"{place['HOST']}/.s.PGSQL.{place['PORT']}"
        self._here = folder / f".s.PGSQL.{place['PORT']}"
        self.url = f"postgresql://{place['USER']}@/{place['NAME']}?host={folder}&port={place['PORT']}"
        self._open: list[socket.socket] = []
        self._silent = threading.Event()
        self.mend()

    def mend(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._here))
        self._listener.listen()
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        self._here.unlink()
        for one in (self._listener, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def fall_silent(self) -> None:
        self._silent.set()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _address = listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._there)
            self._open += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._copy, args=(source, target), daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self._silent.is_set():
                    return
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    one = Line(tmp_path_factory.mktemp("db"))
    yield one
    with suppress(OSError):
        one.cut()


def ask(server: Server, path: str, *, method: str = "GET", **headers: str) -> tuple[int, Any, str]:
    """Return status, headers and body."""
    asking = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    asking.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = asking.getresponse()
    body = answer.read().decode()
    asking.close()
    return answer.status, answer.headers, body


def test_what_is_kept_is_shown_and_the_rest_says_that_it_tries_again(
    line: Line, learner: User, tmp_path: Path
) -> None:
    make_course(title="Tides", slug="tides")
    client = Client()
    client.force_login(learner)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    with serving(tmp_path, MOMENTUM_DATABASE_URL=line.url, MOMENTUM_WEB_WORKERS="1") as server:
        before = ask(server, "/courses/tides/")
        assert ask(server, "/today/", Cookie=cookie)[0] == 200

        line.cut()
        shown = ask(server, "/courses/tides/")
        other = ask(server, "/courses/")
        mine = ask(server, "/today/", Cookie=cookie)
        sent = ask(server, "/account/login/", method="POST", Cookie="momentum_csrf=a")
        swapped = ask(server, "/today/", Cookie=cookie, HX_Request="true")
        called = ask(server, f"/api/ai-generation/status/{uuid.uuid4()}", Cookie=cookie)
        health, ready = ask(server, "/healthz"), ask(server, "/readyz")

        line.mend()
        wait_for(lambda: ask(server, "/today/", Cookie=cookie)[0] == 200)
        back = ask(server, "/readyz")

        # It accepts what it is told, and says nothing any more.
        line.fall_silent()
        silent = ask(server, "/courses/tides/")

    assert (shown[0], shown[2]) == (200, before[2])
    assert shown[1]["Cache-Control"] == "no-cache"
    for status, headers, body in (other, mine):
        assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "5", "no-store")
        assert '<meta http-equiv="refresh" content="5">' in body
        assert "We can’t reach our database. This page tries again by itself" in body
        assert "broke" not in body
    assert sent[0] in {403, 503}
    assert "refresh" not in sent[2]
    assert (swapped[0], swapped[1]["HX-Retarget"]) == (503, "#messages")
    assert swapped[2].startswith('<p class="note note--fault" role="alert"')
    assert (called[0], called[1]["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(called[2])["code"] == "unavailable"
    assert called[1]["Retry-After"] == "5"
    assert (health[0], ready[0]) == (200, 503)
    assert json.loads(ready[2])["database"] == "unreachable"
    assert back[0] == 200
    assert (silent[0], silent[2]) == (200, before[2])
    assert "Traceback" not in server.said
    assert server.said.count("The database is away") >= 3
