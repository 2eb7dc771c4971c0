"""Running typst."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

FOLDER = Path(__file__).parent
# Everything that our display face can draw. A name with anything else in it is set in a face that has it all, so
# that no letter looks borrowed.
_DRAWN = frozenset(
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\xa0"
    "£§©«®°±²³´µ¶·»¼½¾ÀÄÇÉÖ×Üßàáâäæçèéêëíîïðñóôö÷øùúûü–—‘’‚“”„•…€™−"
)


def face(text: str) -> str:
    """Return the family to set a title or a name in."""
    return "Newsreader Display" if _DRAWN.issuperset(text) else "Libertinus Serif"


def typeset(
    source: str,
    data: Mapping[str, Any],
    *,
    form: Literal["pdf", "png"],
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC),
) -> bytes:
    """Set the document `source` (a file of this folder), which reads `data` as JSON; `at` is the date it bears.

    A pixel of a PNG is a point of the page.
    """
    # Fonts of the machine are looked at only where a letter is found in none of ours; that costs a second once.
    known = _fonts(system=not _needs_only_ours(data))
    compiler = typst.Compiler(FOLDER / source, root=FOLDER, font_paths=known)
    made = compiler.compile(
        format=form, ppi=72, sys_inputs={"data": json.dumps(dict(data))}, timestamp=int(at.timestamp())
    )
    assert isinstance(made, bytes)  # noqa: S101 - one page, one file
    return made


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, font_paths=[FOLDER / "fonts"])


def _needs_only_ours(data: Mapping[str, Any]) -> bool:
    """Say whether all text is in scripts that our fonts and those inside typst have: Latin, Greek, Cyrillic."""
    text = "".join(value for value in data.values() if isinstance(value, str))
    return all(character < "\u0530" or "\u1e00" <= character < "\u2122" for character in text)
