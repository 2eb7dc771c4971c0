"""An answer of a writer with what it cost, and how one can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Usage(_Record):
    """What one call of a writer used. Costs are millionths of a US dollar; None when no price is known."""

    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    usd_micros: int | None = None
    requests: int = 0
    request_ids: list[str] = []
    prompt_version: str = ""


class Written[T](_Record):
    """An answer, what it cost (empty when nothing was paid for), and notes for the administrator."""

    value: T
    usage: list[Usage] = []
    notes: list[str] = []


class WriterError(Exception):
    """The writer said no.

    `code` is stable and for programs; `message` is a plain sentence for a person. `permanent` says that
    the same call would fail again, so that a workflow must not retry it. `usage` is what had been spent.
    `retry_after` is how many seconds to wait at least before trying again, where the provider said so.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        permanent: bool = True,
        usage: Sequence[Usage] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.permanent = permanent
        self.usage = list(usage)
        self.retry_after = retry_after
