"""What to do today: what the source itself tells its reader to do, and a way to study the lesson."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.writer import ActionItem
from momentum.providers.writer.extractive import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.writer.extractive.source import Piece

_IMPERATIVE: Final = re.compile(
    r"^(?:Please |Always |Never |Do not |Don[’']t |Before \w+ing [^,]{3,60}, )?"
    r"(?:add|agree|aim|answer|arrange|ask|avoid|back up|begin|book|bring|build|call|change|check|choose|clean"
    r"|collect|compare|complete|confirm|consider|contact|count|create|cut|decide|describe|discuss|divide|do|draw"
    r"|eat|encourage|establish|explain|fill|find|focus|follow|gather|get|give|go|hold|identify|imagine|include"
    r"|inform|install|invite|join|keep|learn|leave|limit|list|listen|look|maintain|make|mark|measure|meet|move"
    r"|name|note down|observe|offer|open|organi[sz]e|pick|plan|practi[sc]e|prepare|put|read|record|reduce|remember"
    r"|remove|replace|report|review|run|say|schedule|select|send|set|share|show|sit|sketch|speak|spend|stand|start"
    r"|stay|stop|store|study|switch|take|talk|tell|test|think|track|try|turn|update|use|verify|visit|wait|walk|wash"
    r"|watch|wear|work|write)\b(?!-|\s+(?:no|of|can|will|may|must|should)\b)"
    # "List elements are accessed ..." tells nobody to list anything.
    r"(?!(?:\s+(?!what|how|that|who|which|where|if|whether|when|you)[\w.’'-]+){0,6}\s+(?:is|are|was|were|has|have)\b)",
    re.IGNORECASE,
)
_ADVICE: Final = re.compile(
    r"^(?:You should|You must|You need to|Make sure|Be sure to|It is (?:best|wise|important) to)\b"
    r"(?!\s+(?:understand|know|note|reali[sz]e|not|both|be (?:careful|aware|familiar)))"
)
# Nothing that can be done today, or only by who has read what stands before.
_IDLE: Final = re.compile(
    r"(?i)\bdiscouraged\b|^keep in mind\b|\bexamples?\b|\b(?:this|that|these|those)[.!]$"
    r"|\b(?:from|to|of|in|with|for|at|by|on) (?:that|this)\b|\bthat \w+ too\b"
)
_STUDY: Final = (
    "Read {where} and write, in your own words, three sentences about {subject}.",
    "Without looking back, write down what you remember about {subject}; then check it against {where}.",
    "Explain {subject} to somebody, or aloud to yourself, using one example from {where}.",
    "Read {where} and note one thing about {subject} that you will use this week.",
)


def suggest(
    day: int, pieces: Sequence[Piece], score: dict[int, float], subject: str, where: str, extra: int
) -> list[ActionItem]:
    """One study action and, when the source asks its reader to do something, that too."""
    asked = [
        piece
        for piece in pieces
        if piece.whole and not piece.leans and not piece.item and not piece.gloss
        if piece.words <= 28 and _is_order(piece.text)
    ]
    asked.sort(
        key=lambda piece: (
            -score.get(piece.order, 0.0) - 0.3 * bool(_IMPERATIVE.match(piece.text)),
            piece.order,
        )
    )
    items = [
        ActionItem(text=piece.text, note=f"From page {piece.page} of the source.")
        for piece in asked[: 1 + extra]
    ]
    for number in range(max(1, 1 + extra - len(items))):
        pattern = _STUDY[(day - 1 + number) % len(_STUDY)]
        items.append(ActionItem(text=pattern.format(where=where, subject=subject)))
    return items


def _is_order(text: str) -> bool:
    asks = _IMPERATIVE.match(text) or _ADVICE.match(text)
    return bool(asks) and not _IDLE.search(text) and not text.endswith(("?", ":"))


def places(pages: Sequence[tuple[str, int, int]]) -> str:
    """Name them, as in "pages 3 to 5 of the handbook and page 2 of the guide"."""
    return wording.listed(
        [f"{wording.pages(first, last)} of {wording.short_name(name)}" for name, first, last in pages]
    )
