"""Premium: what it costs, and who has it for how long."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.core.models import Row
from momentum.providers.payments import GOOD, LATE

if TYPE_CHECKING:
    from momentum.payments.models.order import Order


class Interval(models.TextChoices):
    MONTH = "month", _("monthly")
    YEAR = "year", _("yearly")


class Plan(Row):
    """A price of premium. Who subscribed keeps the price they subscribed at."""

    interval = models.CharField(_("billing period"), max_length=5, choices=Interval, unique=True)
    amount = models.PositiveIntegerField(_("price"))
    currency = models.CharField(_("currency"), max_length=3)
    active = models.BooleanField(_("for sale"), default=True)

    class Meta:
        ordering = ("interval",)
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0, currency__regex="^[A-Z]{3}$"), name="plan_has_a_price"
            ),
            models.CheckConstraint(condition=Q(interval__in=Interval.values), name="plan_interval_known"),
        )

    def __str__(self) -> str:
        return f"Premium, {self.get_interval_display()}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def running(self) -> "SubscriptionQuerySet":
        return self.filter(ended_at__isnull=True)


class Subscription(Row):
    """A subscription as the provider last told it; `status` is in its words."""

    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="subscriptions")
    order: "models.OneToOneField[Order, Order]" = models.OneToOneField(
        "payments.Order", models.PROTECT, related_name="subscription"
    )
    provider = models.CharField(max_length=12)
    ref = models.CharField(max_length=255)
    customer = models.CharField(max_length=255)
    status = models.CharField(max_length=30)
    interval = models.CharField(max_length=5, choices=Interval)
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    cancel_at_period_end = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    # While a bill can't be collected: until when premium goes on all the same.
    grace_until = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=["provider", "ref"], name="subscription_of_provider"),
            models.CheckConstraint(
                condition=Q(period_start__lt=models.F("period_end")), name="subscription_period_goes_forward"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} ({self.status})"

    def gives_premium(self, now: datetime) -> bool:
        """Whether it is paid for, or late by no more than the grace that everybody has; one that ended is neither."""
        late = self.status in LATE and self.grace_until is not None and now < self.grace_until
        if not (self.status in GOOD or late):
            return False
        # What was given back, or is disputed, is not paid for.
        last = self.payments.order_by("-paid_at", "-created_at").first()
        return last is None or last.is_kept


class Membership(Row):
    """That a learner has premium because they pay for it; where an administrator gave it, there is none of these."""

    user = models.OneToOneField(User, models.CASCADE, related_name="membership")
    began_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"premium of {self.user_id}"
