"""Durable work that writes down everything it does, so that a test can see what was done twice."""

import os
import time
from pathlib import Path

from momentum.core.durable import Queue
from momentum.core.durable.steps import step, workflow

QUEUES = [Queue("journal", at_once=2)]


@workflow
def count(journal: str, to: int, seconds: float) -> int:
    return sum(note(journal, number, seconds) for number in range(to))


@step()
def note(journal: str, number: int, seconds: float) -> int:
    _write(journal, f"begin {number} {os.getpid()}")
    time.sleep(seconds)
    _write(journal, f"end {number} {os.getpid()}")
    return number


@workflow
def stumble(journal: str) -> str:
    return rise(journal)


@step(attempts=3, first_wait=0.05)
def rise(journal: str) -> str:
    _write(journal, "try")
    if Path(journal).read_text().count("try") < 3:
        raise ValueError("not yet")
    return "risen"


def _write(journal: str, line: str) -> None:
    with Path(journal).open("a") as stream:
        stream.write(line + "\n")
