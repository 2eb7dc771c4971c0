"""Asks for the briefs of all lessons, and checks that there is one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer import LessonBrief, Outline, OutlineLesson, Term
from momentum.providers.writer.model import data
from momentum.providers.writer.model.passages import select
from momentum.providers.writer.model.schema import BriefsAnswer
from momentum.providers.writer.model.task import course_values, make_task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer import CourseRequest
    from momentum.providers.writer.model.config import ModelConfig
    from momentum.providers.writer.model.schema import BriefAnswer
    from momentum.providers.writer.model.task import Task

_FEWEST_TOKENS = 200  # of passages for each day
_TYPICAL_TITLE = "A title of about eight words, which is usual"
_TYPICAL_SUMMARY = "A summary of one or two sentences. " * 6


def task(
    request: CourseRequest, outline: Outline, references: Sequence[Document], config: ModelConfig
) -> Task[BriefsAnswer, list[LessonBrief]]:
    """Brief each lesson of the outline from passages of its pages; title, pages and what to avoid are the outline's.

    What a lesson teaches is told to the next, and the terms that it introduces to all that follow.
    """
    a_day = max(_FEWEST_TOKENS, config.room // len(outline.lessons))
    chosen = [
        select(
            references, day.source, f"{day.title} {day.summary} {' '.join(day.objectives)}", a_day
        ).passages
        if day.source
        else []
        for day in outline.lessons
    ]
    values = course_values(request, data.marker()) | {
        "days": str(len(outline.lessons)),
        "plan": data.briefing(outline, chosen),
    }

    def accept(answer: BriefsAnswer) -> list[LessonBrief]:
        days = [brief.day for brief in answer.briefs]
        wanted = [lesson.day for lesson in outline.lessons]
        if days != wanted:
            raise ValueError(
                f"There must be one brief for each of the days {wanted[0]} to {wanted[-1]}, in order, but the days are "
                f"{', '.join(map(str, days)) or 'none'}."
            )
        return list(_briefs(outline, answer.briefs))

    return make_task("lesson-briefs", values, BriefsAnswer, accept)


def _briefs(outline: Outline, answers: Sequence[BriefAnswer]) -> Iterator[LessonBrief]:
    known: dict[str, Term] = {}
    before: OutlineLesson | None = None
    taught = ""
    for lesson, brief in zip(outline.lessons, answers, strict=True):
        # A term that an earlier day introduced keeps the meaning that it got there.
        new = [
            Term(term=term.term, meaning=term.meaning)
            for term in brief.terms
            if term.term.casefold() not in known
        ]
        yield LessonBrief(
            day=lesson.day,
            title=lesson.title,
            goal=brief.goal,
            objectives=lesson.objectives,
            points=brief.points,
            source=lesson.source,
            avoid=[other.title for other in outline.lessons if other.day != lesson.day],
            yesterday=before.source if before else [],
            taught_yesterday=taught,
            terms=new,
            known_terms=list(known.values()),
        )
        known |= {term.term.casefold(): term for term in new}
        before = lesson
        taught = f"{lesson.title}: {brief.goal} ({'; '.join(brief.points)})"


def typical_outline(request: CourseRequest) -> Outline:
    """An outline of the usual size, to estimate from before there is one."""
    return Outline(
        title=_TYPICAL_TITLE,
        lessons=[
            OutlineLesson(day=day, title=_TYPICAL_TITLE, summary=_TYPICAL_SUMMARY)
            for day in range(1, request.days + 1)
        ],
    )
