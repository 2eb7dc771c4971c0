"""The vendors' own clients, one module for each protocol, each opened for one call and closed after it.

A call may run in any thread, and an asynchronous client belongs to one event loop: keeping one would save a
handshake in a call that takes seconds. Their own retries are off everywhere, because the durable workflow
retries, and attempts would multiply. To add a protocol, add a module and its line in `open_model`, its name
in `config.ModelName`, and its provider in `prices`.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from momentum.providers.writer import WriterError

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from pydantic_ai.models import Model

    from momentum.providers.writer.model.config import ModelConfig, ModelName

# At DEBUG these write down headers, with the key, and whole prompts.
for _talkative in (
    "anthropic",
    "boto3",
    "botocore",
    "httpcore",
    "httpcore2",
    "httpx",
    "httpx2",
    "openai",
    "urllib3",
):
    logging.getLogger(_talkative).setLevel(logging.WARNING)


def open_model(name: ModelName, config: ModelConfig) -> AbstractAsyncContextManager[Model]:
    """Open a client for this model. Only its own vendor's library is loaded: each takes seconds.

    Raises:
        WriterError: where there is no key to use.
    """
    if name.protocol == "anthropic":
        from momentum.providers.writer.model.clients.anthropic import open_anthropic

        return open_anthropic(name.model, config)
    if name.protocol == "openai":
        from momentum.providers.writer.model.clients.openai import open_openai

        return open_openai(name.model, config)
    from momentum.providers.writer.model.clients.bedrock import open_bedrock

    return open_bedrock(name.model, config)


def key_for(config: ModelConfig, variable: str, *, otherwise: str = "") -> str:
    """Return the configured key, else the vendor's own variable.

    Raises:
        WriterError: where there is neither.
    """
    if key := config.api_key or os.environ.get(variable, "") or otherwise:
        return key
    raise WriterError(
        "not_authorised",
        f"The language model needs a key. Set MOMENTUM_WRITER_API_KEY or {variable}, and start again.",
    )
