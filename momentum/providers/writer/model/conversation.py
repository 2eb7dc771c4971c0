"""Talks with a model until its answer is well made, or that is hopeless."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    ModelResponse,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from momentum.providers.writer import WriterError
from momentum.providers.writer.model.answers import read_answer, sentence
from momentum.providers.writer.model.tokens import count_tokens
from momentum.providers.writer.requests import find_answer, keep_answer

if TYPE_CHECKING:
    from momentum.providers.writer.model.session import Session, Tier
    from momentum.providers.writer.model.task import Task

_LARGER = 2  # how many times more an answer may hold after one was cut off


@dataclass(slots=True)
class Conversation[A: BaseModel, T]:
    """One task and what was said about it. `reserved`: the money for its first request was set aside already.

    An accepted answer is kept where whoever called keeps any, and found again when the same is said once more: a call
    that is made again after it was cut short pays for nothing twice.
    """

    session: Session
    task: Task[A, T]
    tier: Tier = "main"
    reserved: bool = False
    _messages: list[ModelMessage] = field(default_factory=list)
    _last: ModelResponse | None = None
    _said: int = 0
    _objections: list[str] = field(default_factory=list)

    async def answer(self) -> T:
        """Ask until the answer is accepted.

        Raises:
            WriterError: where it never is.
        """
        self._messages = [
            ModelRequest(parts=[UserPromptPart(self.task.text)], instructions=self.task.instructions)
        ]
        return await self._until_accepted()

    async def again(self, objection: str) -> T:
        """Show the model what is wrong with an answer that was accepted, and ask for a better one.

        Raises:
            WriterError: where there is none.
        """
        self._correct(objection)
        self._objections.append(objection)
        return await self._until_accepted()

    async def _until_accepted(self) -> T:
        key = self._key()
        # In a thread, as whatever may ask a database and wait for it.
        if (kept := await asyncio.to_thread(find_answer, key)) is not None:
            self._last = ModelResponse(parts=[TextPart(kept)])
            return self.task.accept(self.task.form.model_validate_json(kept))
        answer, value = await self._asked()
        await asyncio.to_thread(keep_answer, key, answer.model_dump_json())
        return value

    def _key(self) -> str:
        return hashlib.sha256(
            "\n".join([str(self.session.model(self.tier)), self.task.key, *self._objections]).encode()
        ).hexdigest()

    async def _asked(self) -> tuple[A, T]:
        max_tokens = self.session.config.answer_tokens(self.task.max_tokens)
        malformed, cut_off = 0, False
        while True:
            response = await self._request(max_tokens)
            if response.finish_reason == "content_filter":
                raise WriterError(
                    "refused",
                    "The model declined to write this. Change the topic or the pages of this step, and try again.",
                )
            if response.finish_reason == "length":
                if cut_off:
                    raise WriterError(
                        "truncated",
                        "The model's answer was cut off twice, for it is too long. Ask for fewer days or fewer pages.",
                    )
                cut_off, max_tokens = True, max_tokens * _LARGER
                continue
            self._last = response
            try:
                answer = read_answer(self.task.form, response)
                return answer, self.task.accept(answer)
            except ValueError as error:
                retries = self.session.config.retries
                if malformed == retries:
                    times = f"{malformed + 1} times" if malformed else "once"
                    raise WriterError(
                        "malformed",
                        f"The model was asked {times} and gave no usable answer. The last was wrong in this: "
                        f"{sentence(error)}",
                    ) from None
                malformed += 1
                self._correct(f"That answer can't be used. {sentence(error)}")

    async def _request(self, max_tokens: int) -> ModelResponse:
        reserved, self.reserved = self.reserved, False
        return await self.session.request(
            self.task,
            self._messages,
            max_tokens=max_tokens,
            tier=self.tier,
            reserved=reserved,
            said=self._said,
        )

    def _correct(self, objection: str) -> None:
        """Show the model its error: as the answer to each tool call, where it made one."""
        text = f"{objection} Give the whole answer again, corrected, in the same form."
        self._said += count_tokens(text) + (self._last.usage.output_tokens if self._last else 0)
        calls = [part for part in self._last.parts if isinstance(part, ToolCallPart)] if self._last else []
        parts: list[ModelRequestPart] = [
            ToolReturnPart(
                tool_name=call.tool_name, content=text, tool_call_id=call.tool_call_id, outcome="retried"
            )
            for call in calls
        ]
        if self._last and self._last.parts:
            # Providers refuse an empty message of the model, so one without parts is left out.
            self._messages.append(self._last)
        self._messages.append(ModelRequest(parts=parts or [UserPromptPart(text)]))
