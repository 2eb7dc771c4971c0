"""Lets a reader who sees the lesson, and not the answers, solve its questions."""

from __future__ import annotations

import string
import unicodedata
from typing import TYPE_CHECKING, Any

from momentum.providers.writer.model import data
from momentum.providers.writer.model.schema import SolutionsAnswer
from momentum.providers.writer.model.task import line, make_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer import CourseRequest, LessonDraft, Question
    from momentum.providers.writer.model.schema import SolutionAnswer
    from momentum.providers.writer.model.session import Session
    from momentum.providers.writer.model.task import Task


async def solve(
    session: Session, request: CourseRequest, lesson: LessonDraft, questions: Sequence[Question]
) -> list[str]:
    """Say for each question how the reader's answer differs from its own; empty where they agree.

    Raises:
        WriterError: where the reader can't be asked.
    """
    if not questions:
        return []
    from momentum.providers.writer.model.conversation import Conversation

    solutions = await Conversation(session, task(request, lesson, questions), tier="cheap").answer()
    return [_difference(question, solution) for question, solution in zip(questions, solutions, strict=True)]


def task(
    request: CourseRequest, lesson: LessonDraft, questions: Sequence[Question]
) -> Task[SolutionsAnswer, list[SolutionAnswer]]:
    """Solve these questions, numbered from 1."""
    values = {
        "language": line(request.language, "en"),
        "lesson": data.lesson_text(lesson),
        "marker": data.marker(),
        "questions": data.lines(_shown(number, question) for number, question in enumerate(questions, 1)),
    }

    def accept(answer: SolutionsAnswer) -> list[SolutionAnswer]:
        if [solution.question for solution in answer.answers] != list(range(1, len(questions) + 1)):
            raise ValueError(
                f"There must be one answer for each of the questions 1 to {len(questions)}, in order."
            )
        return answer.answers

    return make_task("question-solving", values, SolutionsAnswer, accept)


def _shown(number: int, question: Question) -> dict[str, Any]:
    shown: dict[str, Any] = {"question": number, "kind": question.kind, "prompt": question.prompt}
    if question.choices:
        shown["choices"] = dict(zip(string.ascii_uppercase, question.choices, strict=False))
    return shown


def _difference(question: Question, solution: SolutionAnswer) -> str:
    if question.kind == "short":
        if _plain(solution.words) in {_plain(accepted) for accepted in question.accepted}:
            return ""
        return f"a reader of the lesson answered “{solution.words}”, which isn't accepted."
    letters = [letter.strip(" .)").upper() for letter in solution.letters]
    right = [string.ascii_uppercase[position] for position in question.answer]
    if (letters if question.kind == "order" else sorted(letters)) == right:
        return ""
    if not letters:
        return "a reader found no answer to it in the lesson."
    chosen = [
        question.choices[string.ascii_uppercase.index(letter)]
        for letter in letters
        if letter in string.ascii_uppercase[: len(question.choices)]
    ]
    return f"a reader of the lesson answered {'; '.join(chosen) or 'something else'}."


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
