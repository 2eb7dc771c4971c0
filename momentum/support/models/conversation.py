"""Conversations: what somebody asked for, and whether it waits for a person."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.core.models import Row

SUBJECT_AT_MOST = 120


class Status(models.TextChoices):
    """Whose turn it is."""

    WAITING = "waiting", _("Waiting")
    ANSWERED = "answered", _("Answered")
    RESOLVED = "resolved", _("Resolved")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def waiting(self) -> "ConversationQuerySet":
        """Those that wait for an administrator."""
        return self.filter(status=Status.WAITING)

    def of(self, user: User) -> "ConversationQuerySet":
        """Somebody's own, the latest first."""
        return self.filter(user=user).order_by("-last_at", "-pk")

    def late(self, since: datetime) -> "ConversationQuerySet":
        """Those that have waited from before this moment, and that nobody was reminded of."""
        return self.waiting().filter(waiting_since__lte=since, reminded_at=None)

    def over(self, since: datetime) -> "ConversationQuerySet":
        """Those that wait for nobody here, and in which nothing was written since."""
        return self.exclude(status=Status.WAITING).filter(last_at__lt=since)

    def in_turn(self) -> "ConversationQuerySet":
        """Those that wait first, whoever has waited longest before the others; then the latest."""
        return self.order_by(F("waiting_since").asc(nulls_last=True), "-last_at", "-pk")


class Conversation(Row):
    """What somebody asked a person for: `user`, or a visitor, of whom an address is known that nobody confirmed."""

    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="conversations", db_index=False
    )
    address = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=SUBJECT_AT_MOST)
    # The page they came from; a path of this site, such as "/courses/tides/".
    page = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, default="en")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    assigned_to = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # Each time that it begins to wait is a spell, of which administrators are told once, and once more when it is late.
    spell = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()
    # Goes up with each change: whoever answers has read what they answer to.
    version = models.PositiveIntegerField(default=1)
    # Private links that were mailed under another number open nothing any more.
    link_number = models.PositiveIntegerField(default=1)

    Status = Status
    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="") | Q(Q(user__isnull=True) & ~Q(address="")),
                name="conversation_of_one",
            ),
            models.CheckConstraint(condition=~Q(subject=""), name="conversation_has_a_subject"),
            models.CheckConstraint(
                condition=Q(status=Status.WAITING, waiting_since__isnull=False)
                | Q(status__in=[Status.ANSWERED, Status.RESOLVED], waiting_since__isnull=True),
                name="conversation_status_agrees",
            ),
        )
        indexes = (
            models.Index(fields=["user", "-last_at"], name="conversation_of_user"),
            models.Index(
                fields=["waiting_since"], name="conversation_waiting", condition=Q(status=Status.WAITING)
            ),
            models.Index(fields=["status", "-last_at"], name="conversation_by_status"),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.WAITING

    @property
    def is_resolved(self) -> bool:
        return self.status == Status.RESOLVED

    @property
    def asker(self) -> str:
        """Who asks, as administrators are told: a name, or the address that a visitor gave."""
        return self.user.display_name if self.user else self.address

    def wait(self, at: datetime) -> bool:
        """Note that it waits for a person; return whether it begins to by that."""
        begins = not self.is_waiting or not self.spell
        if begins:
            self.spell += 1
            self.status, self.waiting_since, self.reminded_at = Status.WAITING, at, None
        return begins

    def stand(self, status: str) -> None:
        """Note that it no longer waits."""
        self.status, self.waiting_since = status, None

    def change(self, *, last_at: datetime | None = None) -> None:
        """Save it as a new version."""
        self.last_at = last_at or self.last_at
        self.version += 1
        self.save()
