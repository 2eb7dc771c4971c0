"""Enrolments."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.models import Row


class Status(models.TextChoices):
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Finished")
    CANCELLED = "cancelled", _("Left")


class Origin(models.TextChoices):
    FREE = "free", _("Free")
    PURCHASE = "purchase", _("Bought")
    SUBSCRIPTION = "subscription", _("Premium")
    GRANT = "grant", _("Given")


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
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="enrolment_origin_known"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.course_id}"
