"""Processes that say every second that they get on with their work, and somebody who hears it.

A process that is killed is seen at once; one that hangs (a deadlock, a library that never returns, a stopped process)
looks alive. So whoever started it listens on a socket, whose address the process finds in its environment. On Linux
that is a name without a file (unix(7), abstract), so that nothing is left behind, whoever is killed.
"""

import os
import socket
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

VARIABLE: Final = "MOMENTUM_HEARTBEAT"
# So long may a process be silent: while a machine is asleep or overloaded, nobody should be killed for it.
SILENT_SECONDS: Final = 20.0
# After this, nothing new is given to it.
QUIET_SECONDS: Final = 3.0
# So long may one be silent that has just been started, and has much to load.
START_SECONDS: Final = 120.0


class Pulse:
    """Says that this process lives, to whoever started it; to nobody where nobody listens."""

    def __init__(self, address: str | None = None) -> None:
        """Speak to `address`, by default to what the environment names now."""
        self._address = os.environ.get(VARIABLE, "") if address is None else address

    def beat(self) -> None:
        """Say it once."""
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as speaking:
            speaking.setblocking(False)
            speaking.sendto(str(os.getpid()).encode(), _bytes(self._address))


class Listener:
    """Hears the processes that this one started."""

    def __init__(self) -> None:
        name = f"momentum-{uuid.uuid4().hex}"
        self.address = f"@{name}" if sys.platform == "linux" else str(Path(tempfile.gettempdir()) / name)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(_bytes(self.address))
        self._socket.setblocking(False)
        self._heard: dict[int, float] = {}
        self._looked = time.monotonic()

    def silent(self, pids: Iterable[int]) -> list[int]:
        """Return those of these processes that weren't heard for too long. Ask often, and about each from its start."""
        now, before = time.monotonic(), self._looked
        self._looked = now
        with suppress(BlockingIOError):
            while True:
                word = self._socket.recv(32)
                if word.isdigit():
                    self._heard[int(word)] = now
        if now - before > SILENT_SECONDS / 4:  # we were asleep ourselves: what was said meanwhile may be lost
            self._heard = {pid: max(heard, now) for pid, heard in self._heard.items()}
        start = now + START_SECONDS - SILENT_SECONDS
        self._heard = {pid: self._heard.get(pid, start) for pid in pids}
        return [pid for pid, heard in self._heard.items() if now - heard > SILENT_SECONDS]

    @property
    def lively(self) -> set[int]:
        """Return those of the processes last asked about that were heard a moment ago."""
        return {pid for pid, heard in self._heard.items() if 0 <= self._looked - heard < QUIET_SECONDS}

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()
        with suppress(FileNotFoundError):
            Path(self.address).unlink()


def _bytes(address: str) -> bytes:
    return (f"\0{address[1:]}" if address.startswith("@") else address).encode()
