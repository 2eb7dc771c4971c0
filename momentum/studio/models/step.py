"""The boxes of the workflow, as the progress page shows them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row
from momentum.studio.models.job import Job


class Name(models.TextChoices):
    VALIDATE = "validate", _("Check the request")
    REFERENCES = "references", _("Read the documents")
    OUTLINE = "outline", _("Plan the course")
    BRIEFS = "briefs", _("Outline each lesson")
    LESSONS = "lessons", _("Write the lessons")
    COVER = "cover", _("Create the cover")
    SAVE = "save", _("Save the course as a draft")
    NOTIFY = "notify", _("Notify you")


class Status(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Skipped")


class Step(Row):
    """One box of the workflow for one job. What is done stays done, whatever happens to the worker."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=12, choices=Name)
    position = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    detail = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    Name = Name
    Status = Status

    class Meta:
        ordering = ("job", "position")
        constraints = (
            models.UniqueConstraint(fields=["job", "name"], name="step_once_a_job"),
            models.UniqueConstraint(fields=["job", "position"], name="step_position_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values) & models.Q(name__in=Name.values),
                name="step_choices_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("done", "failed")) | models.Q(finished_at__isnull=False),
                name="step_finished_has_a_moment",
            ),
        )

    def __str__(self) -> str:
        return str(Name(self.name).label)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do in it."""
        return self.status in {Status.DONE, Status.SKIPPED}

    def begin(self) -> None:
        self.status, self.error, self.finished_at = Status.RUNNING, "", None
        self.attempts += 1
        self.started_at = self.started_at or timezone.now()
        self.save()

    def finish(self, detail: str = "", *, skipped: bool = False) -> None:
        self.status = Status.SKIPPED if skipped else Status.DONE
        self.detail, self.error, self.finished_at = detail[:300], "", timezone.now()
        self.save()

    def fail(self, error: str) -> None:
        self.status, self.error, self.finished_at = Status.FAILED, error, timezone.now()
        self.save()

    def reset(self) -> None:
        """Let it be tried again."""
        self.status, self.error, self.finished_at = Status.WAITING, "", None
        self.save()
