"""OpenAI's chat completions, which many local servers and gateways speak as well."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from openai import AsyncOpenAI
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai import OpenAIProvider

from momentum.providers.writer.model.clients import key_for
from momentum.providers.writer.model.config import ModelName

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pydantic_ai.models import Model

    from momentum.providers.writer.model.config import ModelConfig


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
            model,
            provider=OpenAIProvider(openai_client=client),
            profile=_profile(elsewhere=ModelName("openai", model).is_elsewhere(config)),
        )


def _profile(*, elsewhere: bool) -> OpenAIModelProfile:
    """OpenAI wants the newer name of max_tokens; most other servers know only the older, and ignore that one."""
    return OpenAIModelProfile(
        openai_chat_supports_max_completion_tokens=not elsewhere,
        supports_json_schema_output=True,
        # "JSON of any form" is one more thing that a server may refuse; the prompt asks for it.
        supports_json_object_output=False,
    )
