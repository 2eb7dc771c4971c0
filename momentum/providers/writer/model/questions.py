"""Asks for the questions of a lesson, and lets a second reader who doesn't know the answers solve them.

A question stays where its form keeps the rules and the reader, who sees the lesson alone, finds the same answer. The
others are sent back once with what is wrong; those that are still wrong are left out, and the reviewer is told.
"""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING, Final

from momentum.providers.writer import Question, WriterError
from momentum.providers.writer.model import data
from momentum.providers.writer.model.distractors import fault
from momentum.providers.writer.model.schema import QuestionsAnswer
from momentum.providers.writer.model.solving import solve
from momentum.providers.writer.model.task import HOPELESS, line, make_task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from momentum.providers.writer import CourseRequest, LessonDraft, Passage
    from momentum.providers.writer.model.schema import QuestionAnswer
    from momentum.providers.writer.model.session import Session
    from momentum.providers.writer.model.task import Task

_ENOUGH: Final = 2


async def ask_questions(
    session: Session, request: CourseRequest, lesson: LessonDraft, passages: Sequence[Passage]
) -> tuple[list[Question], list[str]]:
    """Return the questions that stand, and what the reviewer should know of those that don't.

    Raises:
        WriterError: where the model can't be asked just now.
    """
    from momentum.providers.writer.model.conversation import Conversation

    conversation = Conversation(session, task(request, lesson, passages))
    try:
        asked = await conversation.answer()
        good, objections = await _sorted(session, request, lesson, passages, asked)
        if objections:
            asked = await conversation.again(
                "These questions can't be used:\n"
                + "\n".join(f"- {objection}" for objection in objections)
                + "\nReplace them, and keep the others."
            )
            better, objections = await _sorted(session, request, lesson, passages, asked)
            good = better if len(better) >= len(good) else good
    except WriterError as error:
        if error.code not in HOPELESS:
            raise
        return [], [f"There are no questions: {error.message}"]
    notes = []
    if dropped := len(objections):
        many = "1 question was" if dropped == 1 else f"{dropped} questions were"
        notes.append(
            f"{many} left out: a second reader came to another answer, or the choices broke the rules."
        )
    if len(good) < _ENOUGH:
        notes.append("This lesson has few questions. Add some, or have it written again.")
    return good, notes


async def _sorted(
    session: Session,
    request: CourseRequest,
    lesson: LessonDraft,
    passages: Sequence[Passage],
    asked: Sequence[QuestionAnswer],
) -> tuple[list[Question], list[str]]:
    """The questions that stand, and what is wrong with each of the others."""
    by_number = {passage.number: passage for passage in passages}
    good: list[Question] = []
    objections: list[str] = []
    for answer in asked:
        if wrong := fault(answer, passages):
            objections.append(f"“{answer.prompt}”: {wrong}")
            continue
        good.append(shuffled(answer, by_number))
    solved = await solve(session, request, lesson, good)
    objections += [
        f"“{question.prompt}”: {wrong}" for question, wrong in zip(good, solved, strict=True) if wrong
    ]
    return [question for question, wrong in zip(good, solved, strict=True) if not wrong], objections


def task(
    request: CourseRequest, lesson: LessonDraft, passages: Sequence[Passage]
) -> Task[QuestionsAnswer, list[QuestionAnswer]]:
    """Write the questions for this lesson."""
    known = {passage.number for passage in passages}
    values = {
        "language": line(request.language, "en"),
        "lesson": data.lesson_text(lesson),
        "level": line(request.level, "beginner"),
        "marker": data.marker(),
        "passages": data.passages(passages),
        "title": line(lesson.title, "untitled"),
    }

    def accept(answer: QuestionsAnswer) -> list[QuestionAnswer]:
        for question in answer.questions:
            if question.passage is not None and question.passage not in known:
                question.passage = None
            shuffled(question, {})
        return answer.questions

    return make_task("lesson-questions", values, QuestionsAnswer, accept)


def shuffled(answer: QuestionAnswer, passages: Mapping[int, Passage]) -> Question:
    """The contract's question, with its choices shuffled: the same way each time, and differently for each question.

    Raises:
        ValueError: where it can't be answered as it stands.
    """
    passage = passages.get(answer.passage) if answer.passage is not None else None
    choices = [] if answer.kind == "short" else [*answer.right, *answer.wrong]
    if answer.kind == "order" and answer.wrong:
        raise ValueError(f"“{answer.prompt}”: a question of order has no wrong choices.")
    shuffled = list(choices)
    seed = hashlib.sha256("\n".join([answer.prompt, *sorted(choices)]).encode()).digest()
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - nothing secret
    positions = [shuffled.index(choice) for choice in answer.right] if choices else []
    return Question(
        kind=answer.kind,
        prompt=answer.prompt,
        choices=shuffled,
        answer=positions if answer.kind == "order" else sorted(positions),
        accepted=answer.right if answer.kind == "short" else [],
        explanation=answer.explanation,
        page=passage.page if passage else None,
        label=passage.label if passage else "",
    )
