"""What a lesson was written from."""

from django.db import models

from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.part import Part
from momentum.providers.documents.places import UNITS, place


class Source(Part):
    """A passage that the text rests on, quoted; `number` is what the text cites it by.

    `page` counts sheets from 1; `page_label` is what is printed on it, where that is something else, such as iv.
    Where a document has no pages, `page_unit` is what people look up in their place, and `page_label` which.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="sources")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    page = models.PositiveIntegerField(null=True, blank=True)
    page_label = models.CharField(max_length=60, blank=True)
    page_unit = models.CharField(max_length=10, default="page", db_default="page")
    quote = models.TextField(blank=True)

    class Meta(Part.Meta):
        abstract = False
        constraints = (
            models.UniqueConstraint(fields=["lesson", "number"], name="source_number_once_a_lesson"),
            models.CheckConstraint(condition=models.Q(page_unit__in=UNITS), name="source_page_unit_known"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def shown_page(self) -> str:
        """The page as a reader finds it; empty where there is none."""
        return self.page_label or str(self.page or "")

    @property
    def shown_place(self) -> str:
        """Where it stands, as in "page 3" or "slide 4"; empty where nothing is known."""
        return place(self.page_unit, self.shown_page)
