"""Joins printed lines to blocks: paragraphs, list items, code, tables, and what may be a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Literal

from momentum.providers.documents import scripts
from momentum.providers.documents.blocks import NUMBERED, BlockKind
from momentum.providers.documents.captions import says_what_it_is
from momentum.providers.documents.characters import HYPHEN
from momentum.providers.documents.frames import Extent
from momentum.providers.documents.tables import fits_below, head_rows, runs_to_the_left, table_rows

if TYPE_CHECKING:
    from momentum.providers.documents.joining import Joiner
    from momentum.providers.documents.lines import Line
    from momentum.providers.documents.regions import Region

type Kind = Literal["text"] | BlockKind

_BULLET = re.compile(r"^(?:[•‣◦▪●○■□►➢✓✔]|[-–—*·∙⋅](?=\s))\s*")
_ENDS = re.compile(r"[.!?:;。！？：；؟۔।]['\"”’)\]」』）]*$")

_SET_APART = 1.15  # of it: a new paragraph, where the last line ends a sentence
_BLANK_LINE = 1.7  # of the usual distance between two lines


@dataclass(slots=True)
class TextBlock:
    """Lines that belong together; `text` is set when they have been joined, and the rest as it is found out.

    What stands below `gap` is as in the block of the document that it becomes. A heading that the file names and
    that is printed nowhere has no lines.
    """

    page: int
    lines: list[Line]
    kind: Kind = "text"
    text: str = ""
    gap: float = field(default=0.0)  # white above, in lines
    mark: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    head_rows: int = 0
    caption: str = ""
    goes_on: bool = False
    region: Region | None = None

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)

    @property
    def extent(self) -> Extent:
        if self.region is not None:
            return self.region.extent
        return reduce(Extent.with_, (line.extent for line in self.lines))

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


def blocks_of(number: int, lines: list[Line], joiner: Joiner) -> list[TextBlock]:
    """The blocks of one page, joined, in reading order."""
    blocks: list[TextBlock] = []
    text = [line for line in lines if line.region is None]
    leading = _leading(text)
    for line in _mended(lines):
        if line.region is not None:
            blocks.append(TextBlock(number, [line], line.region.kind, region=line.region))
            continue
        line.text = _BULLET.sub("• ", line.text, count=1)
        previous = blocks[-1] if blocks else None
        if previous is not None and previous.region is None and _continues(previous, line, text, leading):
            previous.lines.append(line)
            continue
        gap = previous.extent.bottom - line.extent.top if previous is not None else 0.0
        blocks.append(TextBlock(number, [line], _kind(line), gap=1 + gap / leading))
    blocks = _over_floats(_tables(blocks))
    for block in blocks:
        block.text = _joined(block, joiner)
    return [block for block in blocks if block.text or block.region is not None]


def _over_floats(blocks: list[TextBlock]) -> list[TextBlock]:
    """Put a paragraph together that a figure or a table, with its caption, stands in the middle of."""
    out: list[TextBlock] = []
    for block in blocks:
        before = next((one for one in reversed(out) if not _floats(one)), None)
        if (
            before is not None
            and before is not out[-1]
            and before.kind == block.kind == "text"
            and abs(before.size - block.size) < 0.05 * block.size
            and not _ENDS.search(before.lines[-1].text)
            and block.lines[0].text[:1].islower()
        ):
            before.lines += block.lines
            continue
        out.append(block)
    return out


def _floats(block: TextBlock) -> bool:
    return block.kind in {"figure", "table"} or says_what_it_is(block.lines[0].text)


def is_footnote(block: TextBlock, body: float) -> bool:
    """Small print that begins with its mark; it belongs to a word, not to the text around it."""
    return (
        block.region is None
        and block.size < 0.92 * body
        and re.match(r"\s*(?:\d{1,3}|[¹²³⁰⁴-⁹]+|[*†‡§])\s?[^\W\d_]", block.text) is not None
    )


def _mended(lines: list[Line]) -> list[Line]:
    """Put a bullet that was read as a line of its own before its text, and broken lines together."""
    mended: list[Line] = []
    for line in lines:
        line.text = re.sub(r"^(\S{1,7})\t(?=\S)", _mark_gap, line.text)
        last = mended[-1] if mended else None
        if last is not None and _is_raised_number(last, line):
            if last.text[-1:].isdigit():  # a power that the file holds by itself, and no note
                last.text += scripts.exponent(line.text.strip())
            continue
        if last is not None and last.text != "•" and not line.fresh and _beside(last, line):
            last.text, last.right = f"{last.text} {line.text}", line.right
            continue
        if mended and mended[-1].text == "•" and abs(mended[-1].y - line.y) < line.size:
            line.text, line.left = f"• {line.text}", mended[-1].left
            mended.pop()
        mended.append(line)
    return [line for line in mended if line.text != "•"]


def _beside(last: Line, line: Line) -> bool:
    """The same printed line, which a raised mark or a change of letter has cut in two."""
    gap = line.left - last.right
    return abs(last.y - line.y) < 1 and -1 < gap < 1.2 * line.size and abs(last.size - line.size) < 1


def _is_raised_number(last: Line, line: Line) -> bool:
    """A raised number after a word, which points to a footnote, or after a number."""
    raised = 0 < line.y - last.y < last.size and line.size < 0.9 * last.size
    return raised and line.left >= last.right - 1 and line.text.strip().isdigit()


def _mark_gap(match: re.Match[str]) -> str:
    mark = match.group(1)
    is_mark = _BULLET.match(f"{mark} ") or re.fullmatch(r"[(\[]?[\dA-Za-z]{1,2}(\.\d+)*[.)\]]?", mark)
    return f"{mark} " if is_mark else match.group(0)


def _kind(line: Line) -> Kind:
    if line.text.startswith("• ") or (NUMBERED.match(line.text) and not line.bold):
        return "item"
    return "code" if line.mono else "text"


def _leading(lines: list[Line]) -> float:
    jumps = sorted(
        a.y - b.y
        for a, b in pairwise(lines)
        if abs(a.size - b.size) < 0.6 and 0.8 * a.size < a.y - b.y < 2.4 * a.size
    )
    if not jumps:
        return 1.25 * ((lines[0].size if lines else 0.0) or 10.0)
    return jumps[int(0.3 * (len(jumps) - 1))]


def _continues(  # noqa: PLR0911 - one rule after another, each with its answer
    block: TextBlock, line: Line, page: list[Line], leading: float
) -> bool:
    last = block.lines[-1]
    if line.fresh or _is_below_a_table(block, line):
        return False
    if line.text.startswith("• ") or abs(last.size - line.size) > 0.09 * last.size:
        return False
    if last.text.endswith(HYPHEN):
        return True
    jump = last.y - line.y
    if line.mono and block.kind != "code" and _is_rest_of_a_sentence(block, line, page, jump, leading):
        return True
    if block.kind == "code" or line.mono:
        return block.kind == "code" and line.mono and 0 < jump < 2.2 * leading
    if last.bold != line.bold and (block.bold or line.bold) and not _is_full(last, page):
        return False
    if _is_heading_by_its_words(block, line, page):
        return False
    if NUMBERED.match(line.text) and (block.kind == "item" or _ENDS.search(last.text)):
        return False
    if jump <= 0.3 * line.size:  # a new column, or the same height: a neighbour
        return jump < 0 and not _ENDS.search(last.text) and line.text[:1].islower()
    return not _is_set_apart(block, line, jump, leading) and _same_margin(block, line, page)


def _is_rest_of_a_sentence(
    block: TextBlock, line: Line, page: list[Line], jump: float, leading: float
) -> bool:
    """Whether a line of nothing but code goes on with the sentence of a full line above it, at its margin."""
    last = block.lines[-1]
    margin = abs(line.left - last.left) < 0.3 * line.size and 0 < jump <= _SET_APART * leading
    return margin and not last.mono and not _ENDS.search(last.text) and _is_full(last, page)


def _is_set_apart(block: TextBlock, line: Line, jump: float, leading: float) -> bool:
    """Whether the white between tells that something new begins."""
    is_large = (block.bold and line.bold) or line.size > leading
    if jump > 1.4 * (max(leading, 1.25 * line.size) if is_large else leading):
        return True
    ended = _ENDS.search(block.lines[-1].text) is not None
    return jump > _SET_APART * leading and ended and not line.text[:1].islower()


def _is_below_a_table(block: TextBlock, line: Line) -> bool:
    rows = sum(len(one.cells) > 1 for one in block.lines)
    if rows == 0 or len(line.cells) > 1:
        return False
    return says_what_it_is(line.text) or (rows > 1 and not fits_below(block.lines, line))


def _is_heading_by_its_words(block: TextBlock, line: Line, page: list[Line]) -> bool:
    """Whether the block so far is a numbered heading, or one in capitals, that only its words tell apart."""
    text = block.lines[-1].text
    if len(block.lines) > 1 or len(text.split()) > 12 or _ENDS.search(text) or _is_full(block.lines[0], page):
        return False
    capitals = text.isupper() and sum(map(str.isalpha, text)) > 3
    return capitals and not line.text.isupper() and line.text[:1].isupper()


def _same_margin(block: TextBlock, line: Line, page: list[Line]) -> bool:
    last, step = block.lines[-1], 0.8 * line.size
    if block.kind == "item":
        mark = block.lines[0].left
        if abs(line.left - mark) < 0.3 * line.size:
            return _is_full(last, page) and not _ENDS.search(last.text)
        return line.left > mark
    if line.left > last.left + step and (_ENDS.search(last.text) or "\t" in line.text):
        return False
    if _is_term(block, line, page):
        return False
    if line.left < last.left - step and len(block.lines) > 1:
        return False
    return _runs_on(last, line, page)


def _is_term(block: TextBlock, line: Line, page: list[Line]) -> bool:
    """Whether the block is a term, and the line begins what is said about it, further in."""
    term = block.lines[0]
    further = line.left > term.left + 1.5 * line.size
    return len(block.lines) == 1 and further and line.text[:1].isupper() and not _is_full(term, page)


def _runs_on(last: Line, line: Line, page: list[Line]) -> bool:
    """Whether the line before was full, or ended inside a sentence."""
    starts = line.text[:1].isupper() or not line.text[:1].isalpha()
    return _is_full(last, page) or not (_ENDS.search(last.text) and starts)


def _is_full(line: Line, page: list[Line]) -> bool:
    """Whether it reaches the right margin, as all lines of a paragraph but the last do."""
    middle = (line.left + line.right) / 2
    rights = sorted(other.right for other in page if other.left < middle < other.right)
    edge = rights[int(0.9 * (len(rights) - 1))]
    return line.right > edge - 0.18 * max(edge - line.left, 1.0)


def _tables(blocks: list[TextBlock]) -> list[TextBlock]:
    """Rows with cells side by side, when there are at least two in a run, are a table."""
    out: list[TextBlock] = []
    for block in blocks:
        last = out[-1] if out else None
        row = block.kind == "text" and any(len(line.cells) > 1 for line in block.lines)
        table = last if last is not None and last.kind == "table" and last.region is None else None
        if table is not None and (row or _is_rest_of_a_cell(table, block)):
            table.lines.extend(block.lines)
            continue
        if row:
            block.kind = "table"
        out.append(block)
    for block in out:
        if (
            block.kind == "table"
            and block.region is None
            and sum(len(line.cells) > 1 for line in block.lines) < 2
        ):
            block.kind = "text"
    return out


def _is_rest_of_a_cell(table: TextBlock, block: TextBlock) -> bool:
    close = 0 < table.lines[-1].y - block.lines[0].y < 1.6 * block.size
    if says_what_it_is(block.lines[0].text):
        return False
    return block.kind == "text" and close and all(fits_below(table.lines, line) for line in block.lines)


def _joined(block: TextBlock, joiner: Joiner) -> str:
    if block.kind == "code":
        return _code(block.lines)
    if block.kind == "table":
        if block.region is not None:
            order = (
                -1
                if runs_to_the_left(line for row in block.region.cells for cell in row for line in cell)
                else 1
            )
            block.rows = [[_text(cell, joiner) for cell in row][::order] for row in block.region.cells]
            first = _has_bold_head(block.region)
        else:
            block.rows = table_rows(block.lines, joiner.append)
            first = block.lines[0].bold and not block.bold
        block.head_rows = head_rows(block.rows, bold=first)
        return "\n".join("\t".join(row) for row in block.rows)
    if block.region is not None:
        return block.region.text.replace(HYPHEN, "")
    return _text(block.lines, joiner)


def _has_bold_head(table: Region) -> bool:
    first, *rest = ([line for cell in row for line in cell] for row in table.cells)
    bold = bool(first) and all(line.bold for line in first)
    return bold and not all(line.bold for row in rest for line in row)


def _text(lines: list[Line], joiner: Joiner) -> str:
    text = ""
    for line in lines:
        text = joiner.append(text, line.text.replace("\t", " "))
    return re.sub(r"\s+", " ", text.replace(HYPHEN, "")).strip()


def _code(lines: list[Line]) -> str:
    """Lines of code with the white that stands before, between and below their words."""
    left = min(line.left for line in lines)
    wide = [
        (line.right - line.left) / len(line.text)
        for line in lines
        if len(line.text) > 3 and "\t" not in line.text
    ]
    letter = median(wide) if wide else 0.6 * lines[0].size
    leading = _leading(lines)
    code = ""
    for last, line in zip([None, *lines], lines, strict=False):
        said = ""
        for part in (part for cell in line.cells for part in cell.parts or (cell,)):
            column = max(round((part.left - left) / letter), len(said) + 1 if said else 0)
            said += " " * (column - len(said)) + part.text
        if last is not None:
            code += "\n\n" if last.y - line.y > _BLANK_LINE * leading else "\n"
        code += said.rstrip() or line.text
    return code.replace(HYPHEN, "-")
