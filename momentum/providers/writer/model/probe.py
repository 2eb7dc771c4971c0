"""The smallest call to a model, for `momentum doctor`."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

from pydantic import BaseModel

from momentum.providers.writer.model.config import ModelName
from momentum.providers.writer.model.conversation import Conversation
from momentum.providers.writer.model.session import Session
from momentum.providers.writer.model.task import Task

if TYPE_CHECKING:
    from momentum.providers.writer.model.config import ModelConfig

_PATIENCE = 30.0
# A machine of one's own may have to read the model from its disk first.
_LOCAL_PATIENCE = 120.0
# Enough for models that think before they answer.
_TOKENS = 256


class Ready(BaseModel):
    """Say that you are ready."""

    ready: bool


def probe(name: str, config: ModelConfig) -> None:
    """Ask the model whether it is ready, with time and answer kept short.

    Raises:
        WriterError: where it can't be asked, or can't answer in a form.
    """
    model = ModelName.parse(name)
    patience = _LOCAL_PATIENCE if model.is_local(config) else _PATIENCE
    task = Task(
        "doctor",
        "Answer in the form you are given.",
        "Are you ready?",
        0.0,
        _TOKENS,
        Ready,
        lambda answer: answer,
    )

    async def ask() -> Ready:
        async with Session(
            model, dataclasses.replace(config, timeout=min(config.timeout, patience))
        ) as session:
            return await Conversation(session, task, reserved=True).answer()

    asyncio.run(ask())
