"""The writer that asks a language model, and checks what it answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from momentum.providers.writer import CourseRequest, LessonBrief, LessonDraft, Outline, WriterError, Written
from momentum.providers.writer.model import briefing, lessons, planning
from momentum.providers.writer.model.config import ModelName
from momentum.providers.writer.model.libraries import load_for_asking, load_for_pricing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from pydantic import BaseModel

    from momentum.providers.documents import Document
    from momentum.providers.writer import Call
    from momentum.providers.writer.model.config import ModelConfig
    from momentum.providers.writer.model.session import Session
    from momentum.providers.writer.model.task import Task


class ModelWriter:
    """Writes with a language model, from references where there are any.

    Raises:
        WriterError: where the name is not a model's.
    """

    needs_references = False

    def __init__(self, name: str, config: ModelConfig) -> None:
        self.name = name
        self._model = ModelName.parse(name)
        self._config = config

    def outline(self, request: CourseRequest, references: Sequence[Document]) -> Written[Outline]:
        """Plan the course, over a map of the references where they are long; every day's pages are checked."""
        return self._run(lambda session: planning.plan(session, request, references))

    def briefs(
        self, request: CourseRequest, outline: Outline, references: Sequence[Document]
    ) -> Written[list[LessonBrief]]:
        """Brief all lessons in one request, from the plan and passages of its pages."""
        task = briefing.task(request, outline, references, self._config)

        def ask(session: Session) -> Awaitable[list[LessonBrief]]:
            from momentum.providers.writer.model.conversation import Conversation

            return Conversation(session, task, reserved=True).answer()

        return self._run(ask)

    def lesson(
        self,
        request: CourseRequest,
        brief: LessonBrief,
        references: Sequence[Document],
        *,
        note: str = "",
        previous: LessonDraft | None = None,
    ) -> Written[LessonDraft]:
        """Write a lesson and its questions; each claim is looked up, and each question solved by a second reader."""
        written = self._run(
            lambda session: lessons.write(session, request, brief, references, note=note, previous=previous)
        )
        return written.model_copy(update={"notes": list(written.value.notes)})

    def reserve(
        self,
        kind: Call,
        request: CourseRequest,
        references: Sequence[Document],
        *,
        outline: Outline | None = None,
        brief: LessonBrief | None = None,
    ) -> int | None:
        """Price the whole prompt and the longest answer, before anything is sent."""
        from momentum.providers.writer.model.prices import estimate

        load_for_pricing()
        task = self._task(kind, request, references, outline, brief)
        return estimate(self._model, self._config, task.tokens, self._config.answer_tokens(task.max_tokens))

    def _task(
        self,
        kind: Call,
        request: CourseRequest,
        references: Sequence[Document],
        planned: Outline | None,
        brief: LessonBrief | None,
    ) -> Task[BaseModel, object]:
        if kind == "outline":
            return planning.task(request, references, self._config)  # type: ignore[return-value]
        if kind == "briefs":
            return briefing.task(
                request, planned or briefing.typical_outline(request), references, self._config
            )  # type: ignore[return-value]
        return lessons.task(
            request, brief or LessonBrief(day=1, title=request.title or "?"), references, self._config
        )  # type: ignore[return-value]

    def _run[T](self, work: Callable[[Session], Awaitable[T]]) -> Written[T]:
        """Do the work of one call, for as long as that takes; what it used is told also when it fails."""
        load_for_asking(self._model.protocol)
        from momentum.providers.writer.model.session import Session

        async def run() -> Written[T]:
            async with Session(self._model, self._config) as session:
                try:
                    value = await work(session)
                except WriterError as error:
                    error.usage = session.usage()
                    raise
                return Written(value=value, usage=session.usage())

        return asyncio.run(run())
