"""Generation jobs: one run of the course-writing workflow."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models import Category, Course, Level
from momentum.core.models import Row
from momentum.providers.writer import EXTRACTIVE, CourseRequest

if TYPE_CHECKING:
    from momentum.accounts.models import User


class Status(models.TextChoices):
    PREPARED = "prepared", _("Ready to start")
    QUEUED = "queued", _("Queued")
    OUTLINED = "outlined", _("Outline to approve")
    RUNNING = "running", _("Running")
    READY = "ready", _("Ready for review")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Tier(models.TextChoices):
    FINAL = "final", _("Final")
    DRAFT = "draft", _("Draft")


IN_FLIGHT = (Status.QUEUED, Status.RUNNING)
# They wait for a person: with the documents read, or with the outline made.
PAUSED = (Status.PREPARED, Status.OUTLINED)


MOST_DAYS = 60


class JobQuerySet(models.QuerySet["Job"]):
    def in_flight(self) -> "JobQuerySet":
        return self.filter(status__in=IN_FLIGHT)

    def asking_for(self, fingerprint: str) -> "JobQuerySet":
        """Those that were asked for the very same thing."""
        return self.filter(fingerprint=fingerprint)

    def by_on(self, actor: "User", day: datetime) -> "JobQuerySet":
        """What this person had begun on the UTC day of `day` and counts against the limit."""
        midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
        of_day = self.filter(asked_at__gte=midnight, asked_at__lt=midnight + timedelta(days=1))
        return of_day.filter(actor=actor, counted=True)

    def with_people(self) -> "JobQuerySet":
        """Each with who started it, its category and its course."""
        return self.select_related("actor", "category", "course")

    def newest(self) -> "JobQuerySet":
        return self.order_by("-number")


class Job(Row):
    """One run of the course-writing workflow.

    `attempt` goes up with each resume: a workflow that belongs to an older one stops at its next step.
    `language` is empty until the references have been read, where theirs was asked for.

    `asked_at` is when it was asked to be written; null while its documents are only looked at. It waits for a person
    after reading them where `look_first`, and after planning where `outline_first`; each is put down when they let it
    go on. `approved_micros` is what they were told that it may cost, in millionths of a US dollar.
    """

    number = models.PositiveIntegerField(unique=True, editable=False)
    actor = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="generation_jobs", editable=False
    )
    title = models.CharField(_("title"), max_length=160, blank=True)
    topic = models.TextField(_("topic"), max_length=4000, blank=True)
    audience = models.CharField(_("audience"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.BEGINNER)
    language = models.CharField(_("language"), max_length=12, blank=True)
    tone = models.CharField(_("tone"), max_length=120, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), default=7)
    # Whether they are as many as the documents make, which is known once those are read.
    days_open = models.BooleanField(default=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    tier = models.CharField(_("model tier"), max_length=8, choices=Tier, default=Tier.FINAL)
    writer = models.CharField(_("writer"), max_length=200)
    fingerprint = models.CharField(max_length=64, editable=False)
    # The shell's jobs don't use up what an administrator may start in a day.
    counted = models.BooleanField(default=True)
    free_preview = models.BooleanField(_("first day free"), default=True)
    look_first = models.BooleanField(default=False)
    outline_first = models.BooleanField(_("approve the outline first"), default=False)
    outline_edits = models.PositiveIntegerField(default=0)
    approved_micros = models.PositiveBigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=1)
    outline: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True, blank=True
    )
    course = models.ForeignKey(Course, models.SET_NULL, null=True, blank=True, related_name="generation_jobs")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_note = models.CharField(max_length=1000, blank=True)
    cancel_requested = models.BooleanField(default=False)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    Status = Status
    Tier = Tier
    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        indexes = (models.Index(fields=["actor", "asked_at"], name="job_actor_asked"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values)
                & models.Q(tier__in=Tier.values)
                & models.Q(level__in=Level.values),
                name="job_choices_known",
            ),
            models.CheckConstraint(condition=models.Q(days__gte=1, days__lte=60), name="job_days_1_to_60"),
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | models.Q(rating__gte=1, rating__lte=5),
                name="job_rating_1_to_5",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=(*PAUSED, *IN_FLIGHT)) | models.Q(finished_at__isnull=False),
                name="job_finished_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.FAILED) | ~models.Q(error=""), name="job_failed_says_why"
            ),
            # An identical request in flight is joined, never run beside the first.
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=models.Q(status__in=("queued", "running")),
                name="job_once_in_flight",
            ),
        )

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        """The title that was asked for, or the one the writer chose, or what it is about."""
        chosen = str((self.outline or {}).get("title") or "")
        return self.title or chosen or self.topic[:80] or str(_("Untitled course"))

    @property
    def shown_writer(self) -> str:
        """Who writes: the model's name, or what the writer without one is called."""
        return str(_("Built-in writer")) if self.writer == EXTRACTIVE else self.writer

    @property
    def shown_status(self) -> str:
        """What it has come to, in words: a course that was let out no longer waits for its review."""
        if self.status != Status.READY:
            return str(Status(self.status).label)
        if self.course is None:
            return str(_("Course deleted"))
        if self.course.status == Course.Status.DRAFT and self.course.published_at is None:
            return str(_("Ready for review"))
        return str(Course.Status(self.course.status).label)

    @property
    def is_in_flight(self) -> bool:
        return self.status in IN_FLIGHT

    @property
    def is_paused(self) -> bool:
        """Whether it waits for a person to let it go on."""
        return self.status in PAUSED

    @property
    def can_cancel(self) -> bool:
        return self.is_in_flight or self.is_paused

    @property
    def can_resume(self) -> bool:
        return self.status in {Status.FAILED, Status.CANCELLED}

    @property
    def can_change(self) -> bool:
        """Whether what is asked for may still be changed."""
        return self.status == Status.PREPARED or self.can_resume

    @property
    def workflow_id(self) -> str:
        """The id of the durable run of this attempt."""
        return f"studio.generate/{self.id}/{self.attempt}"

    def request(self) -> CourseRequest:
        """Return what was asked for, as writers take it."""
        return CourseRequest(
            title=self.title,
            topic=self.topic,
            audience=self.audience,
            level=self.level,
            language=self.language,
            tone=self.tone,
            days=self.days,
            category=self.category.name,
        )

    def is_current(self) -> bool:
        """Ask the database whether this attempt still goes on: nobody has cancelled it since it was read."""
        return Job.objects.in_flight().filter(pk=self.pk, attempt=self.attempt).exists()

    def note(self, text: str, level: str = "info", *, day: int | None = None) -> None:
        """Add a line to the log, about the lesson of `day` where it is about one."""
        self.log.create(text=text, level=level, day=day)

    def begin(self) -> None:
        """Say that a worker has taken it up."""
        self.status = Status.RUNNING
        self.started_at = self.started_at or timezone.now()
        self.save(update_fields=["status", "started_at", "updated_at"])

    def pause(self, status: str) -> None:
        """Wait for a person: `prepared` or `outlined`."""
        self.status = status
        self.save(update_fields=["status", "updated_at"])

    def finish(self) -> None:
        """Say that its course waits for review."""
        self.status, self.finished_at = Status.READY, timezone.now()
        self.error_code = self.error = ""
        self.save(update_fields=["status", "finished_at", "error_code", "error", "updated_at"])

    def fail(self, *, code: str, error: str) -> None:
        """Say why it can't go on."""
        self.status, self.finished_at = Status.FAILED, timezone.now()
        self.error_code, self.error = code, error
        self.save(update_fields=["status", "finished_at", "error_code", "error", "updated_at"])

    def cancel(self) -> None:
        """Stop it before its next step."""
        self.status, self.finished_at, self.cancel_requested = Status.CANCELLED, timezone.now(), True
        self.save(update_fields=["status", "finished_at", "cancel_requested", "updated_at"])

    def resume(self) -> None:
        """Queue it again, as a new attempt that goes on with what is there."""
        self.status, self.finished_at, self.cancel_requested = Status.QUEUED, None, False
        self.error_code = self.error = ""
        self.attempt += 1
        self.save(
            update_fields=[
                "status",
                "finished_at",
                "cancel_requested",
                "error_code",
                "error",
                "attempt",
                "updated_at",
            ]
        )
