"""A job before it is begun: its documents as they were read, what each would give, what it may cost."""

import uuid
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from momentum.core.errors import NotFoundError
from momentum.providers.documents import Document
from momentum.providers.documents import Page as Sheet
from momentum.providers.documents.notes import sentence
from momentum.studio.domain.contents import entries_in
from momentum.studio.models import Job, Reference, ReferenceText
from momentum.studio.models.job import MOST_DAYS

_PICTURES = 4
_PER_PAGE = 10


@dataclass(frozen=True)
class ReadDocument:
    """A document as it was read; `text` is None before that, or where it can't be.

    `shown` are the first pages that something is written on; `left_out` says what isn't in the text, and why.
    """

    reference: Reference
    text: Document | None

    @property
    def has_pages(self) -> bool:
        """Whether its pages can be shown as pictures."""
        return self.reference.format == "pdf"

    @property
    def shown(self) -> list[Sheet]:
        pages = self.text.pages if self.text else []
        return [page for page in pages if page.text][:_PICTURES]

    def paragraphs(self, sheet: Sheet) -> list[tuple[str, list[tuple[str, str]]]]:
        """The paragraphs of a page; a part of a table of contents has its titles and pages beside it."""
        return [(text, entries_in(text)) for text in sheet.text.split("\n\n") if text.strip()]

    @property
    def left_out(self) -> list[str]:
        return [sentence(note) for note in self.text.notes] if self.text else []

    @property
    def headings(self) -> list[str]:
        """Its outermost headings."""
        outline = self.text.outline if self.text else []
        outermost = min((entry.level for entry in outline), default=0)
        return [entry.title for entry in outline if entry.level == outermost][:12]


@dataclass(frozen=True)
class Preparation:
    """A job that waits to be begun, with its documents."""

    job: Job
    documents: list[ReadDocument]

    @property
    def days(self) -> int:
        """How many days all documents together would give; 0 where that isn't known."""
        return min(MOST_DAYS, sum(document.reference.days or 0 for document in self.documents))


def preparation(job_id: uuid.UUID) -> Preparation:
    """Gather them, in three queries.

    Raises:
        NotFoundError: for no such job.
    """
    job = Job.objects.with_people().filter(pk=job_id).first()
    if job is None:
        raise NotFoundError
    texts = {text.reference_id: text for text in ReferenceText.objects.filter(reference__job=job)}
    return Preparation(
        job, [_read(reference, texts.get(reference.pk)) for reference in job.references.order_by("position")]
    )


def read_document(reference_id: uuid.UUID, page: str | None) -> tuple[ReadDocument, Page[Sheet]]:
    """Return a document and ten of its pages, in two queries.

    Raises:
        NotFoundError: for no such document.
    """
    reference = Reference.everything.select_related("job").filter(pk=reference_id).first()
    if reference is None:
        raise NotFoundError
    document = _read(reference, ReferenceText.objects.filter(reference=reference).first())
    return document, Paginator(document.text.pages if document.text else [], _PER_PAGE).get_page(page)


def _read(reference: Reference, text: ReferenceText | None) -> ReadDocument:
    return ReadDocument(reference, Document.model_validate(text.document) if text else None)
