"""Amazon Bedrock's Converse API. The model may be a cross-region profile such as "eu.anthropic.…"."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.loaders import create_loader
from botocore.session import Session
from botocore.tokens import FrozenAuthToken
from pydantic_ai.models.bedrock import BedrockConverseModel
from pydantic_ai.providers.bedrock import BedrockProvider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pydantic_ai.models import Model

    from momentum.providers.writer.model.config import ModelConfig

_CONNECT_SECONDS = 10.0
# What AWS's services look like never changes, and takes a tenth of a second to read.
_DESCRIPTIONS = create_loader()


@asynccontextmanager
async def open_bedrock(model: str, config: ModelConfig) -> AsyncIterator[Model]:
    """Open a client with the configured Bedrock API key, or with whatever AWS's own chain finds.

    botocore sends an API key over HTTPS only, so an endpoint without it needs AWS credentials.
    """
    # A session of its own each time: they are not made for several threads, and keys may change meanwhile.
    session = _KeySession(config.api_key) if config.api_key else Session()
    session.register_component("data_loader", _DESCRIPTIONS)
    client = session.create_client(
        "bedrock-runtime",
        region_name=config.region,
        endpoint_url=config.base_url or None,
        config=Config(
            # max_attempts would count retries; this counts requests.
            retries={"mode": "standard", "total_max_attempts": 1},
            read_timeout=config.timeout,
            connect_timeout=min(_CONNECT_SECONDS, config.timeout),
            signature_version="bearer" if config.api_key else None,
        ),
    )
    try:
        yield BedrockConverseModel(model, provider=BedrockProvider(bedrock_client=client))
    finally:
        client.close()


class _KeySession(Session):  # type: ignore[misc]  # botocore has no types
    """A session that signs with a Bedrock API key and nothing else."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def get_auth_token(self, **kwargs: object) -> FrozenAuthToken:
        return FrozenAuthToken(self._key)

    def get_credentials(self) -> None:
        return None
