"""Asks for the outline, and checks that it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer import Outline, OutlineLesson, SourceSpan
from momentum.providers.writer.model import book_map, data
from momentum.providers.writer.model.schema import OutlineAnswer
from momentum.providers.writer.model.task import course_values, line, make_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer import CourseRequest
    from momentum.providers.writer.model.config import ModelConfig
    from momentum.providers.writer.model.schema import PlannedLesson, SourceAnswer
    from momentum.providers.writer.model.session import Session
    from momentum.providers.writer.model.task import Task


async def plan(session: Session, request: CourseRequest, references: Sequence[Document]) -> Outline:
    """Plan a course; of references that are too long for one request, a map is made first.

    Raises:
        WriterError: where there is no plan.
    """
    # Here for the vendors' libraries, which load slowly.
    from momentum.providers.writer.model.conversation import Conversation

    points = (
        None
        if book_map.fits(references, session.config)
        else await book_map.read(session, request, references)
    )
    asked = task(request, references, session.config, points)
    return await Conversation(session, asked, reserved=True).answer()


def task(
    request: CourseRequest,
    references: Sequence[Document],
    config: ModelConfig,
    points: Sequence[book_map.Point] | None = None,
) -> Task[OutlineAnswer, Outline]:
    """Plan exactly as many days as asked for, over pages that exist."""
    values = course_values(request, data.marker()) | {
        "category": line(request.category, "none in particular"),
        "references": data.overview(references, config.room, points),
        "title": line(request.title, "choose one"),
    }

    def accept(answer: OutlineAnswer) -> Outline:
        if len(answer.lessons) != request.days:
            raise ValueError(
                f"There must be exactly {request.days} lessons, but there are {len(answer.lessons)}."
            )
        titles = [lesson.title.casefold() for lesson in answer.lessons]
        if twice := sorted({title for title in titles if titles.count(title) > 1}):
            raise ValueError(
                f"Every lesson needs a title of its own, but these are used twice: {', '.join(twice)}."
            )
        return Outline(
            title=" ".join(request.title.split()) or answer.title,
            language=request.language,
            summary=answer.summary,
            description=answer.description,
            outcomes=answer.outcomes,
            lessons=[
                OutlineLesson(
                    day=day,
                    title=lesson.title,
                    summary=lesson.summary,
                    objectives=lesson.objectives,
                    source=_spans(day, lesson, references),
                )
                for day, lesson in enumerate(answer.lessons, 1)
            ],
        )

    return make_task("outline", values, OutlineAnswer, accept)


def _spans(day: int, lesson: PlannedLesson, references: Sequence[Document]) -> list[SourceSpan]:
    if not references:
        return []
    if not lesson.sources:
        raise ValueError(f"Lesson {day} names no sources, but there are references to take it from.")
    return [_span(day, source, references) for source in lesson.sources]


def _span(day: int, source: SourceAnswer, references: Sequence[Document]) -> SourceSpan:
    if not 0 <= source.document < len(references):
        raise ValueError(
            f"Lesson {day} names document {source.document}, but the documents are 0 to {len(references) - 1}."
        )
    document = references[source.document]
    last = data.last_page(document)
    if not 1 <= source.first_page <= source.last_page <= last:
        raise ValueError(
            f"Lesson {day} names pages {source.first_page} to {source.last_page} of document {source.document}, "
            f"which has pages 1 to {last}."
        )
    return SourceSpan(
        document=source.document,
        first_page=source.first_page,
        last_page=source.last_page,
        headings=[
            entry.title for entry in document.outline if source.first_page <= entry.page <= source.last_page
        ],
    )
