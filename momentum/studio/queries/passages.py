"""Where a passage of a lesson stands in the reference it is from."""

import uuid
from dataclasses import dataclass

from momentum.core.errors import NotFoundError
from momentum.providers.documents import Document
from momentum.providers.writer import Passage
from momentum.studio.domain.citations import read_against
from momentum.studio.domain.document_versions import key
from momentum.studio.models import JobLesson, Reference

_VERSIONS = 10
_BEGINNING = 80  # letters; what follows may stand on the next page


@dataclass(frozen=True)
class PassageOnPage:
    """A page of a reference, counted from 1, and what of it is to be marked."""

    reference: Reference
    page: int
    quotes: list[str]


def passage_on_page(job_id: uuid.UUID, day: int, number: int) -> PassageOnPage:
    """Find it in two queries; the sentences that rest on it are marked, or else all of it.

    Raises:
        NotFoundError: where there is no such passage, or its document is gone.
    """
    lesson = JobLesson.objects.select_related("lesson").filter(job=job_id, day=day).first()
    draft = lesson.written_draft() if lesson else None
    if lesson is None or draft is None:
        raise NotFoundError
    text = read_against(draft, lesson.lesson.content if lesson.lesson else None)
    found = next((row for row in text.grounds if row.passage.number == number), None)
    reference = version_of(job_id, found.passage) if found else None
    if found is None or reference is None:
        raise NotFoundError
    quotes = [piece.text for piece in found.sentences] or [found.passage.text]
    return PassageOnPage(reference, found.passage.page, quotes)


def version_of(job_id: uuid.UUID, passage: Passage) -> Reference | None:
    """Return the reference that a passage is from: of several versions the newest in which it stands on its page."""
    named = Reference.everything.filter(job=job_id, text__document__name=passage.document)
    versions = list(named.select_related("text").order_by("-version")[:_VERSIONS])
    if len(versions) > 1:
        wanted = key(passage.text)
        for reference in versions:
            page = Document.model_validate(reference.text.document).pages[passage.page - 1 : passage.page]
            if page and wanted[:_BEGINNING] in key(page[0].text):
                return reference
    return versions[0] if versions else None
