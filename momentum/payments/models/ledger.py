"""Every movement of money, twice: where it comes from and where it goes. Rows are added, never changed.

The database refuses to change or delete a row, and refuses a commit in which the rows of one cause don't sum to zero
(see the migration). The balance of an account is the sum of its rows.
"""

import uuid

from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.ids import uuid7
from momentum.payments.models.payment import Payment


class Account(models.TextChoices):
    """`cash` is what the provider holds for us; the others say why."""

    CASH = "cash", _("Held by the provider")
    SALES = "sales", _("Sales")
    REFUNDS = "refunds", _("Refunded")
    DISPUTES = "disputes", _("Held in disputes")


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    def balance(self, account: str) -> dict[str, int]:
        """Return the account's balance in each currency."""
        found = self.filter(account=account).order_by().values_list("currency").annotate(Sum("amount"))
        return dict(found)


class LedgerEntry(models.Model):
    """One side of a movement; `cause` names the movement, such as `refund/re_123`."""

    id: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    cause = models.CharField(max_length=300)
    account = models.CharField(max_length=10, choices=Account)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="entries")
    at = models.DateTimeField(default=timezone.now)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=["cause", "account"], name="ledger_once"),
            models.CheckConstraint(
                condition=models.Q(account__in=Account.values), name="ledger_account_known"
            ),
            models.CheckConstraint(condition=~models.Q(amount=0), name="ledger_moves_something"),
        )

    def __str__(self) -> str:
        return f"{self.cause}: {self.account} {self.amount:+} {self.currency}"
