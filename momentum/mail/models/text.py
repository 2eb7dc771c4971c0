"""What administrators changed about kinds of mail: what they say, and whether they are sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from momentum.core.models import Row

SUBJECT_LENGTH = 200
INTRODUCTION_LENGTH = 2_000


class EmailTextQuerySet(models.QuerySet["EmailText"]):
    def of(self, kind: str, language: str) -> "EmailTextQuerySet":
        """Return all versions of a kind's text in a language, the newest first."""
        return self.filter(kind=kind, language=language).order_by("-version")

    def newest(self) -> "EmailTextQuerySet":
        """Return the version in force of each kind and language."""
        return self.order_by("kind", "language", "-version").distinct("kind", "language")


class EmailText(Row):
    """One version of the subject and the introduction of a kind of mail, in one language; the newest is in force.

    Rows are added and never changed. An empty field stands for what we say ourselves, so one with both empty takes an
    edited mail back to ours.
    """

    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH, blank=True)
    introduction = models.TextField(_("introduction"), max_length=INTRODUCTION_LENGTH, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = EmailTextQuerySet.as_manager()

    class Meta:
        constraints = (
            # Of two people who save the same version, the second is refused.
            models.UniqueConstraint(fields=["kind", "language", "version"], name="email_text_version"),
            models.CheckConstraint(condition=Q(version__gt=0), name="email_text_version_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.version}"

    @property
    def is_ours(self) -> bool:
        """Whether it changes nothing of what we say ourselves."""
        return not (self.subject or self.introduction)


class SwitchedOffKind(Row):
    """A kind of mail that isn't sent. Who did it, and when, is in the audit log."""

    kind = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.kind
