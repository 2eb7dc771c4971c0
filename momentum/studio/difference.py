"""Two versions of a lesson beside each other: block by block, and word by word where a block was changed.

Pure: from two reviewed versions to what the page shows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from momentum.studio.review import Block, Piece

type State = Literal["same", "changed", "gone", "new"]

# Words, and each letter of the scripts that have no spaces between them.
_WORDS = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+|\s+|[^\w\s]"
)
_LONG = 250_000  # words of one block times those of the other
_ALIKE = 0.5  # blocks that share less are two blocks, and not one that was changed


@dataclass(frozen=True)
class Part:
    """A stretch of a sentence; `differs` from the other version."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Said:
    """A sentence of one version, in parts, with the passage it rests on."""

    parts: list[Part]
    piece: Piece


@dataclass(frozen=True)
class Row:
    """A block of the old version beside one of the new; one of them is empty where there is none."""

    state: State
    kind: str
    old: list[Said]
    new: list[Said]


def compare(old: Sequence[Block], new: Sequence[Block]) -> list[Row]:
    """Pair the blocks of two versions in their order, as many alike ones as can be."""
    return _beside(_rows(old, new))


def _beside(rows: Sequence[Row]) -> list[Row]:
    """Put what came in the place of what went beside it, where both are of a kind."""
    out: list[Row] = []
    gone: list[int] = []  # places in `out` of what went since the last block that both versions have
    for row in rows:
        place = next((at for at in gone if out[at].kind == row.kind), None)
        if row.state == "new" and place is not None:
            out[place] = Row("changed", row.kind, out[place].old, row.new)
            gone.remove(place)
            continue
        if row.state == "gone":
            gone.append(len(out))
        elif row.state in {"same", "changed"}:
            gone = []
        out.append(row)
    return out


def _rows(old: Sequence[Block], new: Sequence[Block]) -> list[Row]:
    rows = []
    for before, after in _paired(old, new):
        if before is None or after is None:
            block = before or after
            assert block is not None  # noqa: S101 - a pair has at least one
            whole = [Said([Part(piece.text, differs=True)], piece) for piece in block.pieces]
            rows.append(
                Row("new", block.kind, [], whole) if before is None else Row("gone", block.kind, whole, [])
            )
            continue
        state: State = "same" if before.text == after.text else "changed"
        rows.append(Row(state, after.kind, *_marked(before.pieces, after.pieces)))
    return rows


def lines(texts: Iterable[str]) -> list[Block]:
    """Return texts that aren't sentences of the lesson, such as its key points, as blocks to compare."""
    return [Block("bullet", [Piece(text, "linking")]) for text in texts]


def _paired(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[Block | None, Block | None]]:
    """The pairing with the greatest likeness (longest common subsequence, weighted)."""
    worth = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    mine, its = [_read(block) for block in old], [_read(block) for block in new]
    likeness = [[_likeness(before, after) for after in its] for before in mine]
    for at in reversed(range(len(old))):
        for to in reversed(range(len(new))):
            pair = likeness[at][to] + worth[at + 1][to + 1] if likeness[at][to] >= _ALIKE else 0.0
            worth[at][to] = max(pair, worth[at + 1][to], worth[at][to + 1])
    pairs: list[tuple[Block | None, Block | None]] = []
    at = to = 0
    while at < len(old) and to < len(new):
        alike = likeness[at][to]
        if alike >= _ALIKE and worth[at][to] == alike + worth[at + 1][to + 1]:
            pairs.append((old[at], new[to]))
            at, to = at + 1, to + 1
        elif worth[at + 1][to] >= worth[at][to + 1]:
            pairs.append((old[at], None))
            at += 1
        else:
            pairs.append((None, new[to]))
            to += 1
    return [*pairs, *((block, None) for block in old[at:]), *((None, block) for block in new[to:])]


class _Read(NamedTuple):
    """What is compared of a block."""

    is_heading: bool
    text: str
    words: frozenset[str]


def _read(block: Block) -> _Read:
    text = block.text
    return _Read(block.kind == "heading", text, frozenset(_WORDS.findall(text.casefold())) - {" "})


def _likeness(one: _Read, other: _Read) -> float:
    if one.is_heading != other.is_heading:
        return 0.0
    if one.text == other.text:
        return 1.0
    # A heading that was renamed is still the heading of what follows.
    shared = len(one.words & other.words)
    return shared / (len(one.words) + len(other.words) - shared or 1)


def _marked(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[list[Said], list[Said]]:
    before, after = (_WORDS.findall(" ".join(piece.text for piece in pieces)) for pieces in (old, new))
    gone, come = [True] * len(before), [True] * len(after)
    # In what is that long, words that stand everywhere are no place to begin at: with them it takes minutes.
    is_long = len(before) * len(after) > _LONG
    for here, there, size in SequenceMatcher(None, before, after, autojunk=is_long).get_matching_blocks():
        gone[here : here + size] = [False] * size
        come[there : there + size] = [False] * size
    return _said(old, before, gone), _said(new, after, come)


def _said(pieces: Sequence[Piece], words: list[str], differs: list[bool]) -> list[Said]:
    """The sentences again, cut where a difference begins or ends."""
    told, at = [], 0
    for place, piece in enumerate(pieces):
        left = len(piece.text)
        parts: list[Part] = []
        at += place > 0  # the space between two sentences
        while left > 0:
            word, differ = words[at], differs[at]
            if parts and parts[-1].differs == differ:
                parts[-1] = Part(parts[-1].text + word, differ)
            else:
                parts.append(Part(word, differ))
            left -= len(word)
            at += 1
        told.append(Said(parts, piece))
    return told
