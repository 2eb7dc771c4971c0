"""What a lesson was written from."""

from django.db import models

from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.part import Part


class Source(Part):
    """A passage that the text rests on, quoted; `number` is what the text cites it by.

    `page` counts sheets from 1; `page_label` is what is printed on it, where that is something else, such as iv.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="sources")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    page = models.PositiveIntegerField(null=True, blank=True)
    page_label = models.CharField(max_length=20, blank=True)
    quote = models.TextField(blank=True)

    class Meta(Part.Meta):
        abstract = False
        constraints = (
            models.UniqueConstraint(fields=["lesson", "number"], name="source_number_once_a_lesson"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def shown_page(self) -> str:
        """The page as a reader finds it; empty where there is none."""
        return self.page_label or str(self.page or "")
