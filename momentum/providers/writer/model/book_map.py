"""Reads whole references in pieces, by the cheap model: what each piece teaches, on which page, in whose words.

A plan made from the beginnings of pages misses what stands further down. Each piece is asked about by itself, a few at
the same time, and what the model says is kept only where the words it quotes stand on the page it names.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from momentum.providers.writer import WriterError
from momentum.providers.writer.model import data
from momentum.providers.writer.model.passages import cut
from momentum.providers.writer.model.quotes import is_quoted
from momentum.providers.writer.model.schema import MapAnswer
from momentum.providers.writer.model.task import HOPELESS, line, make_task
from momentum.providers.writer.model.tokens import count_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer import CourseRequest
    from momentum.providers.writer.model.config import ModelConfig
    from momentum.providers.writer.model.session import Session
    from momentum.providers.writer.model.task import Task

type Piece = list[tuple[int, str]]  # pages and what stands on them
type Point = dict[str, Any]

_PIECE_TOKENS: Final = 4_000
_WHOLE: Final = 0.7  # of the room: references that take less are given to the planner as they are


def fits(references: Sequence[Document], config: ModelConfig) -> bool:
    """Whether the planner can read all of the references itself."""
    return sum(count_tokens(page.text) for document in references for page in document.pages) <= (
        config.room * _WHOLE
    )


async def read(session: Session, request: CourseRequest, references: Sequence[Document]) -> list[Point]:
    """Return what the references teach, in order: each point with its document, page, topic and terms.

    Raises:
        WriterError: where the model can't be asked.
    """
    few = asyncio.Semaphore(session.config.at_once)
    pieces = [
        (number, document.name, piece)
        for number, document in enumerate(references)
        for piece in _pieces(document, min(_PIECE_TOKENS, session.config.room // 2))
    ]

    failed: list[WriterError] = []

    async def points(number: int, name: str, piece: Piece) -> list[Point]:
        async with few:
            if failed:
                return []
            try:
                return [{"document": number, **point} for point in await _read(session, request, name, piece)]
            except WriterError as error:
                failed.append(error)
                return []

    # What is in the air when one fails is waited for: it is paid for, and will be kept.
    found = await asyncio.gather(*(points(*piece) for piece in pieces))
    if failed:
        raise failed[0]
    return [point for one in found for point in one]


async def _read(session: Session, request: CourseRequest, name: str, piece: Piece) -> list[Point]:
    # Here for the vendors' libraries, which load slowly.
    from momentum.providers.writer.model.conversation import Conversation

    try:
        return await Conversation(session, task(request, name, piece), tier="cheap").answer()
    except WriterError as error:
        if error.code not in HOPELESS:
            raise
        # The planner sees how such a piece begins, as it would without a map.
        return [{"page": page, "says": text[:300]} for page, text in piece[:3]]


def task(request: CourseRequest, name: str, piece: Piece) -> Task[MapAnswer, list[Point]]:
    """Say what one piece of a document teaches."""
    pages = dict[int, str]()
    for page, text in piece:
        pages[page] = f"{pages.get(page, '')}\n\n{text}"
    marker = data.marker()
    values = {
        "document": line(name, "untitled"),
        "language": line(request.language, "en"),
        "marker": marker,
        "pages": data.lines({"page": page, "text": text} for page, text in piece),
    }

    def accept(answer: MapAnswer) -> list[Point]:
        points = [
            {"page": point.page, "topic": point.topic, "says": point.says, "terms": point.terms}
            for point in answer.points
            if is_quoted(point.quote, pages.get(point.page, ""))
        ]
        if answer.points and not points:
            first = answer.points[0]
            raise ValueError(
                f"None of the quotes stands on the page it names: “{first.quote[:80]}” is not on page {first.page}. "
                "Copy the words of the page exactly."
            )
        return points

    return make_task("document-map", values, MapAnswer, accept)


def _pieces(document: Document, tokens: int) -> Iterator[Piece]:
    """Pages that belong together, whole where they fit."""
    piece: Piece = []
    used = 0
    for page in document.pages:
        whole = count_tokens(page.text) <= tokens
        for text in [page.text] if whole else cut(page.text):
            if not text.strip():
                continue
            size = count_tokens(text)
            if piece and used + size > tokens:
                yield piece
                piece, used = [], 0
            piece.append((page.number, text))
            used += size
    if piece:
        yield piece
