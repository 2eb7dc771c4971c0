"""The supervisor by itself, with small programs to look after."""

import io
import os
import re
import signal
import sys
import time

import pytest

from momentum.core import heartbeat
from momentum.processes import Output, Running, Supervisor, process


class Stage:
    """A supervisor of one program, and what was said."""

    def __init__(self, code: str) -> None:
        self.stream = io.StringIO()
        output = Output(self.stream)
        self.supervisor = Supervisor(output)
        surroundings = {**os.environ, heartbeat.VARIABLE: self.supervisor.heartbeats.address}
        self.post = process("actor", [sys.executable, "-c", code], surroundings, output)
        self.supervisor.posts.append(self.post)

    @property
    def said(self) -> str:
        return self.stream.getvalue()

    def run_until(self, words: str) -> None:
        until = time.monotonic() + 120

        def look() -> None:
            if words in self.said or time.monotonic() > until:
                self.supervisor._told(signal.SIGTERM, None)

        self.supervisor.run(look)
        assert words in self.said


def test_what_is_said_has_a_name_in_front() -> None:
    stage = Stage("print('to be'); print('or not'); import time; time.sleep(60)")

    stage.run_until("or not")
    stage.supervisor.stop()

    assert stage.said.splitlines()[:2] == ["actor    | to be", "actor    | or not"]
    assert stage.post.running is not None
    assert stage.post.running.poll() == -signal.SIGTERM


def test_what_keeps_falling_is_started_ever_more_slowly() -> None:
    stage = Stage("raise SystemExit(3)")

    stage.run_until("in 0.8 s")
    stage.supervisor.stop()

    waits = re.findall(r"actor ended \(exit code 3\); starting it again in (\S+) s", stage.said)
    assert waits == ["0.2", "0.4", "0.8"]


def _missing() -> Running:
    raise OSError("no such thing")


def test_what_cannot_be_started_is_tried_again() -> None:
    stage = Stage("")
    stage.post.start = _missing

    stage.run_until("no such thing\nmomentum | actor did not start")
    stage.supervisor.stop()

    assert set(stage.said.splitlines()) == {"momentum | actor did not start: no such thing"}


def test_what_is_silent_for_too_long_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "SILENT_SECONDS", 1.0)
    beating = "from momentum.core.heartbeat import Pulse; import time; Pulse().beat()"
    stage = Stage(f"{beating}; print('stuck', flush=True); time.sleep(60)")

    stage.run_until("actor is stuck; replacing it\nmomentum | actor ended (killed by SIGKILL)")
    stage.supervisor.stop()

    assert stage.said.startswith("actor    | stuck\n")


def test_who_never_speaks_has_longer_and_who_ended_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    listener, now = heartbeat.Listener(), 100.0
    monkeypatch.setattr(heartbeat.time, "monotonic", lambda: now)
    heartbeat.Pulse(listener.address).beat()

    heard = []
    while now < 223:
        heard.append(listener.silent([os.getpid(), 1]))
        now += 1
    gone = listener.silent([1]), listener.silent([os.getpid(), 1])
    listener.close()
    heartbeat.Pulse(listener.address).beat()  # nobody listens

    assert heard == [[]] * 21 + [[os.getpid()]] * 100 + [[os.getpid(), 1]] * 2
    assert gone == ([1], [1])


def test_after_a_sleep_everybody_has_time_to_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    listener, now = heartbeat.Listener(), 100.0
    monkeypatch.setattr(heartbeat.time, "monotonic", lambda: now)
    heartbeat.Pulse(listener.address).beat()
    assert listener.silent([os.getpid(), 1]) == []

    now = 5000.0
    woken = listener.silent([os.getpid(), 1])
    now = 5004.0
    soon = listener.silent([os.getpid(), 1])
    listener.close()

    assert (woken, soon) == ([], [])


def test_a_second_request_ends_at_once_what_does_not_listen() -> None:
    stage = Stage(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    stage.run_until("deaf")

    stage.supervisor._told(signal.SIGINT, None)
    stage.supervisor.stop()

    assert stage.post.running is not None
    assert stage.post.running.poll() == -signal.SIGKILL
