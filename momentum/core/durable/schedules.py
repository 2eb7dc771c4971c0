"""A schedule, as an app declares it: `SCHEDULES = [Schedule(clear_sessions, "17 * * * *")]` in its `workflows.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Schedule:
    """When a workflow runs by itself: once each time, however many workers there are; not at all while there are none.

    Args:
        workflow: takes the moment for which it runs, and nothing of interest.
        cron: minute, hour, day, month, day of the week, in UTC.
    """

    workflow: Callable[[datetime, object], None]
    cron: str
