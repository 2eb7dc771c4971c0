"""The smallest call to a model, for `momentum doctor`."""

from __future__ import annotations

import dataclasses

from pydantic import BaseModel

from momentum.providers.writer.model.config import ModelConfig, ModelName
from momentum.providers.writer.model.conversation import ask
from momentum.providers.writer.model.task import Task

_PATIENCE = 30.0
# Enough for models that think before they answer.
_TOKENS = 256


class Ready(BaseModel):
    """Say that you are ready."""

    ready: bool


def probe(name: str, config: ModelConfig) -> None:
    """Ask the model whether it is ready, with time and answer kept short.

    Raises:
        WriterError: where it can't be asked, or can't call a tool.
    """
    task = Task(
        "doctor", "Answer by calling the tool.", "Are you ready?", 0.0, _TOKENS, Ready, lambda answer: answer
    )
    ask(ModelName.parse(name), dataclasses.replace(config, timeout=min(config.timeout, _PATIENCE)), task)
