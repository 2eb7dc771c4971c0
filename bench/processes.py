"""The processor time and the memory of processes and all that they started, as Linux tells them (proc(5))."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants that are alive."""
    yield pid
    with suppress(FileNotFoundError, ProcessLookupError):
        for thread in (_PROC / str(pid) / "task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from tree(int(child))


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and its descendants so far, with those that have ended."""
    ticks = 0
    for one in tree(pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            facts = (_PROC / str(one) / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, facts[11:15]))  # own and of ended children, in programs and in the kernel
    return ticks / _TICKS


def memory_mb(pid: int) -> float:
    """Return the memory of a process and its descendants; what several share is divided between them (PSS)."""
    kilobytes = 0
    for one in tree(pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            facts = (_PROC / str(one) / "smaps_rollup").read_text().splitlines()
            kilobytes += next(int(line.split()[1]) for line in facts if line.startswith("Pss:"))
    return kilobytes / 1024


def command_of(pid: int) -> list[str]:
    """Return a process's command line."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return (_PROC / str(pid) / "cmdline").read_text().rstrip("\0").split("\0")
    return []
