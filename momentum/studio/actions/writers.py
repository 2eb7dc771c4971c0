"""The writers of jobs, made from the settings."""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from momentum.providers.writer import EXTRACTIVE, Writer, get_writer
from momentum.site.queries.current import current
from momentum.studio.site_settings import GenerationSettings

if TYPE_CHECKING:
    from momentum.providers.writer.model.config import ModelConfig


def writer_named(name: str) -> Writer:
    """Return the writer of this name with the configured address, key, time-out and retries.

    Raises:
        WriterError: for a name that can't be a writer's.
    """
    return _made(name, None if name == EXTRACTIVE else _model_config())


def what_is_wrong_with(name: str) -> str | None:
    """Ask the writer of this name for the least it can do; say what is wrong, or None when all is well.

    A model is really called, which takes seconds and costs a few tokens.
    """
    if name == EXTRACTIVE:
        return None
    from momentum.providers.writer.model import check

    return check(name, _model_config())


def load_writers() -> None:
    """Load the libraries of the configured models, which takes seconds. Asks nobody."""
    generation = current(GenerationSettings)
    for name in {generation.writer, generation.draft, generation.cheap_writer} - {"", EXTRACTIVE}:
        from momentum.providers.writer.model import load

        load(name)


@lru_cache(maxsize=8)
def _made(name: str, config: "ModelConfig | None") -> Writer:
    return get_writer(name, config)


def _model_config() -> "ModelConfig":
    from momentum.providers.writer.model.config import ModelConfig

    generation = current(GenerationSettings)
    return ModelConfig(
        base_url=settings.WRITER_BASE_URL,
        api_key=settings.WRITER_API_KEY,
        region=settings.WRITER_REGION,
        timeout=generation.timeout_seconds,
        retries=generation.retries,
        context_tokens=generation.context_tokens,
        output=generation.output,
        cheap=generation.cheap_writer,
        judges=generation.judges_claims,
        at_once=generation.lessons_at_once,
    )
