"""Tables of contents as they are printed, with dots that lead from a title to its page. Pure."""

import re

_LEADER = re.compile(r"\s*(?:[.·…_]\s?){4,}")
_PAGE = re.compile(r"(\d{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})(?:\s+|$)")


def entries_in(text: str) -> list[tuple[str, str]]:
    """Return the titles and pages of a paragraph that is a part of such a table; nothing for any other text."""
    title, *rest = _LEADER.split(" ".join(text.split()))
    entries: list[tuple[str, str]] = []
    for part in rest:
        page = _PAGE.match(part.strip())
        if not title.strip() or page is None:
            return []
        entries.append((title.strip(), page[1]))
        title = part.strip()[page.end() :]
    return [] if title.strip() else entries
