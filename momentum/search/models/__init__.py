"""Search: what can be found, and what was looked for."""

from momentum.search.models.document import Document, Kind, Passage, Unpacked, Word
from momentum.search.models.log import Click, Phrase, Search

__all__ = ["Click", "Document", "Kind", "Passage", "Phrase", "Search", "Unpacked", "Word"]
