"""Mails, before they are sent and afterwards: what waits in the outbox is also what the log shows."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row
from momentum.mail.models.event import EmailEvent, EventType

# No link in a mail works longer than this, so one that couldn't be sent by then need not be sent any more.
SECRETS_KEPT = timedelta(days=3)
ATTEMPTS = 14
FIRST_WAIT = timedelta(seconds=5)
TEST = "test/"  # what the cause of a mail that tests begins with
_BATCH = 1000


class State(models.TextChoices):
    """How far a mail has come."""

    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    # Its kind was switched off before its turn came.
    OFF = "off", _("Switched off")
    # Nothing is sent to an address from which mail came back, or was called spam.
    SUPPRESSED = "suppressed", _("Suppressed")


class Result(models.TextChoices):
    """What was told of a mail, which the log is narrowed by; each is a column."""

    DELIVERED = "delivered", _("Delivered")
    OPENED = "opened", _("Opened")
    CLICKED = "clicked", _("Clicked")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Marked as spam")


class Keeps(models.TextChoices):
    """What is kept of a mail once it is sent, for as long as the log goes back."""

    ALL = "all", _("Everything")
    NO_BODY = "no_body", _("Everything except the content")
    NOBODY = "nobody", _("Neither content nor recipient")


class EmailQuerySet(models.QuerySet["Email"]):
    def queued(self) -> "EmailQuerySet":
        return self.filter(state=State.QUEUED)

    def asked(
        self, *, kind: str = "", state: str = "", address: str = "", result: str = ""
    ) -> "EmailQuerySet":
        """Return those of this kind, in this state, to an address with this in it, the latest first.

        `result`: what was told of them, such as "opened".
        """
        found = self.order_by("-id")
        if kind:
            found = found.filter(kind=kind)
        if state:
            found = found.filter(state=state)
        if result in Result.values:
            found = found.filter(**{f"{result}_at__isnull": False})
        return found.filter(address__icontains=address) if address else found

    def forget(self, *, kept: timedelta) -> None:
        """Remove what is older than that, and the links that no longer work."""
        now = timezone.now()
        old = self.filter(created_at__lt=now - kept).order_by("created_at").values_list("pk", flat=True)
        # A few at a time, since what became of them goes with them.
        while batch := list(old[:_BATCH]):
            self.filter(pk__in=batch).delete()
        stale = self.filter(created_at__lt=now - SECRETS_KEPT).exclude(keeps=Keeps.ALL).exclude(text="")
        stale.filter(state__in=[State.FAILED, State.SUPPRESSED]).update(text="", html="", updated_at=now)


class Email(Row):
    """One mail to one address. Its id becomes the Message-ID, so that a copy is seen for what it is."""

    cause = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=400)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    keeps = models.CharField(max_length=10, choices=Keeps, default=Keeps.ALL)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Raised by whoever has it sent again, so that it gets as many attempts as the first time.
    last_attempt = models.PositiveSmallIntegerField(default=ATTEMPTS)
    # What kind of error it was, and never what the server said, which names the address.
    error = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Why we said it in our own words, where the edited ones couldn't be used.
    text_fault = models.CharField(max_length=100, blank=True)
    # What the provider calls it, where one took it that says what became of it; its events name it by this.
    provider_id = models.CharField(max_length=120, blank=True)
    # The first time that each was told of; see `EmailEvent` for all of them.
    delivered_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    clicked_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)

    # What `note` may change.
    TOLD = (
        *("provider_id", "state", "sent_at", "error"),
        *("delivered_at", "opened_at", "clicked_at", "bounced_at", "complained_at"),
    )
    objects = EmailQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="email_state_known"),
            models.CheckConstraint(condition=Q(keeps__in=Keeps.values), name="email_keeps_known"),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="email_sent_when_sent",
            ),
            # What lets somebody in isn't lying about once it is sent.
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(keeps=Keeps.ALL) | Q(text="", html=""),
                name="email_secrets_forgotten",
            ),
        )
        indexes = (
            models.Index(fields=["kind", "id"], name="email_kind"),
            models.Index(fields=["state", "id"], name="email_state"),
            models.Index(fields=["created_at"], name="email_created"),
            models.Index(fields=["kind"], name="email_text_fault", condition=~Q(text_fault="")),
            models.Index(fields=["provider_id"], name="email_provider_id", condition=~Q(provider_id="")),
            # The few among very many; the others are found by going back through all.
            models.Index(fields=["id"], name="email_bounced", condition=Q(bounced_at__isnull=False)),
            models.Index(fields=["id"], name="email_complained", condition=Q(complained_at__isnull=False)),
        )

    def __str__(self) -> str:
        return self.cause

    @property
    def can_be_resent(self) -> bool:
        """Whether it wasn't sent, and what it says is still known."""
        return self.state in {State.FAILED, State.SUPPRESSED} and bool(self.text)

    @property
    def is_test(self) -> bool:
        """Whether an administrator sent it to themselves, also where its kind is off."""
        return self.cause.startswith(TEST)

    @property
    def may_be_read(self) -> bool:
        """Whether an administrator may see what it says: never where that lets somebody in."""
        return self.keeps == Keeps.ALL

    def mark_sent(self) -> None:
        """Note that it is out, and forget what need not be known any more."""
        self.state, self.sent_at, self.error = State.SENT, timezone.now(), ""
        self.attempts += 1
        if self.keeps != Keeps.ALL:
            self.text = self.html = ""
        if self.keeps == Keeps.NOBODY:
            self.address = ""
        self.save()

    def mark_missed(self, error: str, *, for_good: bool) -> datetime | None:
        """Note that an attempt failed; return when to try again, or None where there's no point."""
        self.attempts += 1
        self.error = error[:100]
        waited = self.attempts - (self.last_attempt - ATTEMPTS)
        again = not for_good and waited < ATTEMPTS
        if not again:
            self.state = State.FAILED
            if self.keeps == Keeps.NOBODY:
                self.address = self.text = self.html = ""
        self.save()
        return timezone.now() + FIRST_WAIT * 2 ** (waited - 1) if again else None

    def mark_off(self) -> None:
        """Note that it isn't sent, since its kind was switched off; what it would have said isn't kept."""
        self.state, self.error = State.OFF, ""
        self.text = self.html = ""
        self.save()

    def refuse(self, error: str) -> None:
        """Note that it was refused for good, and that nobody should send it later: what it said was of that moment."""
        self.attempts += 1
        self.state, self.error, self.text, self.html = State.FAILED, error[:100], "", ""
        self.save()

    def mark_waiting(self, error: str) -> None:
        """Note why it has to wait, which is no fault of its own and counts as no attempt."""
        self.error = error[:100]
        self.save()

    def mark_suppressed(self, *, forget: bool = False) -> None:
        """Note that nothing is sent to this address. `forget`: what it said was of this moment, so it isn't kept."""
        self.state, self.error = State.SUPPRESSED, ""
        if forget or self.keeps == Keeps.NOBODY:
            self.text = self.html = ""
        if self.keeps == Keeps.NOBODY:
            self.address = ""
        self.save()

    def note(self, event: EmailEvent) -> None:
        """Note what became of it, without saving; in whatever order that is told, each column keeps the first time."""
        if not self.provider_id:
            # Whoever sent it died, or lost its connection, before it knew: now it needn't be sent again.
            self.provider_id = event.provider_id
            if self.state == State.QUEUED:
                self.mark_sent()
        elif event.provider_id != self.provider_id or self.state == State.QUEUED:
            return  # of an earlier time that it was sent
        if event.type == EventType.REJECTED and self.state == State.SENT:
            self.state, self.sent_at, self.error = State.FAILED, None, "Rejected"
        if (column := f"{event.type}_at") in self.TOLD:
            known = getattr(self, column)
            setattr(self, column, min(known, event.at) if known else event.at)

    def requeue(self) -> None:
        """Let it be tried again, as often as a new one."""
        self.state, self.last_attempt = State.QUEUED, self.attempts + ATTEMPTS
        self.save()
