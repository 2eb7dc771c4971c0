"""Certificates: what somebody finished, as it was when they did."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.core.models import Row
from momentum.learning.models.enrolment import Enrolment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Crockford's alphabet: no i, l, o or u, so that what is read from paper is typed right.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # pragma: allowlist secret
GROUPS, GROUP = 4, 5
REASON_AT_MOST = 300


def new_number() -> str:
    """Return 100 random bits, such as "7h3kz-2mq9x-4t8wv-b6n1c": the number can't be guessed from others."""
    groups = ("".join(secrets.choice(ALPHABET) for _place in range(GROUP)) for _group in range(GROUPS))
    return "-".join(groups)


class Status(models.TextChoices):
    VALID = "valid", _("Valid")
    REVOKED = "revoked", _("Revoked")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def numbered(self, number: str) -> "CertificateQuerySet":
        """The one with this number, however it was typed: spaces, capitals and look-alikes are forgiven."""
        typed = "".join(number.lower().split()).replace("-", "").translate(str.maketrans("ilo", "110"))
        groups = [typed[start : start + GROUP] for start in range(0, len(typed), GROUP)]
        return self.filter(number="-".join(groups))

    def of(self, user: User) -> "CertificateQuerySet":
        """A learner's own, the latest first."""
        return self.filter(enrolment__user=user).order_by("-issued_at")


class Certificate(Row):
    """Says that a learner finished a course. One for each place in a course, which is one for each learner and course.

    Names, title, days and date are those of the moment of issue and stay, whatever becomes of the account or the
    course. `learner_name` is empty until a learner without a name has given one.
    """

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="certificate")
    number = models.CharField(max_length=23, unique=True, default=new_number, editable=False)
    learner_name = models.CharField(max_length=120, blank=True)
    course_title = models.CharField(max_length=160)
    days = models.PositiveSmallIntegerField()
    # In the learner's own calendar.
    finished_on = models.DateField()
    issued_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status, default=Status.VALID)
    # Of the last change of status.
    reason = models.CharField(max_length=REASON_AT_MOST, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    # Reasons that nobody types: what became of the payment for the course.
    REFUNDED, DISPUTED = "payment.refunded", "payment.disputed"
    ITSELF: ClassVar = {
        REFUNDED: _("The course was refunded."),
        DISPUTED: _("The payment for the course is disputed."),
    }

    Status = Status
    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status=Status.VALID) | Q(Q(status=Status.REVOKED) & ~Q(reason="")),
                name="certificate_revoked_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_revoked(self) -> bool:
        return self.status == Status.REVOKED

    @property
    def lapsed(self) -> bool:
        """Whether it doesn't count because of the payment alone, so that it counts again once that is kept."""
        return self.is_revoked and self.decided_by_id is None and self.reason in self.ITSELF

    @property
    def why(self) -> "StrOrPromise":
        """The reason of the last change of status, in words."""
        return self.ITSELF.get(self.reason, self.reason)

    def decide(self, status: str, *, by: User | None, reason: str, at: datetime) -> None:
        """Let it count from now on, or not."""
        self.status, self.decided_by, self.reason, self.decided_at = status, by, reason, at
        self.save(update_fields=["status", "decided_by", "reason", "decided_at", "updated_at"])
