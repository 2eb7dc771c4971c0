"""OpenAI's chat completions, which many local servers and gateways speak as well."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from openai import AsyncOpenAI
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai import OpenAIProvider

from momentum.providers.writer.model.clients import key_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pydantic_ai.models import Model

    from momentum.providers.writer.model.config import ModelConfig


_OPENAIS_OWN = (".openai.com", ".openai.azure.com")


@asynccontextmanager
async def open_openai(model: str, config: ModelConfig) -> AsyncIterator[Model]:
    """Open a client with the configured key or OPENAI_API_KEY; a server of one's own needs none."""
    # Local servers ask for no key, but the library insists on something.
    otherwise = "none" if config.base_url else ""
    async with AsyncOpenAI(
        api_key=key_for(config, "OPENAI_API_KEY", otherwise=otherwise),
        base_url=config.base_url or None,
        max_retries=0,
        timeout=config.timeout,
    ) as client:
        yield OpenAIChatModel(
            model, provider=OpenAIProvider(openai_client=client), profile=_profile(config.base_url)
        )


def _profile(base_url: str) -> OpenAIModelProfile:
    """OpenAI wants the newer name of max_tokens; most other servers know only the older, and ignore that one."""
    host = urlsplit(base_url).hostname or "api.openai.com"
    return OpenAIModelProfile(openai_chat_supports_max_completion_tokens=host.endswith(_OPENAIS_OWN))
