"""A payment that is on its way: the course page says so, and sells nothing twice."""

from django.db import models

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.models import Row


class AwaitedPayment(Row):
    """That the bank has yet to send what a learner pays for a course, or for premium where `course` is empty.

    Its order is known by its id alone: orders live above.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, models.CASCADE, null=True, blank=True, related_name="+")
    order = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"order {self.order}"
