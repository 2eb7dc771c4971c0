"""Where a passage of a lesson stands in the reference it is from."""

import uuid
from dataclasses import dataclass

from momentum.core.errors import NotFoundError
from momentum.studio.domain.citations import read_against
from momentum.studio.models import JobLesson, Reference


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
    reference = (
        Reference.objects.filter(job=job_id, text__document__name=found.passage.document).first()
        if found
        else None
    )
    if found is None or reference is None:
        raise NotFoundError
    quotes = [piece.text for piece in found.sentences] or [found.passage.text]
    return PassageOnPage(reference, found.passage.page, quotes)
