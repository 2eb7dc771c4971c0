"""The few sentences the extractive writer says itself. They tell where in the source we are, never facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENINGS: Final = (
    "Today’s reading is {where}.",
    "This lesson follows {where}.",
    "The text for today is {where}.",
    "Today keeps to {where}.",
)
_TURNS: Final = (
    "The text turns next to {name}, on page {page}.",
    "From here it goes on to {name}, on page {page}.",
    "Then comes {name}, on page {page}.",
    "Page {page} takes up {name}.",
    "The next part, on page {page}, is {name}.",
)
_LAST_TURNS: Final = (
    "The last part for today is {name}, on page {page}.",
    "Today’s reading ends with {name}, on page {page}.",
)
_LATER: Final = (
    "The text goes on, on page {page}.",
    "This is taken up again on page {page}.",
    "There is more on this on page {page}.",
)


_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def opening(day: int, where: str, names: Sequence[str]) -> list[str]:
    """How a lesson begins: which pages, and from which heading to which."""
    first = _OPENINGS[(day - 1) % len(_OPENINGS)].format(where=where)
    if len(names) < 2:
        return [first]
    count = _NUMBERS[len(names)] if len(names) < len(_NUMBERS) else str(len(names))
    return [first, f"It has {count} parts, from “{names[0]}” to “{names[-1]}”."]


def turn(day: int, place: int, name: str, page: int, *, last: bool) -> str:
    """How a section begins that is not the first."""
    options = _LAST_TURNS if last else _TURNS
    return options[(day + place) % len(options)].format(name=f"“{name}”", page=page)


def later(day: int, place: int, page: int) -> str:
    """How a paragraph begins that stands on a later page than the one before it."""
    return _LATER[(day + place) % len(_LATER)].format(page=page)


def list_goes_on(page: int) -> str:
    """After a list of which only the beginning is quoted."""
    return f"The list goes on in the source, on page {page}."


def listed(names: Sequence[str]) -> str:
    """Join them to "a, b and c"; semicolons where a name has a comma or an "and" of its own."""
    if len(names) < 2:
        return "".join(names)
    heavy = any("," in name or " and " in name for name in names)
    if heavy and len(names) > 2:
        return f"{'; '.join(names[:-1])}; and {names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def pages(first: int, last: int) -> str:
    """Say "page 3" or "pages 3 to 5"."""
    return f"page {first}" if first == last else f"pages {first} to {last}"


def short_name(title: str) -> str:
    """What to call a document inside a sentence."""
    return title if len(title) <= 60 else "the source"
