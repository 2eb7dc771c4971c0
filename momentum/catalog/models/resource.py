"""Where to read on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.part import Part


class Resource(Part):
    """Something to go on with: a book, a page, a file."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="resources")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("URL"), max_length=500, blank=True)

    def __str__(self) -> str:
        return self.title
