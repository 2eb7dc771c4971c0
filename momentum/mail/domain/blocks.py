"""What may stand in an email besides sentences: a few blocks that any kind may use.

Each is drawn twice, by a macro of its name in `mail/blocks.mjml` and in `mail/blocks.txt`. Whatever is drawn is also
said in words, because pictures may be off and the text part has none. Nothing in a block is markup, but for the HTML of
`RichText`, which the caller has sanitised.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from markupsafe import Markup


class DayState(StrEnum):
    """What became of a day, as the site's own week draws it. A day that was missed is `AHEAD` too: nobody is blamed."""

    DONE = "done"
    REST = "rest"
    TODAY = "today"
    AHEAD = "ahead"


@dataclass(frozen=True)
class WeekDay:
    """One day: its short name, and what stands above it, such as "9 min" or "rest"; empty where there is nothing."""

    name: str
    state: DayState
    said: str = ""


@dataclass(frozen=True)
class Card:
    """Something to go to, such as a course.

    Args:
        title: in its own language where the content's `titles` name it.
        address: full.
        text: a sentence or two about it.
        reason: why this reader sees it, in a few words that stand above the title.
        facts: what one chooses by, such as "7 days, beginner, free".
        picture: the full address of a picture, 4:3, that is at least 144 pixels wide; it only adorns.
    """

    title: str
    address: str
    text: str = ""
    reason: str = ""
    facts: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Block:
    """What any of the content's `blocks` and `below` is."""

    drawn_as: ClassVar[str]


@dataclass(frozen=True)
class Excerpt(Block):
    """The beginning of something to read, or all of what is short.

    Args:
        paragraphs: plain text.
        title: above it; left out where the heading of the mail says it.
        kicker: a line above the title, such as "Day 4 of 14, 9 minutes".
        language: of all that.
    """

    drawn_as = "excerpt"
    paragraphs: Sequence[str]
    title: str = ""
    kicker: str = ""
    language: str = ""


@dataclass(frozen=True)
class Quotation(Block):
    """What somebody wrote, beside a rule.

    Args:
        paragraphs: plain text.
        kicker: a line above it, such as "You wrote".
        language: of the text.
    """

    drawn_as = "quotation"
    paragraphs: Sequence[str]
    kicker: str = ""
    language: str = ""


@dataclass(frozen=True)
class Figure(Block):
    """A large number and what it is: "23", "days in a row", "since Sunday 1 November"."""

    drawn_as = "figure"
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Week(Block):
    """Seven days as suns over a horizon. `summary` says the same in a sentence."""

    drawn_as = "week"
    title: str
    days: Sequence[WeekDay]
    summary: str = ""


@dataclass(frozen=True)
class Cards(Block):
    """A list of things to go to."""

    drawn_as = "cards"
    cards: Sequence[Card]
    title: str = ""


@dataclass(frozen=True)
class Lines(Block):
    """Lines of a bill: each a label and an amount; `total` ends it."""

    drawn_as = "lines"
    lines: Sequence[tuple[str, str]]
    total: tuple[str, str] | None = None
    title: str = ""


@dataclass(frozen=True)
class Items(Block):
    """A short list to read: what there is to learn, or to do."""

    drawn_as = "items"
    items: Sequence[str]
    title: str = ""


@dataclass(frozen=True)
class RichText(Block):
    """A text with its headings, lists and pictures.

    Args:
        html: sanitised for mail: only what mail programs know, full addresses, no class, style or script.
        text: the same as plain text.
        language: of both.
    """

    drawn_as = "rich_text"
    html: Markup
    text: str
    language: str = field(default="")
