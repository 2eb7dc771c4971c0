"""The documents a course is written from."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from momentum.core.ids import uuid7
from momentum.core.models import Row
from momentum.providers.documents import Document, Reading
from momentum.providers.documents.formats import FORMATS
from momentum.providers.documents.places import counted
from momentum.providers.writer import WriterError, proposed_days
from momentum.studio.models.job import Job

# What a stored file of each format ends with, where that isn't the name of the format.
_ENDINGS = {"markdown": "md", "text": "txt"}


def _place(reference: "Reference", name: str) -> str:
    # Not the name it came with: nobody chooses where on our disk something goes.
    return f"references/{uuid7().hex}.{_ENDINGS.get(reference.format, reference.format)}"


def _picture_place(picture: "ReferencePicture", name: str) -> str:
    return f"references/{uuid7().hex}.{name.rpartition('.')[2]}"


class CurrentReferences(models.Manager["Reference"]):
    """Those that courses are written from: of several versions of a document the last one that could be read."""

    def get_queryset(self) -> "models.QuerySet[Reference]":
        return super().get_queryset().filter(current=True)


class Reference(Row):
    """An uploaded file, and what was found in it. Its text is in `ReferenceText`, which lists never load.

    `pages` counts what people look up in it, and `unit` says what that is: pages, slides, chapters. A new version of it
    is another row at the same `position`; the older ones stay, for what still cites them.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="references")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=300)
    file = models.FileField(upload_to=_place)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveBigIntegerField()
    format = models.CharField(max_length=10, default="pdf")
    unit = models.CharField(max_length=10, default="page")
    pages = models.PositiveIntegerField(null=True, blank=True)
    words = models.PositiveIntegerField(null=True, blank=True)
    notes: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        default=list, blank=True
    )
    # How many days the built-in writer would make of it; null where it doesn't write in its language.
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    # Why it can't be used; empty where it can, or hasn't been read yet.
    error = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)

    objects = CurrentReferences()
    everything = models.Manager["Reference"]()

    class Meta:
        ordering = ("job", "position", "version")
        constraints = (
            models.UniqueConstraint(fields=["job", "position", "version"], name="reference_version_once"),
            models.UniqueConstraint(
                fields=["job", "position"], condition=models.Q(current=True), name="reference_position_once"
            ),
            models.UniqueConstraint(fields=["job", "sha256"], name="reference_once_a_job"),
            models.CheckConstraint(condition=models.Q(format__in=FORMATS), name="reference_format_known"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="reference_sha256_is_one"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def size(self) -> str:
        """How long it is, such as "12 slides"; empty until it is read."""
        return "" if self.pages is None else counted(self.unit, self.pages)

    @property
    def page_pictures(self) -> str:
        """Where the storage has pictures of its pages; copies of the same file share them."""
        return f"references/pages/{self.sha256}"

    def keep(self, reading: Reading) -> None:
        """Store what was read; again replaces it."""
        document = reading.document
        ReferenceText.objects.update_or_create(
            reference=self, defaults={"document": document.model_dump(mode="json")}
        )
        self.figures.all().delete()
        for name, data in reading.pictures.items():
            figure = ReferencePicture(reference=self, name=name)
            figure.file.save(name, ContentFile(data), save=False)
            figure.save()
        self.pages, self.words, self.unit = len(document.pages), document.words, document.unit
        self.notes = [note.model_dump(mode="json") for note in document.notes]
        self.days, self.error = _days(document), ""
        self.save(update_fields=["pages", "words", "unit", "notes", "days", "error", "updated_at"])

    def fail(self, error: str) -> None:
        """Say why it can't be used."""
        self.error = error
        self.save(update_fields=["error", "updated_at"])


class ReferencePicture(Row):
    """What a figure or a formula of a reference looks like; `name` is what its blocks call it."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="figures")
    name = models.CharField(max_length=100)
    file = models.FileField(upload_to=_picture_place)

    class Meta:
        ordering = ("reference", "name")
        constraints = (
            models.UniqueConstraint(fields=["reference", "name"], name="reference_picture_name_once"),
        )

    def __str__(self) -> str:
        return self.name


def _days(document: Document) -> int | None:
    try:
        return proposed_days([document])
    except WriterError:
        return None


class ReferenceText(models.Model):
    """The text of a reference, page by page."""

    reference = models.OneToOneField(Reference, models.CASCADE, primary_key=True, related_name="text")
    document: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()

    def __str__(self) -> str:
        return f"Text of {self.reference_id}"
