"""A queue, as an app declares it: `QUEUES = [Queue("studio", at_once=4)]` in its `workflows.py`."""

from dataclasses import dataclass

DEFAULT_QUEUE = "default"


@dataclass(frozen=True)
class Queue:
    """How fast the workflows of one queue may start.

    Args:
        name: what `enqueue(queue=...)` says.
        at_once: how many may run at the same time in one worker.
        per_minute: how many may start in any minute, over all workers; no limit where omitted.
    """

    name: str
    at_once: int = 8
    per_minute: int | None = None
