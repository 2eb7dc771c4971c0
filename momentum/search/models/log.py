"""What was looked for: kept for thirteen months, without anything that tells anonymous visitors apart."""

import uuid

from django.db import models
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course


class Search(models.Model):
    """A result page that somebody looked at. The browser makes the id, so telling us twice is telling us once."""

    id: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    # Who, where they were signed in; of others nothing is kept.
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=100)
    # What was shown instead, where the text itself found nothing.
    corrected = models.CharField(max_length=200, blank=True)
    # The rest of the address: facets, as a query string.
    filters = models.CharField(max_length=1000, blank=True)
    found = models.PositiveIntegerField()

    class Meta:
        indexes = (
            models.Index(fields=["at", "text"], name="search_at_text"),
            models.Index(fields=["user", "at"], name="search_user_at"),
        )

    def __str__(self) -> str:
        return self.text


class Click(models.Model):
    """A result that was opened from a result page, once a course."""

    search = models.ForeignKey(Search, models.CASCADE, related_name="clicks")
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    # From 1, over all pages.
    position = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["search", "course"], name="search_click_once"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="search_click_position_from_1"),
        )

    def __str__(self) -> str:
        return f"{self.position}"


class Phrase(models.Model):
    """A query that enough people made, offered to the next while typing; counted anew every night."""

    text = models.CharField(max_length=100, primary_key=True)
    searches = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=["text"], name="search_phrase_start", opclasses=["text_pattern_ops"]),)

    def __str__(self) -> str:
        return self.text
