"""Why a file can't be read, as the process that reads it says it; `reading` makes a sentence of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from momentum.providers.documents import DocumentCode


class RefusedError(Exception):
    """The file cannot be used; `detail` completes the sentence for this code."""

    def __init__(self, code: DocumentCode, detail: str = "") -> None:
        super().__init__(code)
        self.code: DocumentCode = code
        self.detail = detail
