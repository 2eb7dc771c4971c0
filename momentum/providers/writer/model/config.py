"""How to reach a language model. Light to import: no vendor's library is needed for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from momentum.providers.writer import WriterError
from momentum.providers.writer.names import Wire, taken_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """What the model writer needs to know beside the model's name.

    Without `api_key` the libraries look where they always do (ANTHROPIC_API_KEY, OPENAI_API_KEY, and AWS's
    own chain). `base_url` replaces the provider's address, for local servers and gateways. `retries` is how
    often a malformed answer is shown its error and asked for again. `timeout` is for one request, in
    seconds. `reference_tokens` limits how much of the references goes into one request.

    Raises:
        WriterError: where `base_url` is no address.
    """

    base_url: str = ""
    api_key: str = field(default="", repr=False)
    region: str = "us-east-1"
    timeout: float = 300.0
    retries: int = 2
    reference_tokens: int = 12_000

    def __post_init__(self) -> None:
        if self.base_url and not _is_address(self.base_url):
            raise WriterError(
                "bad_address",
                f"MOMENTUM_WRITER_BASE_URL is “{self.base_url}”, but it must be an address such as "
                "http://localhost:11434/v1.",
            )


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model's name taken apart: which protocol to speak, and the name the server knows."""

    protocol: Wire
    model: str

    @classmethod
    def parse(cls, name: str) -> ModelName:
        """Read "bedrock:ID", "anthropic:ID" or "openai:ID"; the id itself may hold colons.

        Raises:
            WriterError: for any other beginning, or no id.
        """
        if (found := taken_apart(name)) is not None:
            return cls(*found)
        raise WriterError(
            "unknown_writer",
            f"There is no writer called “{name}”. Set MOMENTUM_WRITER to extractive, or to a model's name such as "
            "bedrock:MODEL, anthropic:MODEL or openai:MODEL.",
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
