"""Asks for one lesson, and checks every sentence of it against the passages it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer.model import data
from momentum.providers.writer.model.drafting import Written, refuse_unknown
from momentum.providers.writer.model.judging import judged
from momentum.providers.writer.model.passages import select
from momentum.providers.writer.model.questions import ask_questions
from momentum.providers.writer.model.schema import LessonAnswer
from momentum.providers.writer.model.task import HOPELESS, course_values, line, make_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer import CourseRequest, LessonBrief, LessonDraft
    from momentum.providers.writer.model.config import ModelConfig
    from momentum.providers.writer.model.passages import Selection
    from momentum.providers.writer.model.session import Session
    from momentum.providers.writer.model.task import Task

_TERMS = 40  # of earlier days, the latest


async def write(
    session: Session,
    request: CourseRequest,
    brief: LessonBrief,
    references: Sequence[Document],
    *,
    note: str = "",
    previous: LessonDraft | None = None,
) -> LessonDraft:
    """Write a lesson, send it back once where it fails, and add questions that a second reader could answer.

    Raises:
        WriterError: where there is no lesson. What fails beside it is told in the draft's notes.
    """
    # Here for the vendors' libraries, which load slowly.
    from momentum.providers.writer import WriterError
    from momentum.providers.writer.model.conversation import Conversation

    selection = _select(request, brief, references, session.config, note)
    conversation = Conversation(
        session,
        task(request, brief, references, session.config, selection=selection, note=note, previous=previous),
        reserved=True,
    )

    def written(answer: LessonAnswer) -> Written:
        return Written(
            answer,
            selection,
            request.language or "en",
            objectives=brief.objectives,
            grounded=bool(references),
        )

    lesson = await judged(session, written(await conversation.answer()))
    if objections := lesson.objections:
        try:
            second = await judged(session, written(await conversation.again(_sent_back(objections))))
        except WriterError as error:
            if error.code not in HOPELESS:
                raise
        else:
            lesson = second if len(second.objections) <= len(objections) else lesson
    questions, notes = await ask_questions(session, request, lesson.draft(), selection.passages)
    return lesson.draft(questions, notes)


def task(
    request: CourseRequest,
    brief: LessonBrief,
    references: Sequence[Document],
    config: ModelConfig,
    *,
    selection: Selection | None = None,
    note: str = "",
    previous: LessonDraft | None = None,
) -> Task[LessonAnswer, LessonAnswer]:
    """Write the lesson of this brief from the passages of its pages, or freely where there are no references."""
    selection = selection or _select(request, brief, references, config, note)
    passages = {passage.number: passage for passage in selection.passages}
    values = course_values(request, data.marker()) | {
        "avoid": _listed(brief.avoid),
        "day": str(brief.day),
        "goal": line(brief.goal, "what the title says"),
        "note": line(note, "nothing in particular"),
        "objectives": _listed(brief.objectives),
        "passages": data.passages(selection.passages),
        "points": _listed(brief.points),
        "previous": data.earlier(previous),
        "terms": _listed(
            [f"{term.term}: {term.meaning}" for term in brief.known_terms[-_TERMS:]]
            + [f"{term.term} (new): {term.meaning}" for term in brief.terms]
        ),
        "title": line(brief.title, "untitled"),
        "yesterday": line(brief.taught_yesterday, "nothing; this is the first day"),
    }

    def accept(answer: LessonAnswer) -> LessonAnswer:
        refuse_unknown(answer, passages)
        return answer

    return make_task("lesson-content", values, LessonAnswer, accept)


def _select(
    request: CourseRequest,
    brief: LessonBrief,
    references: Sequence[Document],
    config: ModelConfig,
    note: str,
) -> Selection:
    query = " ".join([brief.title, brief.goal, *brief.points, *(term.term for term in brief.terms), note])
    return select(references, brief.source, query, config.room)


def _listed(items: Sequence[str]) -> str:
    return "\n".join(f"- {line(item, '?')}" for item in items) or f"- {data.NOTHING}"


def _sent_back(objections: Sequence[str]) -> str:
    return "The lesson was checked, and this is wrong with it:\n" + "\n".join(
        f"- {one}" for one in objections
    )
