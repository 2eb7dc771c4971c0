"""Asks a model for one answer, and talks with it until the answer is well made or that is hopeless."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError
from pydantic import BaseModel, ValidationError
from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import AgentRunError, UserError
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
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition

from momentum.providers.writer import Usage, WriterError
from momentum.providers.writer.model.clients import open_model
from momentum.providers.writer.model.failures import writer_error
from momentum.providers.writer.model.prices import usage_of
from momentum.providers.writer.requests import ask_gate

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from momentum.providers.writer.model.config import ModelConfig, ModelName
    from momentum.providers.writer.model.task import Task

_TOOL = "give_answer"
_LARGER = 2  # how many times more an answer may hold after one was cut off
_ERRORS_SHOWN = 8


def ask[A: BaseModel, T](name: ModelName, config: ModelConfig, task: Task[A, T]) -> tuple[T, list[Usage]]:
    """Ask until the answer is accepted; blocks for as long as that takes.

    Raises:
        WriterError: with the usage of all requests that were answered.
    """
    talk = _Talk(name, config, task)
    try:
        return asyncio.run(talk.hold()), talk.usage()
    except WriterError as error:
        error.usage = talk.usage()
        raise
    except (AgentRunError, UserError, BotoCoreError) as error:
        refused = writer_error(error, name, config)
        refused.usage = talk.usage()
        # The original may hold the request, and with it the prompt; the sentence is all that leaves.
        raise refused from None


@dataclass(slots=True)
class _Talk[A: BaseModel, T]:
    name: ModelName
    config: ModelConfig
    task: Task[A, T]
    responses: list[ModelResponse] = field(default_factory=list)

    def usage(self) -> list[Usage]:
        return usage_of(self.name, self.task.prompt, self.responses)

    async def hold(self) -> T:
        async with open_model(self.name, self.config) as model:
            return await self._until_accepted(model)

    async def _until_accepted(self, model: Model) -> T:
        messages: list[ModelMessage] = [
            ModelRequest(parts=[UserPromptPart(self.task.text)], instructions=self.task.instructions)
        ]
        max_tokens, malformed, cut_off = self.task.max_tokens, 0, False
        while True:
            response = await self._request(model, messages, max_tokens)
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
            try:
                return self._read(response)
            except ValueError as error:
                if malformed == self.config.retries:
                    times = f"{malformed + 1} times" if malformed else "once"
                    raise WriterError(
                        "malformed",
                        f"The model was asked {times} and gave no usable answer. The last was wrong in this: "
                        f"{_sentence(error)}",
                    ) from None
                malformed += 1
                _correct(messages, response, _sentence(error))

    async def _request(self, model: Model, messages: list[ModelMessage], max_tokens: int) -> ModelResponse:
        if self.responses:
            # In a thread, because who is asked may ask a database and wait for it.
            await asyncio.to_thread(ask_gate, -(-max_tokens // self.task.max_tokens))
        response = await model_request(
            model,
            messages,
            model_settings=ModelSettings(
                max_tokens=max_tokens,
                temperature=self.task.temperature,
                # The client's own time-out counts between bytes; this one counts the whole request.
                request_timeout=self.config.timeout,
            ),
            model_request_parameters=ModelRequestParameters(
                output_mode="tool",
                output_tools=[
                    ToolDefinition(
                        name=_TOOL,
                        description=self.task.form.__doc__,
                        parameters_json_schema=self.task.form.model_json_schema(),
                        kind="output",
                    )
                ],
                allow_text_output=False,
            ),
        )
        self.responses.append(response)
        return response

    def _read(self, response: ModelResponse) -> T:
        for part in response.parts:
            if isinstance(part, ToolCallPart):
                return self.task.accept(
                    self.task.form.model_validate(part.args_as_dict(raise_if_invalid=True))
                )
        # Small local models often write the JSON down instead of calling the tool.
        text = "".join(part.content for part in response.parts if isinstance(part, TextPart))
        start, end = text.find("{"), text.rfind("}")
        if start < 0 or end < start:
            raise ValueError(f"Answer by calling the tool {_TOOL}, not with text.")
        return self.task.accept(self.task.form.model_validate_json(text[start : end + 1]))


def _correct(messages: list[ModelMessage], response: ModelResponse, sentence: str) -> None:
    """Show the model its error: as the answer to each tool call, where it made one."""
    text = (
        f"That answer can't be used. {sentence} Give the whole answer again, corrected, by calling {_TOOL}."
    )
    calls = [part for part in response.parts if isinstance(part, ToolCallPart)]
    if not response.parts:
        # There is nothing to answer, and providers refuse an empty message of the model.
        messages.append(ModelRequest(parts=[UserPromptPart(text)]))
        return
    parts: list[ModelRequestPart] = [
        ToolReturnPart(
            tool_name=call.tool_name, content=text, tool_call_id=call.tool_call_id, outcome="retried"
        )
        for call in calls
    ]
    messages += [response, ModelRequest(parts=parts or [UserPromptPart(text)])]


def _sentence(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        text = str(error)
        return text if text.endswith(".") else f"{text}."
    problems = [
        f"{'.'.join(map(str, problem['loc'])) or 'the answer'}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False)[:_ERRORS_SHOWN]
    ]
    return "; ".join(problems) + "."
