"""The video of a lesson, or the one that introduces a course."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models.course import Course
from momentum.catalog.models.lesson import Lesson
from momentum.core.models import Row


class Video(Row):
    """What is filmed of a lesson, or of a course as its introduction.

    `captions` are in its language, where somebody or something wrote them. `chapters` are `{"at": seconds, "title": …}`
    in order; `renditions` are the same video in other sizes, `{"file": name, "height": lines}`. `generated_by` is who
    made it, such as "local" or "heygen"; empty for one that a person uploaded.
    """

    lesson = models.OneToOneField(Lesson, models.CASCADE, null=True, blank=True, related_name="video")
    course = models.OneToOneField(Course, models.CASCADE, null=True, blank=True, related_name="intro_video")
    file = models.FileField(_("video"), max_length=200, storage=default_storage)
    media_type = models.CharField(max_length=20)
    captions = models.FileField(_("captions"), max_length=200, blank=True, storage=default_storage)
    poster = models.FileField(_("poster"), max_length=200, blank=True, storage=default_storage)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    width = models.PositiveSmallIntegerField(null=True, blank=True)
    height = models.PositiveSmallIntegerField(null=True, blank=True)
    chapters: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        default=list, blank=True
    )
    renditions: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        default=list, blank=True
    )
    generated_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(lesson__isnull=True) ^ models.Q(course__isnull=True),
                name="video_of_a_lesson_or_a_course",
            ),
        )

    def __str__(self) -> str:
        return f"Video of {self.lesson_id or self.course_id}"

    @property
    def names(self) -> list[str]:
        """The stored files."""
        own = (self.file.name, self.captions.name, self.poster.name)
        return [str(name) for name in (*own, *(made["file"] for made in self.renditions)) if name]
