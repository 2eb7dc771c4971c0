"""Who had a generated lesson on the screen, and for how long."""

from datetime import datetime

from django.db import models

from momentum.core.models import Row
from momentum.studio.models.job_lesson import JobLesson


class LessonReading(Row):
    """One reviewer's time with one lesson; `seconds` leaves out when nobody was at work on it."""

    job_lesson = models.ForeignKey(JobLesson, models.CASCADE, related_name="readings")
    reviewer = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    last_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("job_lesson", "created_at")
        constraints = (
            models.UniqueConstraint(fields=["job_lesson", "reviewer"], name="reading_once_a_reviewer"),
        )

    def __str__(self) -> str:
        return f"{self.job_lesson_id}: {self.seconds} s"

    def go_on(self, at: datetime, longest: int) -> None:
        """Count the time since the last sign of them, unless that was more than `longest` seconds ago."""
        gap = int((at - self.last_at).total_seconds())
        if 0 <= gap <= longest:
            self.seconds += gap
        if gap >= 0:
            self.last_at = at
            self.save(update_fields=["seconds", "last_at", "updated_at"])
