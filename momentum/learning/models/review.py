"""Reviews, and the counts on the course that follow from them.

`Course.stars_1` to `stars_5` are kept by the trigger `learning_review_counted` (in the migration that made this
table): whatever inserts, changes or deletes a review, be it an action, a deleted account or a COPY, changes
the counts in the same transaction, and the row lock on the course puts such changes one after the other.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.compiled_queries import Slot
from momentum.core.models import Row

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

TEXT_AT_MOST = 2000
REASON_AT_MOST = 300


class Status(models.TextChoices):
    PENDING = "pending", _("Waiting")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> "ReviewQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def pending(self) -> "ReviewQuerySet":
        return self.filter(status=Status.PENDING)

    def newest(self) -> "ReviewQuerySet":
        return self.order_by("-published_at", "-pk")

    def shown_to(self, user_id: "UUID | Slot | None") -> "ReviewQuerySet":
        """Those that this visitor sees: what is published, and their own first, whatever its state."""
        if user_id is None:
            return self.published().newest()
        own = models.Case(models.When(user_id=user_id, then=0), default=1)
        return self.filter(Q(status=Status.PUBLISHED) | Q(user_id=user_id)).order_by(
            own, "-published_at", "-pk"
        )


class Review(Row):
    """What one learner says about one course. `signed` is the name they chose to say it under, or nothing."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reviews")
    course = models.ForeignKey(Course, models.CASCADE, related_name="reviews")
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=TEXT_AT_MOST)
    signed = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    reason = models.CharField(max_length=REASON_AT_MOST, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    moderated_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # Goes up with each change by its author: a moderator decides about the text that they read.
    version = models.PositiveIntegerField(default=1)

    Status = Status
    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["course", "-published_at"], name="review_of_course"),
            models.Index(fields=["status", "written_at"], name="review_queue"),
        )
        constraints = (
            models.UniqueConstraint(fields=["user", "course"], name="review_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_one_to_five_stars"),
            models.CheckConstraint(condition=~Q(text=""), name="review_says_something"),
            models.CheckConstraint(
                condition=Q(status=Status.PENDING, published_at__isnull=True, reason="")
                | Q(status=Status.PUBLISHED, published_at__isnull=False, reason="")
                | Q(Q(status=Status.HIDDEN, published_at__isnull=True) & ~Q(reason="")),
                name="review_status_agrees",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} on {self.course_id}"

    @property
    def author(self) -> str:
        """The chosen name; without one, a learner like any other."""
        return self.signed or str(_("A learner"))

    def write(self, *, stars: int, text: str, signed: str, at: "datetime") -> None:
        """Say this from now on; it waits until `publish`."""
        self.stars, self.text, self.signed, self.written_at = stars, text, signed, at
        self.version += 1
        self._stand(Status.PENDING)

    def publish(self, at: "datetime", *, by: User | None = None) -> None:
        """Show it to everybody; `by` is who read it, None where nobody had to."""
        self._stand(Status.PUBLISHED, by=by, at=self.published_at or at)

    def hide(self, reason: str, *, by: User) -> None:
        """Show it to nobody but its author, who is told why."""
        self._stand(Status.HIDDEN, by=by, reason=reason)

    def _stand(
        self, status: str, *, by: User | None = None, at: "datetime | None" = None, reason: str = ""
    ) -> None:
        self.status, self.moderated_by, self.published_at, self.reason = status, by, at, reason
        self.save()
