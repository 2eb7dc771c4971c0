"""What the provider knows. Objects are kept as the JSON that Stripe would answer."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone


class StripeObjectQuerySet(models.QuerySet["StripeObject"]):
    def of(self, kind: str, about: str = "") -> "StripeObjectQuerySet":
        found = self.filter(kind=kind).order_by("-made_at", "-id")
        return found.filter(about=about) if about else found


class StripeObject(models.Model):
    """An object: a checkout session, payment intent, refund, dispute, customer, subscription or invoice."""

    id = models.CharField(primary_key=True, max_length=80)
    kind = models.CharField(max_length=30)
    # The payment intent of a refund or dispute, the subscription of an invoice, the customer of a subscription.
    about = models.CharField(max_length=80, blank=True)
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    # What the provider keeps to itself, such as which card a customer has.
    notes: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    # When something happens to it by itself: the next bill, or the next attempt to collect one.
    due_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    objects = StripeObjectQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["kind", "about", "-made_at"], name="thing_of"),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="thing_due"),
        )

    def __str__(self) -> str:
        return self.id

    def change(self, **fields: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        """Write new values over fields of its JSON."""
        self.data = {**self.data, **fields}
        self.save()

    def note(self, **notes: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        self.notes = {**self.notes, **notes}
        self.save()


class Call(models.Model):
    """A call with an idempotency key, and the object that it was answered with."""

    key = models.CharField(primary_key=True, max_length=255)
    digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """An event, and how it was delivered."""

    id = models.CharField(primary_key=True, max_length=80)
    type = models.CharField(max_length=60)
    # The body as it is sent, each time the same bytes.
    payload = models.TextField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    answered = models.CharField(max_length=120, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.id


class Desk(models.Model):
    """How the provider behaves; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ahead = models.DurationField(default=timedelta)
    # How often each event is sent besides the first time, and whether they come in any order.
    copies = models.PositiveSmallIntegerField(default=0)
    shuffled = models.BooleanField(default=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_desk"),)

    def __str__(self) -> str:
        return f"{self.ahead} ahead"


def desk() -> Desk:
    """Return the one row, made with the first look at it."""
    return Desk.objects.filter(pk=1).first() or Desk.objects.get_or_create(pk=1)[0]


def now() -> datetime:
    """Return the time by the provider's own clock, in whole seconds as Stripe tells it."""
    return (timezone.now() + desk().ahead).replace(microsecond=0)
