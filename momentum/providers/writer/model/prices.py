"""What requests cost, in millionths of a US dollar."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from momentum.providers.writer import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.usage import RequestUsage

    from momentum.providers.writer.model.config import ModelConfig, ModelName

_PROVIDERS = {"anthropic": "anthropic", "bedrock": "aws", "openai": "openai"}
_MICROS = 1_000_000


def usage_of(
    name: ModelName, config: ModelConfig, prompt: str, responses: Sequence[ModelResponse]
) -> list[Usage]:
    """Sum up the requests for one prompt; nothing where none was answered.

    Every request is priced by itself, because prices can depend on its size. The sum is rounded up once.
    `input_tokens` includes what was read from and written to the provider's cache.
    """
    if not responses:
        return []
    prices = [_price(name, config, response.usage) for response in responses]
    known = [price for price in prices if price is not None]
    return [
        Usage(
            model=str(name),
            input_tokens=sum(response.usage.input_tokens for response in responses),
            output_tokens=sum(response.usage.output_tokens for response in responses),
            cache_read_tokens=sum(response.usage.cache_read_tokens for response in responses),
            cache_write_tokens=sum(response.usage.cache_write_tokens for response in responses),
            usd_micros=_micros(sum(known, Decimal(0))) if len(known) == len(prices) else None,
            requests=len(responses),
            request_ids=[r.provider_response_id for r in responses if r.provider_response_id],
            prompt_version=prompt,
        )
    ]


def estimate(name: ModelName, config: ModelConfig, input_tokens: int, output_tokens: int) -> int | None:
    """What a request of this size would cost; None when the model's price isn't known."""
    from pydantic_ai.usage import RequestUsage

    price = _price(name, config, RequestUsage(input_tokens=input_tokens, output_tokens=output_tokens))
    return None if price is None else _micros(price)


def _price(name: ModelName, config: ModelConfig, usage: RequestUsage) -> Decimal | None:
    from genai_prices import calc_price

    try:
        return calc_price(usage, name.model, provider_id=_PROVIDERS[name.protocol]).total_price
    except LookupError:
        # Nobody sends a bill for a model on one's own machine.
        return Decimal(0) if name.is_local(config) else None


def _micros(dollars: Decimal) -> int:
    return int((dollars * _MICROS).to_integral_value(ROUND_CEILING))
