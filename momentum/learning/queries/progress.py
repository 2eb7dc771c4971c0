"""What a learner did in lessons, as it comes with their places in courses: in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models

from momentum.core.compiled_queries import Slot
from momentum.learning.models import Progress


class Begun(NamedTuple):
    """What a learner did in a lesson that they have begun; `video_position` in seconds."""

    started_at: datetime
    completed_at: datetime | None
    video_position: int = 0

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None


# By the lesson's id as text, as it comes: a learner of many courses has hundreds, of which a page shows a few.
type History = dict[str, Begun]


def history_of(progress: Sequence[dict[str, Any]]) -> History:
    """Return what a learner did, by lesson, of the rows of `progress_in` or `progress_of` as they come in JSON."""
    moment = datetime.fromisoformat
    return {
        row["lesson_id"]: Begun(
            moment(row["started_at"]),
            moment(row["completed_at"]) if row["completed_at"] else None,
            row.get("video_position", 0),
        )
        for row in progress
    }


def progress_in(course: Slot, user: Slot) -> "models.QuerySet[Progress, Any]":
    """Return the learner's progress in all lessons that the course has or had."""
    mine = Progress.objects.filter(user=user, lesson__course=course)
    return mine.values("lesson_id", "started_at", "completed_at", "video_position")


def progress_of(user: Slot | models.OuterRef) -> "models.QuerySet[Progress, Any]":
    """Return when the learner began and completed lessons, of all courses."""
    return Progress.objects.filter(user=user).values("lesson_id", "started_at", "completed_at")
