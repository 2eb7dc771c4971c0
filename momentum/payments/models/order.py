"""What somebody set out to buy. An order is there before the provider hears of it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.models import Row
from momentum.payments.models.coupon import Coupon
from momentum.payments.models.subscription import Plan

# What the law of the EU gives consumers.
WITHDRAWAL = timedelta(days=14)


class Kind(models.TextChoices):
    COURSE = "course", _("Course")
    PREMIUM = "premium", _("Premium")


class Status(models.TextChoices):
    OPEN = "open", _("Awaiting payment")
    PENDING = "pending", _("Processing")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Payment failed")
    EXPIRED = "expired", _("Not paid")
    # The provider's answer doesn't agree with what was ordered: nothing is given until a person has looked.
    PROBLEM = "problem", _("Under review")


class OrderQuerySet(models.QuerySet["Order"]):
    def named(self, text: str) -> "OrderQuerySet":
        """The order whose id a provider gives back to us; what is no id of ours is nobody's."""
        try:
            return self.filter(pk=UUID(text))
        except ValueError:
            return self.none()

    def waiting(self) -> "OrderQuerySet":
        """Those that may still be paid."""
        return self.filter(status__in=(Status.OPEN, Status.PENDING))

    def of(self, user: User) -> "OrderQuerySet":
        found = self.filter(user=user).select_related("course", "plan", "subscription")
        return found.prefetch_related("payments").order_by("-created_at")


class Order(Row):
    """One thing for one learner, at the price of the moment it was ordered. Amounts in minor units."""

    # Accounts may be deleted; what was paid stays, without a name.
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="orders")
    kind = models.CharField(max_length=8, choices=Kind)
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="orders")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="orders")
    title = models.CharField(max_length=160)
    list_amount = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    coupon = models.ForeignKey(Coupon, models.PROTECT, null=True, blank=True, related_name="orders")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    provider = models.CharField(max_length=12)
    session_id = models.CharField(max_length=255, blank=True)
    session_url = models.TextField(blank=True)
    session_expires_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    # What didn't agree, for the people who look into it.
    problem = models.CharField(max_length=200, blank=True)
    # When the learner declared that they withdraw from the contract.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # How often an answer of the provider's was applied to it (`asking`).
    revision = models.PositiveIntegerField(default=0, editable=False)

    Status = Status
    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Status.values), name="order_status_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.COURSE, course__isnull=False, plan__isnull=True)
                | Q(kind=Kind.PREMIUM, course__isnull=True, plan__isnull=False),
                name="order_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(amount__lte=models.F("list_amount"), currency__regex="^[A-Z]{3}$"),
                name="order_amount_makes_sense",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PAID) | Q(paid_at__isnull=False), name="order_paid_has_a_date"
            ),
            models.UniqueConstraint(
                fields=["user", "course"],
                condition=Q(status__in=("open", "pending"), kind="course"),
                name="one_waiting_order_per_course",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status__in=("open", "pending"), kind="premium"),
                name="one_waiting_order_for_premium",
            ),
            models.UniqueConstraint(
                fields=["provider", "session_id"], condition=~Q(session_id=""), name="order_of_session"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.status})"

    @property
    def mode(self) -> str:
        """What the provider calls this way of paying."""
        return "subscription" if self.kind == Kind.PREMIUM else "payment"

    @property
    def discount(self) -> int:
        return self.list_amount - self.amount

    @property
    def asked(self) -> int:
        """What its payment page asks for, before codes of the provider's own; `amount` is what is paid in the end."""
        return self.amount if self.coupon_id else self.list_amount

    @property
    def is_waiting(self) -> bool:
        return self.status in {Status.OPEN, Status.PENDING}

    @property
    def withdrawal_ends_at(self) -> datetime | None:
        """Until when the learner may withdraw from the contract; None where nothing was paid."""
        if self.status != Status.PAID or self.paid_at is None or not self.amount:
            return None
        return self.paid_at + WITHDRAWAL

    def standing(self) -> str:
        """Say how things stand now: `withdrawn`, `refunded`, `disputed`, `ended` (of premium), or its status."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.status != Status.PAID:
            return self.status
        subscription = getattr(self, "subscription", None)
        if subscription is not None and subscription.ended_at is not None:
            return "ended"
        # The latest tells for a subscription, the only one for a course.
        paid = max(self.payments.all(), key=lambda one: one.created_at, default=None)
        return paid.status if paid is not None and paid.status in {"refunded", "disputed"} else self.status

    def may_be_withdrawn(self, now: datetime | None = None) -> bool:
        until = self.withdrawal_ends_at
        return until is not None and self.withdrawn_at is None and (now or timezone.now()) < until

    def become(self, status: str, **fields: object) -> None:
        """Change the status, and fields that go with it."""
        self.status = Status(status)
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=["status", *fields, "updated_at"])


class Customer(Row):
    """What a provider calls a learner."""

    user = models.ForeignKey(User, models.CASCADE, related_name="customers")
    provider = models.CharField(max_length=12)
    ref = models.CharField(max_length=255)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "provider"], name="one_customer_per_provider"),
        )

    def __str__(self) -> str:
        return self.ref
