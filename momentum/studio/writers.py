"""The writer of a job, made from the settings."""

from functools import lru_cache

from django.conf import settings

from momentum.providers.writer import EXTRACTIVE, Writer, get_writer


@lru_cache(maxsize=8)
def writer_named(name: str) -> Writer:
    """Return the writer of this name with the configured address, key, time-out and retries.

    Raises:
        WriterError: for a name that can't be a writer's.
    """
    if name == EXTRACTIVE:
        return get_writer(name)
    from momentum.providers.writer.model.config import ModelConfig

    config = ModelConfig(
        base_url=settings.WRITER_BASE_URL,
        api_key=settings.WRITER_API_KEY,
        region=settings.WRITER_REGION,
        timeout=settings.WRITER_TIMEOUT,
        retries=settings.WRITER_RETRIES,
    )
    return get_writer(name, config)
