"""The writer that asks a language model: Amazon Bedrock, Anthropic, or whatever speaks OpenAI's protocol.

Read it in this order: `writer` has the three calls; `planning`, `briefing` and `lessons` say what each asks
and check the answer against its form in `schema`; a `conversation` talks with a model until the answer is good, in
a `session` that counts every request; `output` sends them through `clients`; `failures` and `prices` say what went
wrong and what it cost. Nothing here loads a vendor's library before the first call.
"""

from __future__ import annotations

from importlib import import_module

from momentum.providers.writer import WriterError
from momentum.providers.writer.model.config import ModelConfig, ModelName
from momentum.providers.writer.model.writer import ModelWriter

__all__ = ["ModelConfig", "ModelWriter", "build_writer", "check", "load"]


def load(name: str) -> None:
    """Load the library that speaks with this model, so that its first call need not wait for that. Asks nobody.

    Raises:
        WriterError: where the name is not a model's.
    """
    protocol = ModelName.parse(name).protocol
    # What a call loads at first: the conversation, its own vendor's client, and the built-in writer's words.
    for module in ("model.conversation", "model.session", f"model.clients.{protocol}", "extractive"):
        import_module(f"momentum.providers.writer.{module}")


def build_writer(name: str, config: ModelConfig | None = None) -> ModelWriter:
    """Return the writer for a model such as "bedrock:global.anthropic.claude-sonnet-4-6". Asks nobody yet.

    Raises:
        WriterError: where the name is not a model's.
    """
    return ModelWriter(name, config or ModelConfig())


def check(name: str, config: ModelConfig | None = None) -> str | None:
    """Make the smallest call there is; return what is wrong in a plain sentence, or None when all is well.

    A server of one's own is first asked which models it has, and at last how much the model reads at once.
    """
    from momentum.providers.writer.model import local
    from momentum.providers.writer.model.probe import probe

    config = config or ModelConfig()
    try:
        model = ModelName.parse(name)
        elsewhere = model.is_elsewhere(config)
        if elsewhere and (missing := local.what_is_missing(model, config)):
            return missing
        probe(name, config)
    except WriterError as error:
        return error.message
    return local.what_is_too_small(model, config) if elsewhere else None
