"""What changed in a published course for those who had read it before."""

from typing import Any

from django.db import models
from django.utils import timezone

from momentum.catalog.models.course import Course
from momentum.catalog.models.lesson import Lesson
from momentum.core.models import Row


class CourseUpdate(Row):
    """A change to what learners read, let out at a moment. `reason`: what it follows, such as a document's title."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="updates")
    published_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-published_at",)

    def __str__(self) -> str:
        return f"{self.course_id} at {self.published_at}"


class LessonUpdate(Row):
    """What of it happened in one lesson.

    `changes` are its parts in their order, each with its `state` ("changed", "added", "removed", "checks"), and where
    it is a text, what it says now (`text`) or said before (`was`). Corrected page numbers aren't among them.
    """

    update = models.ForeignKey(CourseUpdate, models.CASCADE, related_name="lessons")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="updates")
    changes: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField()

    class Meta:
        ordering = ("update", "lesson__day")
        constraints = (models.UniqueConstraint(fields=["update", "lesson"], name="lesson_update_once"),)

    def __str__(self) -> str:
        return f"{self.lesson_id} in {self.update_id}"
