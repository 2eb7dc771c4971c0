"""Money that came, and money that went back. All of it mirrors what the provider says."""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.core.models import Row
from momentum.payments.models.order import Order
from momentum.payments.models.subscription import Subscription

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Status(models.TextChoices):
    PENDING = "pending", _("Pending")
    SUCCEEDED = "succeeded", _("Paid")
    FAILED = "failed", _("Failed")
    REFUNDED = "refunded", _("Refunded")
    DISPUTED = "disputed", _("Disputed")


class PaymentQuerySet(models.QuerySet["Payment"]):
    def of(self, user: User) -> "PaymentQuerySet":
        return self.filter(order__user=user).select_related("order").order_by("-created_at")


class Payment(Row):
    """One attempt to pay that reached the bank. Partly refunded ones are still `succeeded`."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    subscription = models.ForeignKey(
        Subscription, models.PROTECT, null=True, blank=True, related_name="payments"
    )
    provider = models.CharField(max_length=12)
    intent = models.CharField(max_length=255)
    invoice = models.CharField(max_length=255, blank=True)
    amount = models.PositiveIntegerField()
    refunded = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    failure = models.CharField(max_length=80, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    # What it paid for, of a subscription.
    period_start = models.DateTimeField(null=True, blank=True)
    period_end = models.DateTimeField(null=True, blank=True)
    # Such as 2026-000017: given once, without gaps, when it succeeds.
    receipt = models.CharField(max_length=20, unique=True, null=True, blank=True)

    Status = Status
    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=["provider", "intent"], name="payment_of_intent"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="payment_status_known"),
            models.CheckConstraint(condition=Q(refunded__lte=F("amount")), name="payment_refunds_fit"),
        )

    def __str__(self) -> str:
        return f"{self.intent} ({self.status})"

    @property
    def is_kept(self) -> bool:
        """Whether it still pays for something."""
        return self.status == Status.SUCCEEDED

    @property
    def left(self) -> int:
        """What of it can still be given back."""
        return self.amount - self.refunded if self.status == Status.SUCCEEDED else 0

    @property
    def is_partly_refunded(self) -> bool:
        return self.is_kept and self.refunded > 0

    def is_used_up_by(self, amount: int) -> bool:
        """Whether nothing of it is left once so much more is given back, and what it pays for ends."""
        return self.refunded + amount >= self.amount

    def on_its_way_back(self) -> int:
        """What was asked to be given back, and the provider hasn't heard of yet."""
        asked = self.refunds.filter(status="requested").order_by().aggregate(all=Sum("amount"))
        return asked["all"] or 0


class RefundQuerySet(models.QuerySet["Refund"]):
    def named(self, text: str) -> "RefundQuerySet":
        """The refund whose id a provider gives back to us; what is no id of ours is nobody's."""
        try:
            return self.filter(pk=UUID(text))
        except ValueError:
            return self.none()


class Refund(Row):
    """Money going back. Asked for here (`requested_by`), by one of `ITSELF`, or at the provider's own desk."""

    # Reasons that nobody types: what happened, and who asked for it.
    WITHDRAWAL, ACCOUNT_GONE = "withdrawal", "account deleted"
    ITSELF: ClassVar = {
        WITHDRAWAL: (_("Withdrawn by learner"), _("Learner")),
        ACCOUNT_GONE: (_("Account deleted before payment arrived"), _("System")),
    }

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    # Empty until the provider has taken it on.
    ref = models.CharField(max_length=255, blank=True)
    amount = models.PositiveIntegerField()
    # The provider's words, and ours before it: "requested", and "refused" where it didn't take it on.
    status = models.CharField(max_length=20, default="requested")
    reason = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RefundQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=["ref"], condition=~Q(ref=""), name="refund_of_provider"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
        )

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment_id} ({self.status})"

    @property
    def why(self) -> "StrOrPromise":
        """Why it was asked for, in words; empty where the provider didn't say."""
        return self.ITSELF[self.reason][0] if self._by_itself else self.reason

    @property
    def asked_by(self) -> "StrOrPromise":
        """Who asked for it, in words."""
        if self._by_itself:
            return self.ITSELF[self.reason][1]
        if self.requested_by is not None:
            return self.requested_by.display_name
        # An administrator has to say why.
        return _("Former administrator") if self.reason else _("In the provider’s dashboard")

    @property
    def _by_itself(self) -> bool:
        return self.requested_by is None and self.reason in self.ITSELF


class Dispute(Row):
    """A learner's bank wants the money back; `status` is in the provider's words."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="disputes")
    ref = models.CharField(max_length=255, unique=True)
    amount = models.PositiveIntegerField()
    status = models.CharField(max_length=40)
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.ref} ({self.status})"


class ReceiptCounter(models.Model):
    """The last receipt number of a year. Its row is locked while one is given out, so there are no gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}-{self.last:06}"

    @classmethod
    def next(cls, year: int) -> str:
        """Return the next number, in a transaction that keeps it."""
        counters = cls.objects.select_for_update(no_key=True)
        counter = counters.filter(pk=year).first()
        if counter is None:
            cls.objects.get_or_create(pk=year)
            counter = counters.get(pk=year)
        counter.last += 1
        counter.save(update_fields=["last"])
        return str(counter)
