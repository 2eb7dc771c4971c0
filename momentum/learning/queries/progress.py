"""What a learner did in the lessons of one course, as it comes with their place in it: in one statement."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from momentum.core.compiled_queries import Slot
from momentum.learning.models import Progress


@dataclass(frozen=True)
class Begun:
    """What a learner did in a lesson that they have begun; `video_position` in seconds."""

    started_at: datetime
    completed_at: datetime | None
    video_position: int

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None


type History = dict[uuid.UUID, Begun]


def history_of(progress: Sequence[dict[str, Any]]) -> History:
    """Return what a learner did, by lesson, of the rows of `progress_in` as they come in JSON."""
    return {
        uuid.UUID(row["lesson_id"]): Begun(
            datetime.fromisoformat(row["started_at"]),
            datetime.fromisoformat(row["completed_at"]) if row["completed_at"] else None,
            row["video_position"],
        )
        for row in progress
    }


def progress_in(course: Slot, user: Slot) -> "models.QuerySet[Progress, Any]":
    """Return the learner's progress in all lessons that the course has or had."""
    mine = Progress.objects.filter(user=user, lesson__course=course)
    return mine.values("lesson_id", "started_at", "completed_at", "video_position")
