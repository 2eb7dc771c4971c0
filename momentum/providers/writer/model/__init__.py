"""The writer that asks a language model: Amazon Bedrock, Anthropic, or whatever speaks OpenAI's protocol.

Read it in this order: `writer` has the three calls; `planning`, `briefing` and `lessons` say what each asks
and check the answer against its form in `schema`; a `conversation` talks with a model until the answer is good, in
a `session` that counts every request; `output` sends them through `clients`; `failures` and `prices` say what went
wrong and what it cost. Nothing here loads a vendor's library before the first call.
"""

from __future__ import annotations

from momentum.providers.writer import WriterError
from momentum.providers.writer.model.config import ModelConfig, ModelName
from momentum.providers.writer.model.libraries import load_for_asking
from momentum.providers.writer.model.writer import ModelWriter

__all__ = ["ModelConfig", "ModelWriter", "build_writer", "check", "load"]


def load(name: str) -> None:
    """Load the library that speaks with this model, so that its first call need not wait for that. Asks nobody.

    Raises:
        WriterError: where the name is not a model's.
    """
    load_for_asking(ModelName.parse(name).protocol)


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

    config = config or ModelConfig()
    try:
        model = ModelName.parse(name)
        load_for_asking(model.protocol)
        from momentum.providers.writer.model.probe import probe

        elsewhere = model.is_elsewhere(config)
        if elsewhere and (missing := local.what_is_missing(model, config)):
            return missing
        probe(name, config)
    except WriterError as error:
        return error.message
    return local.what_is_too_small(model, config) if elsewhere else None
