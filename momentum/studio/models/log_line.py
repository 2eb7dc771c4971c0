"""What a job tells about itself, line by line."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row
from momentum.studio.models.job import Job


class Level(models.TextChoices):
    INFO = "info", _("Note")
    WARNING = "warning", _("Warning")
    ERROR = "error", _("Error")


class LogLine(Row):
    """One line of a job's log."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="log")
    at = models.DateTimeField(default=timezone.now)
    level = models.CharField(max_length=8, choices=Level, default=Level.INFO)
    text = models.TextField()
    # The lesson it is about; none is about the whole job.
    day = models.PositiveSmallIntegerField(null=True, blank=True)

    Level = Level

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=["job", "-at"], name="log_job_newest"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="log_level_known"),
        )

    def __str__(self) -> str:
        return self.text
