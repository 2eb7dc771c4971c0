"""What a lesson holds besides its text has a place among its kind."""

from typing import Any

from django.db import models

from momentum.core.models import Row


class Part(Row):
    """Something that stands at a place in a lesson."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position", "id")


class Present(models.Manager["Any"]):
    """Those that are there. What was removed while learners were still shown it stays for them, and for their data."""

    def get_queryset(self) -> "models.QuerySet[Any]":
        return super().get_queryset().filter(removed=False)
