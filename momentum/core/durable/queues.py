"""A queue, as an app declares it: `QUEUES = [Queue("studio", at_once=4)]` in its `workflows.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

DEFAULT_QUEUE = "default"


class Limits(NamedTuple):
    """How fast the workflows of one queue may start.

    Args:
        at_once: how many may run at the same time in one worker.
        per_minute: how many may start in any minute, over all workers; no limit where it is None.
    """

    at_once: int
    per_minute: int | None = None


@dataclass(frozen=True)
class Queue:
    """How fast the workflows of one queue may start.

    Args:
        name: what `enqueue(queue=...)` says.
        at_once: how many may run at the same time in one worker; the most that `limits` may say, where that is given.
        per_minute: how many may start in any minute, over all workers; no limit where omitted.
        limits: returns both, where they can change while workers run. It may query the database.
    """

    name: str
    at_once: int = 8
    per_minute: int | None = None
    limits: Callable[[], Limits] | None = None

    def limits_now(self) -> Limits:
        """Return the limits that apply at the moment."""
        return self.limits() if self.limits else Limits(self.at_once, self.per_minute)
