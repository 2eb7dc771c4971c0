"""When a learner learned: totals by day, and the clock that fills them."""

from datetime import datetime, timedelta

from django.db import models

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.models import Row


class LearningDay(Row):
    """What a learner did on one day of their own calendar.

    The date is that of their time zone when it happened, and stays so when they move: a streak that
    was kept can't be lost to a change of zone. `finished_at` is when the first of its lessons was finished, and `zone`
    the one that made it this date; of days before these were noted neither may be known.
    """

    # Found by the constraint below, which begins with it.
    user = models.ForeignKey(User, models.CASCADE, related_name="learning_days", db_index=False)
    date = models.DateField()
    seconds = models.PositiveIntegerField(default=0)
    lessons = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "date"], name="learning_day_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} on {self.date}"


class ReadingClockQuerySet(models.QuerySet["ReadingClock"]):
    def locked(self, user: User) -> "ReadingClock":
        """Return the learner's clock, locked until the transaction ends; a new one where there is none to lock.

        So beats of two tabs come in one after the other, and each sees when the other came.
        """
        return _clock.first(user=user.pk) or ReadingClock(user=user)


class ReadingClock(models.Model):
    """When a learner was last seen reading. One row a learner, so that two tabs never count twice."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="reading_clock")
    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, related_name="+")
    beat_at = models.DateTimeField(null=True)

    objects = ReadingClockQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id} at {self.beat_at}"

    def beat(self, moment: datetime, *, at_most: timedelta, silence: timedelta) -> int:
        """Take the learner as seen reading at `moment`; return the whole seconds to credit since.

        That is `at_most` however long the wait was, and nothing after a `silence`.
        """
        elapsed = moment - self.beat_at if self.beat_at else timedelta()
        credited = min(elapsed, at_most) if timedelta() < elapsed <= silence else timedelta()
        # The fraction of a second that isn't credited now counts towards the next beat. The clock never
        # goes back: of two web servers, one may be a little behind.
        self.beat_at = max(self.beat_at or moment, moment - timedelta(microseconds=credited.microseconds))
        return credited // timedelta(seconds=1)

    def stop(self) -> None:
        """Stop counting."""
        self.beat_at = None


@compiled
def _clock(user: Slot) -> "models.QuerySet[ReadingClock]":
    return ReadingClock.objects.select_for_update().filter(user=user)
