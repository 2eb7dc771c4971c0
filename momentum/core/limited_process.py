"""Programs of ours that are fed strangers' files: each in a process of its own, with bounded memory and time.

A file that makes a decoder loop, crash or fill the memory takes down nothing but that process.
"""

import contextlib
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO

_ROOT = str(Path(__file__).parents[2])
PATIENCE = 3  # seconds of the clock for each of the processor, on a machine with other things to do


def run(
    module: str, *arguments: str, given: bytes | BinaryIO, seconds: int, patience: int = PATIENCE
) -> tuple[int, bytes]:
    """Run a module on what is `given` to it on standard input; return its exit code and what it wrote.

    It is the module that calls `limit` first of all. The code is negative where it was ended by a signal.

    Args:
        module: what `python -m` runs.
        arguments: its own.
        given: the bytes, or an open file on disk, which it then reads from where that stands.
        seconds: of the processor, as the module sets them for itself.
        patience: how many seconds of the clock it may take for each of those.
    """
    # It gets no secret of ours to leak: an environment of its own.
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": _ROOT, "PYTHONUTF8": "1"}
    environment["OPENBLAS_NUM_THREADS"] = "1"  # each thread would reserve memory that it never uses
    feed: dict[str, Any] = {"input": given} if isinstance(given, bytes) else {"stdin": given}
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            **feed, capture_output=True, env=environment, timeout=patience * seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return -signal.SIGXCPU, b""
    return done.returncode, done.stdout


def limit(*, memory: int, seconds: int, grace: int = 2) -> None:
    """Let this process have so many bytes and seconds of the processor from now on, and no more.

    At that many it is told to end; `grace` seconds later it is ended.
    """
    with contextlib.suppress(ValueError, OSError):  # macOS does not bound address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + grace))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# What a program of ours that reads files never does: speak to others, or start anything.
_REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.")


def cut_off() -> None:
    """Take the network from this process, and the power to start others; nothing gives them back.

    Python is told to refuse both; where Linux lets us, the process also gets a network of its own with nothing on it,
    so that native code reaches nobody either.
    """
    if hasattr(os, "unshare"):
        # Users of its own would take its capabilities, and with them perhaps the files that it has yet to import.
        users = 0 if _has_capabilities() else os.CLONE_NEWUSER
        with contextlib.suppress(OSError):
            os.unshare(users | os.CLONE_NEWNET)

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith(_REFUSED):
            raise PermissionError(f"{event} is not allowed here")

    sys.addaudithook(refuse)


def _has_capabilities() -> bool:
    status = Path("/proc/self/status").read_text()
    return any(line.startswith("CapEff:") and int(line.split()[1], 16) for line in status.splitlines())
