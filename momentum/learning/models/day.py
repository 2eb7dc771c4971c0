"""When a learner learned: totals by day, and the clock that fills them."""

from django.db import models

from momentum.accounts.models import User
from momentum.catalog.models import Lesson
from momentum.core.models import Row


class LearningDay(Row):
    """What a learner did on one day of their own calendar.

    The date is that of their time zone when it happened, and stays so when they move: a streak that
    was kept can't be lost to a change of zone.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="learning_days")
    date = models.DateField()
    seconds = models.PositiveIntegerField(default=0)
    lessons = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "date"], name="learning_day_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} on {self.date}"


class ReadingClock(models.Model):
    """When a learner was last seen reading. One row a learner, so that two tabs never count twice."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="reading_clock")
    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, related_name="+")
    beat_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} at {self.beat_at}"
