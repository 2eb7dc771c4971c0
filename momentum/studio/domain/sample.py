"""A document that we ship, for who has none at hand: enough for a course of a week or so, and free to use (CC0)."""

from pathlib import Path
from typing import Final

from django.core.files.base import ContentFile

ADDRESS: Final = "studio/samples/backups-that-work.md"
_FILE: Final = Path(__file__).parents[1] / "static" / ADDRESS


def sample_document() -> "ContentFile[bytes]":
    """Return the document as if it had been uploaded."""
    return ContentFile(_FILE.read_bytes(), name=_FILE.name)
