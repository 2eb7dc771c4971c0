"""Asks for the briefs of all lessons, and checks that there is one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer import LessonBrief, Outline, OutlineLesson
from momentum.providers.writer.model import data
from momentum.providers.writer.model.schema import BriefsAnswer
from momentum.providers.writer.model.task import course_values, make_task

if TYPE_CHECKING:
    from momentum.providers.writer import CourseRequest
    from momentum.providers.writer.model.task import Task

_TYPICAL_TITLE = "A title of about eight words, which is usual"
_TYPICAL_SUMMARY = "A summary of one or two sentences. " * 6


def task(request: CourseRequest, outline: Outline) -> Task[BriefsAnswer, list[LessonBrief]]:
    """Brief each lesson of the outline; title, pages and what to avoid are the outline's."""
    values = course_values(request, data.marker()) | {
        "days": str(len(outline.lessons)),
        "plan": data.plan(outline),
    }

    def accept(answer: BriefsAnswer) -> list[LessonBrief]:
        days = [brief.day for brief in answer.briefs]
        wanted = [lesson.day for lesson in outline.lessons]
        if days != wanted:
            raise ValueError(
                f"There must be one brief for each of the days {wanted[0]} to {wanted[-1]}, in order, but the days are "
                f"{', '.join(map(str, days)) or 'none'}."
            )
        return [
            LessonBrief(
                day=lesson.day,
                title=lesson.title,
                goal=brief.goal,
                points=brief.points,
                source=lesson.source,
                avoid=[other.title for other in outline.lessons if other.day != lesson.day],
            )
            for lesson, brief in zip(outline.lessons, answer.briefs, strict=True)
        ]

    return make_task("lesson-briefs", values, BriefsAnswer, accept)


def typical_outline(request: CourseRequest) -> Outline:
    """An outline of the usual size, to estimate from before there is one."""
    return Outline(
        title=_TYPICAL_TITLE,
        lessons=[
            OutlineLesson(day=day, title=_TYPICAL_TITLE, summary=_TYPICAL_SUMMARY)
            for day in range(1, request.days + 1)
        ],
    )
