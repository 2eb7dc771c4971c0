"""Uploaded covers: which files one picture is kept as. Its name says how wide it is, so a page asks nobody else.

`covers/tides-0f3a-1600.webp` is the picture; `covers/tides-0f3a-480.webp` is the same, smaller.
"""

import re

# For a card on a phone, a card on a sharp screen, and the head of a page.
WIDTHS = (480, 960, 1600)

_NAME = re.compile(r"(?P<stem>.+)-(?P<width>[0-9]{1,4})\.webp")


def name_of(stem: str, width: int) -> str:
    return f"{stem}-{width}.webp"


def sizes(name: str) -> dict[int, str]:
    """Return every file of the picture kept under `name` by its width, the smallest first."""
    match = _NAME.fullmatch(name)
    if match is None:
        return {}
    own = int(match["width"])
    return {width: name_of(match["stem"], width) for width in (*(w for w in WIDTHS if w < own), own)}
