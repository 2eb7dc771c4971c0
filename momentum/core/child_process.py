"""Become a program that dies with its parent: `python -I -S child.py OPTIONS -- PROGRAM ARGUMENTS`.

Run as a script, by `command()`, between fork and exec. A script and not `preexec_fn`, because code run in a
forked copy of a threaded process may deadlock. It imports nothing of Momentum, so it starts in milliseconds.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1


def command(
    program: Sequence[str | Path],
    *,
    on_parent_death: signal.Signals = signal.SIGTERM,
    uid: int | None = None,
    gid: int | None = None,
) -> list[str]:
    """Return the command line that runs `program` as a child of this process and of nobody else.

    On Linux the kernel sends it `on_parent_death` when the *thread* that started it ends, so start children
    from a thread that lives as long as they should. With `uid` and `gid`, it gives up root for them.
    """
    options = [str(os.getpid()), str(int(on_parent_death)), str(uid or ""), str(gid or "")]
    return [sys.executable, "-I", "-S", __file__, *options, *map(str, program)]


def die_with_parent(signum: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel (Linux) to send this process `signum` when its parent ends.

    Call it early: a parent that has ended already is not noticed.
    """
    prctl = _prctl()
    if prctl:
        prctl(PR_SET_PDEATHSIG, signum)


def _prctl() -> Callable[[int, int], int] | None:
    if sys.platform != "linux":
        return None
    import ctypes  # Linux only, and slow to import

    prctl: Callable[[int, int], int] = ctypes.CDLL(None).prctl
    return prctl


def main(arguments: list[str]) -> None:
    """Give up root if asked, ask the kernel for the signal, then become the program."""
    parent, signum, uid, gid, *program = arguments
    prctl = _prctl()  # loaded while we may still read Python's own files
    if uid:
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))  # before the request: a change of user cancels it
    if prctl:
        prctl(PR_SET_PDEATHSIG, int(signum))
        if os.getppid() != int(parent):  # it died before we asked to be told
            sys.exit(1)
    try:
        os.execv(program[0], program)  # noqa: S606  no shell is the point
    except OSError as error:
        sys.exit(f"{program[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
