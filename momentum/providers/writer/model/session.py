"""The requests of one call of a writer: each is allowed before it is made, and counted after."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

from botocore.exceptions import BotoCoreError
from pydantic_ai.exceptions import AgentRunError, UserError

from momentum.providers.writer import Usage
from momentum.providers.writer.model.clients import open_model
from momentum.providers.writer.model.config import ModelName
from momentum.providers.writer.model.failures import writer_error
from momentum.providers.writer.model.output import send
from momentum.providers.writer.model.prices import estimate, usage_of
from momentum.providers.writer.requests import ask_gate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model

    from momentum.providers.writer.model.config import ModelConfig
    from momentum.providers.writer.model.task import Task

# The model that was asked for, or the cheap one beside it.
type Tier = Literal["main", "cheap"]


@dataclass(slots=True)
class Session:
    """Asks the models of one writer; use it in an `async with` block. Clients are opened when first needed."""

    name: ModelName
    config: ModelConfig
    _answered: dict[tuple[ModelName, str], list[ModelResponse]] = field(default_factory=dict)
    _open: dict[ModelName, Model] = field(default_factory=dict)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    def usage(self) -> list[Usage]:
        """What was used so far: the main model first, and one record for each prompt of a model."""
        mains_first = sorted(self._answered, key=lambda key: key[0] != self.name)
        return [
            usage
            for name, prompt in mains_first
            for usage in usage_of(name, self.config, prompt, self._answered[name, prompt])
        ]

    async def request(
        self,
        task: Task[Any, Any],
        messages: Sequence[ModelMessage],
        *,
        max_tokens: int,
        tier: Tier,
        reserved: bool,
        said: int = 0,
    ) -> ModelResponse:
        """Make one request. `reserved`: its money was set aside already; `said`: tokens beyond those of the task.

        Raises:
            WriterError: where it isn't allowed, or fails.
        """
        name = self.model(tier)
        if not reserved:
            # In a thread, because who is asked may ask a database and wait for it.
            await asyncio.to_thread(ask_gate, estimate(name, self.config, task.tokens + said, max_tokens))
        try:
            response = await send(
                await self._model(name), name, self.config, task, messages, max_tokens=max_tokens
            )
        except (AgentRunError, UserError, BotoCoreError) as error:
            # The original may hold the request, and with it the prompt; the sentence is all that leaves.
            raise writer_error(error, name, self.config) from None
        self._answered.setdefault((name, task.prompt), []).append(response)
        return response

    def model(self, tier: Tier) -> ModelName:
        """The model of this tier."""
        return ModelName.parse(self.config.cheap) if tier == "cheap" and self.config.cheap else self.name

    async def _model(self, name: ModelName) -> Model:
        async with self._opening:
            if name not in self._open:
                self._open[name] = await self._stack.enter_async_context(open_model(name, self.config))
            return self._open[name]
