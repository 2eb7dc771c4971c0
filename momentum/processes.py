"""Supervise processes: start them, pass on what they say, start them again when they fall, stop them together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Protocol

from momentum.core import child_process
from momentum.core.heartbeat import Listener

LOOK_SECONDS = 0.1
TAIL_SECONDS = 0.3
FIRST_WAIT = 0.2
LONGEST_WAIT = 30.0
HEALTHY_SECONDS = 30.0
STOP_SECONDS = 15.0
COLOURS = {"web": 36, "worker": 35, "database": 33, "momentum": 32}


class Running(Protocol):
    """What the supervisor needs of a process; `subprocess.Popen` and `postgres.Server` both do."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...


@dataclass
class Post:
    """A place that is to be filled at all times: how to start what fills it, and how to stop that."""

    name: str
    start: Callable[[], Running]
    stop: Callable[[Running], None]
    running: Running | None = None
    begun: float = 0.0
    wait: float = FIRST_WAIT
    start_at: float = 0.0
    needs: "Post | None" = field(default=None, repr=False)


class Output:
    """One stream for the lines of several processes, each with its name in front."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._coloured = stream.isatty() and "NO_COLOR" not in os.environ

    def say(self, name: str, line: str) -> None:
        """Write one line."""
        label = f"{name:<8} |"
        if self._coloured:
            label = f"\x1b[{COLOURS.get(name, 37)}m{label}\x1b[0m"
        with self._lock:
            self._stream.write(f"{label} {line}\n")
            self._stream.flush()

    def follow(self, name: str, source: IO[str]) -> None:
        """Pass on each line of `source` until it ends, in the background."""
        threading.Thread(target=self._copy, args=(name, source), daemon=True).start()

    def tail(self, name: str, path: Path) -> None:
        """Pass on each line that is added to a file from now on, in the background."""
        threading.Thread(target=self._tail, args=(name, path, path.stat().st_size), daemon=True).start()

    def _tail(self, name: str, path: Path, position: int) -> None:
        while True:
            time.sleep(TAIL_SECONDS)
            with path.open(errors="replace") as source:
                if path.stat().st_size < position:  # a new file under the old name
                    position = 0
                source.seek(position)
                while (line := source.readline()).endswith("\n"):
                    self.say(name, line.rstrip("\n"))
                    position = source.tell()

    def _copy(self, name: str, source: IO[str]) -> None:
        with source:
            for line in source:
                self.say(name, line.rstrip("\n"))


def process(name: str, command: Sequence[str], environment: Mapping[str, str], output: Output) -> Post:
    """Return a post for a program of ours, whose output is passed on. It dies with this process."""

    def start() -> Running:
        running = subprocess.Popen(
            child_process.command(command, on_parent_death=signal.SIGTERM),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0,  # Ctrl-C in the terminal is for us; we stop them in the right order
        )
        assert running.stdout  # noqa: S101 - asked for above
        output.follow(name, running.stdout)
        return running

    return Post(name, start, _ask_to_end)


class Supervisor:
    """Keeps every post filled until told to stop. Runs in the main thread, because children die with theirs."""

    def __init__(self, output: Output) -> None:
        """Add to `posts`: they are started in this order and stopped in the opposite one.

        A process that spoke to `heartbeats` and is silent for too long is stuck, and is replaced.
        """
        self.posts: list[Post] = []
        self.heartbeats = Listener()
        self._output = output
        self._signals = 0
        self._wake = threading.Event()

    @property
    def stopping(self) -> bool:
        """Say whether it has been told to stop."""
        return self._signals > 0

    def listen(self) -> None:
        """Stop on SIGINT and SIGTERM from now on; at once, without mercy, on a second one."""
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._told)

    def run(self, each_look: Callable[[], None]) -> None:
        """Fill the posts and keep them filled until told to stop; `each_look` is called ten times a second."""
        while not self.stopping:
            self._kill_stuck()
            for post in self.posts:
                self._look_at(post)
            each_look()
            self._wake.wait(LOOK_SECONDS)

    def stop(self) -> None:
        """End everything, last started first, and return when nothing is left."""
        for post in reversed(self.posts):
            if post.running is not None and post.running.poll() is None:
                self._stop_one(post, post.running)
        self.heartbeats.close()

    def _kill_stuck(self) -> None:
        running = {
            post.running.pid: post for post in self.posts if isinstance(post.running, subprocess.Popen)
        }
        for pid in self.heartbeats.silent(running):
            self._output.say("momentum", f"{running[pid].name} is stuck; replacing it")
            _kill_group(pid)

    def _told(self, signum: int, frame: FrameType | None) -> None:
        self._signals += 1
        self._wake.set()

    def _look_at(self, post: Post) -> None:
        now = time.monotonic()
        if post.running is not None:
            code = post.running.poll()
            if code is None:
                if now - post.begun > HEALTHY_SECONDS:
                    post.wait = FIRST_WAIT
                return
            post.stop(post.running)
            post.running = None
            post.start_at = now + post.wait
            self._output.say(
                "momentum", f"{post.name} ended ({_cause(code)}); starting it again in {post.wait:.1f} s"
            )
            post.wait = min(post.wait * 2, LONGEST_WAIT)
        if now >= post.start_at and (post.needs is None or _runs(post.needs)):
            try:
                post.running = post.start()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next attempt may go well
                post.start_at = now + post.wait
                post.wait = min(post.wait * 2, LONGEST_WAIT)
                self._output.say("momentum", f"{post.name} did not start: {error}")
            else:
                post.begun = time.monotonic()

    def _stop_one(self, post: Post, running: Running) -> None:
        if not isinstance(running, subprocess.Popen):
            post.stop(running)
            return
        post.stop(running)
        until = time.monotonic() + STOP_SECONDS
        while running.poll() is None and time.monotonic() < until and self._signals < 2:
            time.sleep(0.02)
        _kill_group(running.pid)
        running.wait()


def _ask_to_end(running: Running) -> None:
    """Ask a process, or when it is gone what it left behind, to end."""
    try:
        if running.poll() is None:
            os.kill(running.pid, signal.SIGTERM)
        else:
            _kill_group(running.pid)
    except ProcessLookupError:
        pass


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _runs(post: Post) -> bool:
    return post.running is not None and post.running.poll() is None


def _cause(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def this_program(*words: str) -> list[str]:
    """Return the command line of another `momentum` command, run by this interpreter."""
    return [sys.executable, "-m", "momentum", *words]
