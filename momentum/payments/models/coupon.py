"""Coupons. How often one was used is counted in its own row, in the transaction that uses it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.models import Row
from momentum.providers.payments.currencies import step

if TYPE_CHECKING:
    from momentum.payments.models.order import Order


class Coupon(Row):
    """So many percent, or an amount in one currency, off the price of a course.

    Without `courses` it is good for all of them. `uses` are orders that hold it or were paid with it; one that
    isn't paid gives its use back.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    percent = models.PositiveSmallIntegerField(_("percent off"), null=True, blank=True)
    amount = models.PositiveIntegerField(_("amount off"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    max_uses = models.PositiveIntegerField(_("usage limit"), null=True, blank=True)
    uses = models.PositiveIntegerField(default=0, editable=False)
    starts_at = models.DateTimeField(_("valid from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    active = models.BooleanField(_("active"), default=True)
    courses = models.ManyToManyField(Course, blank=True, related_name="coupons", verbose_name=_("courses"))

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(code__regex="^[A-Z0-9_-]{3,40}$"), name="coupon_code_readable"
            ),
            models.CheckConstraint(
                condition=Q(
                    percent__isnull=False, percent__gte=1, percent__lte=100, amount__isnull=True, currency=""
                )
                | Q(percent__isnull=True, amount__isnull=False, amount__gte=1, currency__regex="^[A-Z]{3}$"),
                name="coupon_percent_or_amount",
            ),
            models.CheckConstraint(
                condition=Q(max_uses__isnull=True) | Q(uses__lte=F("max_uses")), name="coupon_not_overused"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(starts_at__lt=F("ends_at")),
                name="coupon_begins_before_it_ends",
            ),
        )

    def __str__(self) -> str:
        return self.code

    def runs(self, at: datetime) -> bool:
        """Whether its dates, and whoever made it, allow it now."""
        begun = self.starts_at is None or self.starts_at <= at
        return self.active and begun and (self.ends_at is None or at < self.ends_at)

    def fits(self, course: Course) -> bool:
        if self.currency and self.currency != course.currency:
            return False
        chosen = set(self.courses.values_list("pk", flat=True))
        return not chosen or course.pk in chosen

    def price(self, list_amount: int, currency: str) -> int:
        """Return what is left to pay; fractions of what can be charged are the learner's."""
        off = self.amount if self.percent is None else -(-list_amount * self.percent // 100)
        left = max(0, list_amount - (off or 0))
        return left - left % step(currency)


class Redemption(Row):
    """That an order uses a coupon: once for each learner, unless the order came to nothing."""

    coupon = models.ForeignKey(Coupon, models.PROTECT, related_name="redemptions")
    order: "models.OneToOneField[Order, Order]" = models.OneToOneField(
        "payments.Order", models.CASCADE, related_name="redemption"
    )
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["coupon", "user"], condition=Q(released_at__isnull=True), name="coupon_once_a_learner"
            ),
        )

    def __str__(self) -> str:
        return f"{self.coupon_id} in {self.order_id}"
