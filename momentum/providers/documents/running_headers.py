"""Takes running headers, footers and page numbers off the pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from momentum.providers.documents.lines import Line

_EDGE = 3  # how many lines from the top and from the foot can be furniture
_PAGE_NUMBER = re.compile(r"(?i)^[-–—\s]*(page\s+)?(\d{1,4}|[ivxl]{1,7})(\s*(of|/)\s*\d{1,4})?[-–—\s]*$")
_DIGITS = re.compile(r"\d+")
_MANY_PAGES = 0.4


def body_size(pages: list[list[Line]]) -> float:
    """The letter size most of the text is set in."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += 0 if line.mono else len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def strip_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Return the pages without the lines that repeat at their edges."""
    edges = [_edges(lines) for lines in pages]
    counts: Counter[tuple[str, int]] = Counter()
    for edge in edges:
        counts.update({key for line in edge for key in _keys(line)})
    needed = 3 if len(pages) > 3 else max(2, len(pages))
    repeated: list[set[int]] = []
    for edge in edges:
        outermost = {round(line.y) for line in (edge[:1] + edge[-1:])}
        drop = {
            id(line)
            for line in edge
            if max(counts[key] for key in _keys(line)) >= needed
            or (_PAGE_NUMBER.match(line.text) and round(line.y) in outermost)
        }
        repeated.append(drop)
    size = body_size(pages)
    headings = _recurring_headings(pages, edges, repeated, size)
    repeated = [drop - headings for drop in repeated]
    bands: Counter[int] = Counter()
    for edge, drop in zip(edges, repeated, strict=True):
        bands.update({round(line.y / 3) for line in edge if id(line) in drop})
    often = {band for band, count in bands.items() if count >= max(3, _MANY_PAGES * len(pages))}
    stripped = []
    for lines, edge, drop in zip(pages, edges, repeated, strict=True):
        drop |= {id(line) for line in edge if _in_band(line, lines, often, size)}
        outer = _from_outside(edge, drop)
        stripped.append([line for line in lines if id(line) not in outer])
    # Pages that are all alike hold text; headers alone are no document.
    return stripped if any(stripped) else pages


def _recurring_headings(
    pages: list[list[Line]], edges: list[list[Line]], repeated: list[set[int]], size: float
) -> set[int]:
    """Of the lines that repeat at the top of pages, those that are headings: set like one, and leading text.

    A running header stands apart from the text, or beside the page's number, or in the middle of a sentence.
    """
    found: dict[tuple[str, float, bool], list[tuple[int, bool]]] = {}
    for lines, edge, drop in zip(pages, edges, repeated, strict=True):
        ordered = sorted(lines, key=lambda line: -line.y)
        for line in edge:
            if id(line) in drop and _is_set_like_a_heading(line, size):
                key = (_DIGITS.sub("#", line.text.casefold()).strip(), line.size, line.bold)
                found.setdefault(key, []).append((id(line), _leads(line, ordered, size)))
    return {line for places in found.values() if all(leads for _, leads in places) for line, _ in places}


def _is_set_like_a_heading(line: Line, size: float) -> bool:
    return line.size >= 1.12 * size or (line.bold and line.size >= 0.97 * size)


def _leads(line: Line, ordered: list[Line], size: float) -> bool:
    """Whether text begins close below it, and nothing but its like stands beside or above it."""
    at = ordered.index(line)
    below = next((other for other in ordered[at + 1 :] if line.y - other.y > 2), None)
    beside = any(other is not line and abs(other.y - line.y) <= 2 for other in ordered)
    if below is None or beside or "\t" in line.text or line.y - below.y > 2.4 * max(line.size, size):
        return False
    smaller = below.size < 0.97 * line.size or (line.bold and not below.bold)
    return smaller and not below.text[:1].islower()


def _from_outside(edge: list[Line], drop: set[int]) -> set[int]:
    """Of the lines to drop, those with nothing kept further out: text that repeats by chance stays."""
    outer: set[int] = set()
    for inwards in (edge, edge[::-1]):
        kept_at: float | None = None
        heights: set[int] = set()
        for line in inwards:
            heights.add(round(line.y / 3))
            if len(heights) > _EDGE or (kept_at is not None and abs(line.y - kept_at) > 2):
                break
            if id(line) in drop:
                outer.add(id(line))
            else:
                kept_at = line.y
    return outer


def _edges(lines: list[Line]) -> list[Line]:
    by_height = sorted(lines, key=lambda line: -line.y)
    heights = sorted({round(line.y / 3) for line in by_height}, reverse=True)
    outer = {*heights[:_EDGE], *heights[-_EDGE:]}
    return [line for line in by_height if round(line.y / 3) in outer]


def _keys(line: Line) -> list[tuple[str, int]]:
    """What counts as the same line on another page; two neighbouring bands, as heights are rounded."""
    text = _DIGITS.sub("#", line.text.casefold()).strip()
    return [(text, round(line.y / 6)), (text, round(line.y / 6 + 0.5) + 100_000)]


def _in_band(line: Line, lines: list[Line], often: set[int], size: float) -> bool:
    """A line on the height of the running headers, and apart from the text, is one too."""
    if line.size > 1.05 * size or line.region is not None:
        return False
    if not any(abs(round(line.y / 3) - band) <= 1 for band in often):
        return False
    others = [abs(line.y - other.y) for other in lines if abs(line.y - other.y) > 2]
    return not others or min(others) > 1.6 * size
