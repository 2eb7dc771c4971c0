"""How to reach a language model. Light to import: no vendor's library is needed for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from momentum.providers.writer import WriterError
from momentum.providers.writer.names import OutputMode, Wire, taken_apart

_OPENAIS_OWN = (".openai.com", ".openai.azure.com")
_HERE = (".localhost", ".local", ".internal", ".lan")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """What the model writer needs to know beside the model's name.

    Without `api_key` the libraries look where they always do (ANTHROPIC_API_KEY, OPENAI_API_KEY, and AWS's
    own chain). `base_url` replaces the provider's address, for local servers and gateways. `retries` is how
    often a malformed answer is shown its error and asked for again. `timeout` is for one request, in
    seconds; for an answer that streams in, for each silence. `context_tokens` is how much the model reads and
    writes in one request, and `reference_tokens` how much of the references goes into one at most. `cheap` is the
    model that reads whole books and solves questions; empty for the same. `judges` says that it also judges claims.
    `at_once` is how many requests of one call may be in the air.

    Raises:
        WriterError: where `base_url` is no address, or `cheap` no model.
    """

    base_url: str = ""
    api_key: str = field(default="", repr=False)
    region: str = "us-east-1"
    timeout: float = 300.0
    retries: int = 2
    context_tokens: int = 32_000
    reference_tokens: int = 12_000
    output: OutputMode = "auto"
    cheap: str = ""
    judges: bool = False
    at_once: int = 4

    def __post_init__(self) -> None:
        if self.base_url and not _is_address(self.base_url):
            raise WriterError(
                "bad_address",
                f"MOMENTUM_WRITER_BASE_URL is “{self.base_url}”, but it must be an address such as "
                "http://localhost:11434/v1.",
            )
        if self.cheap:
            ModelName.parse(self.cheap)

    @property
    def room(self) -> int:
        """How many tokens of references a request has room for, beside instructions, form and answer."""
        return min(self.reference_tokens, self.context_tokens * 3 // 8)

    def answer_tokens(self, wanted: int) -> int:
        """How long an answer may be, where `wanted` would be best."""
        return min(wanted, self.context_tokens // 4)


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model's name taken apart: which protocol to speak, and the name the server knows."""

    protocol: Wire
    model: str

    def __str__(self) -> str:
        return f"{self.protocol}:{self.model}"

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

    def is_elsewhere(self, config: ModelConfig) -> bool:
        """Whether a server that isn't the vendor's speaks OpenAI's protocol: one of one's own, or a gateway."""
        return (
            self.protocol == "openai"
            and bool(config.base_url)
            and not (urlsplit(config.base_url).hostname or "").endswith(_OPENAIS_OWN)
        )

    def is_local(self, config: ModelConfig) -> bool:
        """Whether it answers from this machine or its network, where a model without a price costs nothing."""
        return self.is_elsewhere(config) and _is_near(urlsplit(config.base_url).hostname or "")


def _is_near(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        # A name without a dot is a neighbour's, such as a service of Docker Compose.
        return "." not in host or host.endswith(_HERE)
    return address.is_loopback or address.is_private


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
