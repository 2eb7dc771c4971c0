"""The lessons of a job, from brief to draft."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models import Lesson
from momentum.core.models import Row
from momentum.providers.writer import LessonBrief, LessonDraft
from momentum.studio.models.job import Job


class Status(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WRITING = "writing", _("Writing")
    DONE = "done", _("Written")
    FAILED = "failed", _("Failed")


class JobLessonQuerySet(models.QuerySet["JobLesson"]):
    def light(self) -> "JobLessonQuerySet":
        """Without the texts, for lists."""
        return self.defer("brief", "draft")


class JobLesson(Row):
    """One day of a job. `draft` is what its text in the catalogue was made of, sentence by sentence."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="lessons")
    day = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    brief: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    draft: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True, blank=True
    )
    words = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    lesson = models.OneToOneField(
        Lesson, models.SET_NULL, null=True, blank=True, related_name="written_by_job"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    Status = Status
    objects = JobLessonQuerySet.as_manager()

    class Meta:
        ordering = ("job", "day")
        constraints = (
            models.UniqueConstraint(fields=["job", "day"], name="job_lesson_one_a_day"),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="job_lesson_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(day__gte=1, day__lte=60), name="job_lesson_day_1_to_60"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.DONE) | models.Q(draft__isnull=False),
                name="job_lesson_done_has_a_draft",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def written_brief(self) -> LessonBrief:
        return LessonBrief.model_validate(self.brief)

    def written_draft(self) -> LessonDraft | None:
        return LessonDraft.model_validate(self.draft) if self.draft else None

    def begin(self) -> None:
        self.status, self.error, self.finished_at = Status.WRITING, "", None
        self.attempts += 1
        self.started_at = timezone.now()
        self.save()

    def finish(self, draft: LessonDraft) -> None:
        """Keep the draft."""
        self.take(draft)
        self.status, self.error, self.finished_at = Status.DONE, "", timezone.now()
        self.save()

    def take(self, draft: LessonDraft) -> None:
        """Put this draft in the place of the one that is there."""
        self.draft = draft.model_dump(mode="json")
        self.title = draft.title[:160]
        self.words = draft.words
        self.save()

    def fail(self, error: str) -> None:
        self.status, self.error, self.finished_at = Status.FAILED, error, timezone.now()
        self.save()

    def reset(self) -> None:
        """Let it be tried again."""
        self.status, self.error, self.finished_at = Status.WAITING, "", None
        self.save()
