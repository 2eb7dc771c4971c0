"""Reads plain text: paragraphs, headings, lists and code by how they are set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.blocks import BULLET, INDENT, Block
from momentum.providers.documents.composition import Found
from momentum.providers.documents.numbering import NUMBER
from momentum.providers.documents.refusal import RefusedError
from momentum.providers.documents.text_encoding import text_of

if TYPE_CHECKING:
    from momentum.providers.documents.pictures import Pictures

_UNDERLINE: Final = re.compile(r"^\s*([=\-~^*#])\1{2,}\s*$")
_RULE: Final = re.compile(r"^[\s*_=#~-]{3,}$")
_BULLET: Final = re.compile(r"^\s*[-*+•·–]\s+(?=\S)")
_STEP: Final = re.compile(r"^\s*(?P<mark>\(?(?:\d{1,3}|[a-h])[.)])\s+(?=\S)")
_LONGEST_HEADING: Final = 80
_MOST_HEADING_WORDS: Final = 12
_PART: Final = 300  # words between two lines that a text without headings is cited by


def read_plain_text(data: bytes, pictures: Pictures) -> Found:
    """Read a text; without headings it is cited by the numbers of its lines."""
    text = text_of(data)
    if text is None:
        raise RefusedError("broken")
    blocks: list[tuple[int, Block]] = []
    for start, lines in _paragraphs(text.split("\n")):
        blocks += [(start, block) for block in _blocks(lines)]
    if any(block.kind == "heading" for _, block in blocks):
        return Found([block for _, block in blocks])
    return _by_lines(blocks)


def _by_lines(blocks: list[tuple[int, Block]]) -> Found:
    labels, placed, held = [], [], _PART
    for start, block in blocks:
        if held >= _PART:
            labels.append(str(start))
            held = 0
        held += len(block.text.split())
        placed.append(block.model_copy(update={"page": len(labels)}))
    return Found(placed, unit="line", labels=labels)


def _paragraphs(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Lines without an empty one between them, and the number of the first."""
    found: list[tuple[int, list[str]]] = []
    open_now = False
    for number, raw in enumerate(lines, 1):
        line = raw.replace("\f", "").rstrip()
        if not line.strip():
            open_now = False
        elif open_now:
            found[-1][1].append(line)
        else:
            found.append((number, [line]))
            open_now = True
    return found


def _blocks(lines: list[str]) -> list[Block]:
    if len(lines) >= 2 and _UNDERLINE.match(lines[1]) and len(lines[0].strip()) <= _LONGEST_HEADING:
        level = 0 if lines[1].strip().startswith(("=", "#", "*")) else 1
        heading = Block(kind="heading", page=1, level=level, text=_joined(lines[:1]))
        return [heading, *(_blocks(lines[2:]) if lines[2:] else [])]
    if all(_RULE.match(line) for line in lines):
        return []
    if len(lines) == 1 and (heading_found := _heading(lines[0])):
        return [heading_found]
    if "\t" in lines[0].strip() and len(lines) > 1 and all("\t" in line.strip() for line in lines):
        return [_table(lines)]
    if all(line.startswith((INDENT, "\t")) for line in lines) and _looks_like_code(lines):
        text = "\n".join(line.expandtabs(4).removeprefix(INDENT) for line in lines)
        return [Block(kind="code", page=1, text=text)]
    return _listed(lines)


def _heading(line: str) -> Block | None:
    text = line.strip()
    if (
        line != text
        or len(text) > _LONGEST_HEADING
        or text[-1] in ".,;:!”\"'"
        or len(text.split()) > _MOST_HEADING_WORDS
    ):
        return None
    letters = [sign for sign in text if sign.isalpha()]
    numbered = NUMBER.match(text)
    if numbered and letters and (text[numbered.end() :][:1].isupper() or numbered.group()[0].isalpha()):
        return Block(kind="heading", page=1, level=numbered.group().strip(" .:)-–—").count("."), text=text)
    if len(letters) >= 4 and all(sign.isupper() for sign in letters):
        return Block(kind="heading", page=1, level=0, text=text)
    return None


def _table(lines: list[str]) -> Block:
    rows = [[cell.strip() for cell in re.split(r"\t+", line.strip())] for line in lines]
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    return Block(kind="table", page=1, text="\n".join("\t".join(row) for row in rows), rows=rows)


def _looks_like_code(lines: list[str]) -> bool:
    signs = sum(line.count(sign) for line in lines for sign in "{}()=;<>$|\\/_")
    return signs > 0.04 * sum(map(len, lines)) or any(
        line.lstrip().startswith(("$ ", "# ", "> ")) for line in lines
    )


def _listed(lines: list[str]) -> list[Block]:
    """A paragraph, or the items of a list whose lines may be wrapped."""
    blocks: list[Block] = []
    for line in lines:
        if bullet := _BULLET.match(line):
            level = min(_indent(line) // 2, 5)
            blocks.append(
                Block(kind="item", page=1, mark=BULLET.strip(), level=level, text=line[bullet.end() :])
            )
        elif step := _STEP.match(line):
            level = min(_indent(line) // 3, 5)
            blocks.append(Block(kind="step", page=1, mark=step["mark"], level=level, text=line[step.end() :]))
        elif blocks:
            blocks[-1] = blocks[-1].model_copy(update={"text": _joined([blocks[-1].text, line])})
        else:
            blocks.append(Block(kind="paragraph", page=1, text=_joined([line])))
    return blocks


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _joined(lines: list[str]) -> str:
    """Lines as one; between two characters of a script without spaces there is none."""
    text = ""
    for line in lines:
        part = " ".join(line.split())
        tight = bool(text) and "\u3040" <= text[-1] <= "\u9fff" and "\u3040" <= part[:1] <= "\u9fff"
        text = f"{text}{part}" if tight or not text else f"{text} {part}"
    return text
