"""What to do today."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.part import Part, Present


class ActionItem(Part):
    """Something to do today. Learners tick it, so it keeps its id when the text is edited."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="action_items")
    text = models.CharField(_("text"), max_length=400)
    note = models.CharField(_("note"), max_length=400, blank=True)
    removed = models.BooleanField(default=False, editable=False)

    objects = Present()
    everything = models.Manager["ActionItem"]()

    def __str__(self) -> str:
        return self.text
