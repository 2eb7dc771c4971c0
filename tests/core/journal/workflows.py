"""Durable work that writes down everything it does, so that a test can see what was done twice."""

import os
import time
from pathlib import Path

from django.db import OperationalError

from momentum.core.durable import Queue
from momentum.core.durable.decorators import step, workflow

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


@workflow
def lose(journal: str) -> str:
    return find(journal)


@step(first_wait=0.05)
def find(journal: str) -> str:
    _write(journal, "look")
    if Path(journal).read_text().count("look") < 4:
        raise OperationalError("server closed the connection unexpectedly")
    return "found"


@workflow
def fall(journal: str) -> str:
    return break_at_once(journal)


@step()
def break_at_once(journal: str) -> str:
    _write(journal, "crack")
    raise ValueError("for good")


def _write(journal: str, line: str) -> None:
    with Path(journal).open("a") as stream:
        stream.write(line + "\n")
