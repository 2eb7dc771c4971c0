"""New versions of references, and what each proposes to change in the course."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row
from momentum.studio.models.job_lesson import JobLesson
from momentum.studio.models.reference import Reference

if TYPE_CHECKING:
    from momentum.accounts.models import User


class Status(models.TextChoices):
    READING = "reading", _("Being read")
    READY = "ready", _("Compared")
    FAILED = "failed", _("Couldn’t be used")


class Revision(Row):
    """A new version of a reference. `replaces` is the version that it was held against.

    `pages` says what became of each page, as `domain.document_versions.PageChange`; `lessons` how many sentences of
    each day are still said, stand on another page, say something else or are lost.
    """

    reference = models.OneToOneField(Reference, models.CASCADE, related_name="revision")
    replaces = models.ForeignKey(Reference, models.CASCADE, related_name="revisions")
    actor: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+"
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.READING)
    error = models.TextField(blank=True)
    pages: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list)
    lessons: "models.JSONField[list[dict[str, int]], list[dict[str, int]]]" = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True, blank=True)

    Status = Status

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="revision_status_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="failed") | ~models.Q(error=""), name="revision_failed_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference_id} for {self.replaces_id}"

    @property
    def workflow_id(self) -> str:
        """The id of the durable run that reads and compares it."""
        return f"studio.compare_version/{self.id}"

    def finish(self, *, pages: list[dict[str, Any]], lessons: list[dict[str, int]]) -> None:
        """Keep what was found."""
        self.status, self.error, self.pages, self.lessons = Status.READY, "", pages, lessons
        self.finished_at = timezone.now()
        self.save()

    def fail(self, error: str) -> None:
        """Say why it can't be used; the version before stays the one that courses are written from."""
        self.status, self.error, self.finished_at = Status.FAILED, error, timezone.now()
        self.save()


class Kind(models.TextChoices):
    SENTENCE = "sentence", _("Text")
    INSERTION = "insertion", _("New text")
    KEY_POINT = "key_point", _("Key point")
    ACTION_ITEM = "action_item", _("To do")
    QUESTION = "question", _("Self-check")
    PLACES = "places", _("Page numbers")


class Decision(models.TextChoices):
    OPEN = "open", _("To decide")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    # Another version came before anybody decided.
    SUPERSEDED = "superseded", _("Superseded")


class LessonChange(Row):
    """One change that a revision proposes in a lesson; `domain.lesson_changes.Proposed` says what `old` and `new` hold.

    `released_at` is when learners got it.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="changes")
    job_lesson = models.ForeignKey(JobLesson, models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    old: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(null=True)
    new: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(null=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    Kind = Kind
    Decision = Decision

    class Meta:
        ordering = ("revision", "job_lesson__day", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["revision", "job_lesson", "position"], name="lesson_change_position_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values, decision__in=Decision.values),
                name="lesson_change_choices_known",
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=("open", "superseded")) | models.Q(decided_at__isnull=False),
                name="lesson_change_decided_has_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.job_lesson_id}"

    def decide(self, *, accepted: bool, by_id: uuid.UUID) -> None:
        self.decision = Decision.ACCEPTED if accepted else Decision.DECLINED
        self.decided_at, self.decided_by_id = timezone.now(), by_id
        self.save(update_fields=["decision", "decided_at", "decided_by", "updated_at"])
