"""Traps: a worker that comes to one for the first time kills itself, without warning."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

TRAPS = Path(os.environ["TRAPS"])


def spring(owner: Any, name: str, *, before: str = "", after: str = "") -> None:
    original: Callable[..., Any] = getattr(owner, name)

    def trapped(*args: Any, **kwargs: Any) -> Any:
        _fall_into(before)
        answer = original(*args, **kwargs)
        _fall_into(after)
        return answer

    setattr(owner, name, trapped)


def _fall_into(place: str) -> None:
    if place and not (trap := TRAPS / place).exists():
        trap.touch()
        os.kill(os.getpid(), signal.SIGKILL)
