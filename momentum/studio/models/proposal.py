"""Lessons written again at a reviewer's wish, beside the ones that are there."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row
from momentum.providers.writer import LessonDraft
from momentum.studio.models.job_lesson import JobLesson


class Status(models.TextChoices):
    PENDING = "pending", _("Waiting")
    WRITING = "writing", _("Writing")
    READY = "ready", _("Ready to compare")
    FAILED = "failed", _("Failed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


OPEN = (Status.PENDING, Status.WRITING, Status.READY)


class Proposal(Row):
    """One lesson written again. `base_version` is the version of the lesson it is meant to replace.

    `part` is the section or question that alone is to be replaced, as `domain.lesson_parts` calls it.
    """

    job_lesson = models.ForeignKey(JobLesson, models.CASCADE, related_name="proposals")
    actor = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("what should change"), max_length=1000)
    part = models.CharField(max_length=20, blank=True)
    base_version = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=Status, default=Status.PENDING)
    draft: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True, blank=True
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    Status = Status

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="proposal_status_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("ready", "accepted")) | models.Q(draft__isnull=False),
                name="proposal_ready_has_a_draft",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("accepted", "rejected")) | models.Q(decided_at__isnull=False),
                name="proposal_decided_has_a_moment",
            ),
            models.UniqueConstraint(
                fields=["job_lesson"],
                condition=models.Q(status__in=("pending", "writing", "ready")),
                name="proposal_one_open_a_lesson",
            ),
        )

    def __str__(self) -> str:
        return self.note

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def written_draft(self) -> LessonDraft | None:
        return LessonDraft.model_validate(self.draft) if self.draft else None

    def begin(self) -> None:
        self.status, self.error = Status.WRITING, ""
        self.attempts += 1
        self.save()

    def finish(self, draft: LessonDraft) -> None:
        self.status, self.draft = Status.READY, draft.model_dump(mode="json")
        self.save()

    def fail(self, error: str) -> None:
        self.status, self.error = Status.FAILED, error
        self.save()

    def reset(self) -> None:
        """Let it be tried again."""
        self.status, self.error = Status.PENDING, ""
        self.save()

    def decide(self, *, accepted: bool, by_id: uuid.UUID) -> None:
        self.status = Status.ACCEPTED if accepted else Status.REJECTED
        self.decided_at, self.decided_by_id = timezone.now(), by_id
        self.save()
