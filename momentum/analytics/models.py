"""Visitors who said that they may be counted; of others nothing is kept (docs/adr/0011)."""

import uuid

from django.db import models

from momentum.accounts.models import User


class Visitor(models.Model):
    """A browser whose owner agreed. The number is the browser's own, made at random, and says nothing about them."""

    id: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField(primary_key=True, editable=False)
    first_on = models.DateField()
    # Whoever signed in there first: it is how a visit is seen to lead to a course.
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["first_on"], name="analytics_visitor_first_on"),)

    def __str__(self) -> str:
        return str(self.id)


class VisitDay(models.Model):
    """A day (UTC) on which a visitor came, however often."""

    id: int
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="days")
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["visitor", "day"], name="analytics_one_visit_a_day"),)
        indexes = (models.Index(fields=["day"], name="analytics_visit_day"),)

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.day}"
