"""How far a video is, from what HeyGen says of it. Any word that isn't an end is progress."""

from __future__ import annotations

import time
from typing import Any

from momentum.providers.video import Progress
from momentum.providers.video.heygen.errors import failure_sentence

COMPLETED, FAILED = "completed", "failed"
SHORTEST_WAIT, LONGEST_WAIT = 10.0, 60.0
_UNKNOWN_AGE_WAIT = 30.0
# A video that is three minutes old is asked about each half minute, one of six each minute.
_SHARE_OF_AGE = 1 / 6


def progress_of(said: dict[str, Any]) -> Progress:
    """Return how far the video is, and how soon to ask again."""
    status = said.get("status")
    if status == COMPLETED:
        return Progress("completed", done=1, total=1)
    if status == FAILED:
        code, message = said.get("failure_code"), said.get("failure_message")
        code = code[:100] if isinstance(code, str) and code else FAILED
        return Progress(
            "failed",
            total=1,
            code=code,
            failure=failure_sentence(code, message if isinstance(message, str) else ""),
        )
    return Progress("processing", total=1, wait=_wait(said.get("created_at")))


def is_under_way(said: dict[str, Any], *, newer_than: float) -> bool:
    """Say whether a video of a list is being made; one that never ended doesn't count for ever."""
    created = said.get("created_at")
    return said.get("status") not in {COMPLETED, FAILED} and (
        not isinstance(created, int | float) or created > newer_than
    )


def _wait(created: object) -> float:
    if not isinstance(created, int | float):
        return _UNKNOWN_AGE_WAIT
    return min(max((time.time() - created) * _SHARE_OF_AGE, SHORTEST_WAIT), LONGEST_WAIT)
