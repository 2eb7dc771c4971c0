"""A lesson's video."""

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models.lesson import Lesson
from momentum.core.models import Row


class Video(Row):
    """What is filmed of a lesson, with captions in its language where somebody wrote them."""

    lesson = models.OneToOneField(Lesson, models.CASCADE, related_name="video")
    file = models.FileField(_("video"), max_length=200, storage=default_storage)
    media_type = models.CharField(max_length=20)
    captions = models.FileField(_("captions"), max_length=200, blank=True, storage=default_storage)

    def __str__(self) -> str:
        return f"Video of {self.lesson_id}"

    @property
    def names(self) -> list[str]:
        """The stored files."""
        return [str(name) for name in (self.file.name, self.captions.name) if name]
