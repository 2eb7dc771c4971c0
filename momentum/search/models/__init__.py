"""Search: what can be found, and what was looked for."""

from momentum.search.models.document import Document, FacetGroup, Passage, Unpacked, Word
from momentum.search.models.log import Click, Phrase, Search

__all__ = ["Click", "Document", "FacetGroup", "Passage", "Phrase", "Search", "Unpacked", "Word"]
