"""The documents a course is written from."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.core.ids import uuid7
from momentum.core.models import Row
from momentum.providers.documents import Document
from momentum.studio.models.job import Job


def _place(reference: "Reference", name: str) -> str:
    # Not the name it came with: nobody chooses where on our disk something goes.
    return f"references/{uuid7().hex}.pdf"


class Reference(Row):
    """An uploaded file, and what was found in it. Its text is in `ReferenceText`, which lists never load."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="references")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=300)
    file = models.FileField(upload_to=_place)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    words = models.PositiveIntegerField(null=True, blank=True)
    notes: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        default=list, blank=True
    )

    class Meta:
        ordering = ("job", "position")
        constraints = (
            models.UniqueConstraint(fields=["job", "position"], name="reference_position_once"),
            models.UniqueConstraint(fields=["job", "sha256"], name="reference_once_a_job"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="reference_sha256_is_one"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def keep(self, document: Document) -> None:
        """Store what was read; again replaces it."""
        ReferenceText.objects.update_or_create(
            reference=self, defaults={"document": document.model_dump(mode="json")}
        )
        self.pages, self.words = len(document.pages), document.words
        self.notes = [note.model_dump(mode="json") for note in document.notes]
        self.save(update_fields=["pages", "words", "notes", "updated_at"])


class ReferenceText(models.Model):
    """The text of a reference, page by page."""

    reference = models.OneToOneField(Reference, models.CASCADE, primary_key=True, related_name="text")
    document: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()

    def __str__(self) -> str:
        return f"Text of {self.reference_id}"
