"""Enrolments."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.core.models import Row


class Status(models.TextChoices):
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Left")


class Origin(models.TextChoices):
    FREE = "free", _("Free")
    PURCHASE = "purchase", _("Purchased")
    SUBSCRIPTION = "subscription", _("Premium")
    GRANT = "grant", _("Granted")


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def current(self) -> "EnrolmentQuerySet":
        """Those that give access: active and finished."""
        return self.exclude(status=Status.CANCELLED)


class Enrolment(Row):
    """One learner's place in one course; leaving and coming back keeps the row and the progress."""

    user = models.ForeignKey(User, models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.FREE)
    enrolled_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    # When it was taken away, by a refund for instance; the learner can't come back by themselves then.
    taken_at = models.DateTimeField(null=True, blank=True)

    Status = Status
    Origin = Origin
    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ("-enrolled_at",)
        constraints = (
            models.UniqueConstraint(fields=["user", "course"], name="enrolment_once"),
            models.CheckConstraint(
                condition=models.Q(status=Status.ACTIVE, completed_at__isnull=True)
                | models.Q(status=Status.COMPLETED, completed_at__isnull=False)
                | models.Q(status=Status.CANCELLED),
                name="enrolment_status_agrees_with_dates",
            ),
            models.CheckConstraint(
                condition=models.Q(origin__in=Origin.values), name="enrolment_origin_known"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True) | models.Q(status=Status.CANCELLED),
                name="enrolment_taken_is_none",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.course_id}"

    @property
    def is_finished(self) -> bool:
        return self.status == Status.COMPLETED

    @property
    def may_be_resumed(self) -> bool:
        """Whether who left may come back without paying: it was bought or given, and not taken away since."""
        return self.origin in {Origin.PURCHASE, Origin.GRANT} and self.taken_at is None

    def lessons_left(self) -> "models.QuerySet[Lesson]":
        """The lessons they are shown that the learner hasn't completed, in order."""
        done = Q(progress__user_id=self.user_id, progress__completed_at__isnull=False)
        published = Lesson.objects.published().filter(course_id=self.course_id)
        if kept := self.course.kept:
            published = Lesson.everything.filter(pk__in=kept.lesson_ids)
        return published.exclude(pk__in=published.filter(done).values("pk")).order_by("day")

    def cancel(self) -> None:
        """Give up the place; progress is kept elsewhere and stays."""
        self.status = Status.CANCELLED
        self.save(update_fields=["status", "updated_at"])

    def keep(self, origin: str) -> None:
        """Have the place by this origin from now on, come back to it where it was given up or taken."""
        self.origin, self.taken_at = origin, None
        if self.status == Status.CANCELLED:
            self.status = Status.COMPLETED if self.completed_at else Status.ACTIVE
        self.save(update_fields=["origin", "taken_at", "status", "updated_at"])

    def lose(self, moment: datetime) -> None:
        """Lose the place, until it is bought or given again."""
        self.status, self.taken_at = Status.CANCELLED, moment
        self.save(update_fields=["status", "taken_at", "updated_at"])

    def complete(self, moment: datetime) -> None:
        """Finish the course."""
        self.status, self.completed_at = Status.COMPLETED, moment
        self.save(update_fields=["status", "completed_at", "updated_at"])
