"""What a learner has done in a lesson."""

from datetime import datetime

from django.db import models

from momentum.accounts.models import User
from momentum.catalog.models import ActionItem, Lesson
from momentum.core.models import Row


class ProgressQuerySet(models.QuerySet["Progress"]):
    def completed(self) -> "ProgressQuerySet":
        return self.filter(completed_at__isnull=False)


class Progress(Row):
    """One learner and one lesson. `seconds` is visible time, credited by the server."""

    user = models.ForeignKey(User, models.CASCADE, related_name="progress")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="progress")
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    video_position = models.PositiveIntegerField(default=0)
    positioned_at = models.DateTimeField(null=True, blank=True)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "-completed_at"], name="progress_recent"),)
        constraints = (
            models.UniqueConstraint(fields=["user", "lesson"], name="progress_once"),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True)
                | models.Q(completed_at__gte=models.F("started_at")),
                name="progress_completed_after_started",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.lesson_id}"

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    def complete(self, moment: datetime) -> bool:
        """Mark it complete; return whether it wasn't before."""
        if self.completed_at is not None:
            return False
        self.completed_at = max(moment, self.started_at)
        self.save(update_fields=["completed_at", "updated_at"])
        return True


class Tick(Row):
    """An action item that a learner has done."""

    user = models.ForeignKey(User, models.CASCADE, related_name="ticks")
    action_item = models.ForeignKey(ActionItem, models.CASCADE, related_name="ticks")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "action_item"], name="tick_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} ticked {self.action_item_id}"
