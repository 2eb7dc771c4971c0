"""Anthropic's Messages API."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from anthropic import AsyncAnthropic
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.providers.anthropic import AnthropicProvider

from momentum.providers.writer.model.clients import key_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pydantic_ai.models import Model

    from momentum.providers.writer.model.config import ModelConfig


@asynccontextmanager
async def open_anthropic(model: str, config: ModelConfig) -> AsyncIterator[Model]:
    """Open a client with the configured key or ANTHROPIC_API_KEY."""
    async with AsyncAnthropic(
        api_key=key_for(config, "ANTHROPIC_API_KEY"),
        base_url=config.base_url or None,
        max_retries=0,
        timeout=config.timeout,
    ) as client:
        yield AnthropicModel(model, provider=AnthropicProvider(anthropic_client=client))
