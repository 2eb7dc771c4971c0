"""Reads pages that are pictures by text recognition (OCR), where that is installed: one page at a time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from django.conf import settings
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from momentum.core import limited_process
from momentum.providers.documents.blocks import Box

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

PACKAGE: Final = "rapidocr"
# What its models read; of other scripts they make nothing, or nonsense.
SCRIPTS: Final = "Latin letters, Chinese and Japanese"
_PROCESS: Final = "momentum.providers.documents.recognition_process"
_PATIENCE: Final = 6


@dataclass(frozen=True)
class RecognitionLimits:
    """What recognising may take: bytes of memory and seconds of a processor for one page, and how many pages."""

    memory: int = 2048 * 1024**2
    seconds: int = 60
    pages: int = 300


class RecognisedLine(BaseModel):
    """A line of a page as a picture shows it; `score` says how sure that is, up to 1."""

    model_config = ConfigDict(frozen=True)

    text: str
    box: Box
    score: float


_LINES: Final = TypeAdapter(list[RecognisedLine])
_PAGES: Final = TypeAdapter(dict[int, list[RecognisedLine]])


def recognised_lines(data: bytes) -> dict[int, list[RecognisedLine]]:
    """Return the lines of pages as `as_json` wrote them."""
    return _PAGES.validate_json(data)


def as_json(pages: dict[int, list[RecognisedLine]]) -> bytes:
    return _PAGES.dump_json(pages)


def is_installed() -> bool:
    """Whether this installation has text recognition: the extra `momentum[ocr]`."""
    return find_spec(PACKAGE) is not None and find_spec("onnxruntime") is not None


def limits_here() -> RecognitionLimits | None:
    """Return what recognition may take here; None where it is switched off or not installed."""
    if not settings.OCR or not is_installed():
        return None
    return RecognitionLimits(settings.OCR_MEMORY_MB * 1024**2, settings.OCR_SECONDS)


def recognise(
    file: BinaryIO, pages: Iterable[int], limits: RecognitionLimits
) -> dict[int, list[RecognisedLine]]:
    """Return the lines of those of the pages that are pictures with text on them.

    A page that takes more than the limits, or that nothing is found on, is left out.
    """
    found: dict[int, list[RecognisedLine]] = {}
    for page in list(pages)[: limits.pages]:
        os.lseek(file.fileno(), 0, os.SEEK_SET)  # the child reads from where the descriptor stands
        wanted = map(str, (page, limits.memory, limits.seconds))
        code, answer = limited_process.run(
            _PROCESS, *wanted, given=file, seconds=limits.seconds, patience=_PATIENCE
        )
        try:
            lines = _LINES.validate_json(answer) if code == 0 else []
        except ValidationError:
            continue
        if lines:
            found[page] = lines
    return found
