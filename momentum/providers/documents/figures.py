"""Finds figures: pictures and drawings with their labels, and not what only adorns a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.captions import says_what_it_is
from momentum.providers.documents.frames import Extent
from momentum.providers.documents.lines import fragments, line_of
from momentum.providers.documents.regions import Region, extent_of, taken
from momentum.providers.documents.words import usual_size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from momentum.providers.documents.drawings import Drawing
    from momentum.providers.documents.lines import Fragment
    from momentum.providers.documents.words import Word

_TILE: Final = 4.0  # points: drawings no further apart than about this belong together
_MOST_TILES: Final = 120_000
_LEAST_WIDE, _LEAST_HIGH = 40.0, 28.0  # points
_WHOLE: Final = 0.8  # of a page: a background, or a scan
_WORDY: Final = 0.30  # of its area is text: it is text in a frame, or on a picture
_LABEL: Final = 28  # letters of a label, at most
_REACH, _REACH_OF_SMALL = 1.0, 2.2  # letter sizes between a drawing and its label
_SMALL: Final = 0.8  # of the letters of the text
_BESIDE: Final = 26.0  # points between the parts of one figure
_PHRASE, _SENTENCES = 4, 3  # words of a label at most; so many longer texts are no labels
_LONG_RULE: Final = 3.0  # of all else that is drawn there
_SHAPES, _BOXES, _RULES = 2, 4, 8  # so many are a drawing
_SENTENCE: Final = re.compile(r"[.!?。]$")


def figure_regions(
    drawn: list[Drawing], words: list[Word], size: tuple[float, float]
) -> tuple[list[Region], list[Word]]:
    """Return the figures of a page of this width and height, and the words that are in none of them."""
    page = Extent(0, 0, *size)
    kept = [one for one in drawn if one.extent.area < _WHOLE * page.area]
    if not any(one.kind != "rule" for one in kept) and len(kept) < _RULES:
        return [], words
    text, usual = fragments(words) if words else [], usual_size(words)
    groups = [_without_long_rules(group) for group in _together(kept, page)]
    groups = [group for group in groups if _is_drawing(group, words, page)]
    regions: list[Region] = []
    for extent in _in_one_picture([_extent(group) for group in groups], text):
        labelled = _with_labels(extent, text, usual)
        inside, words = taken(words, labelled.wider(0.5).holds)
        regions.append(Region("figure", labelled, inside))
    return regions, words


def _extent(group: Iterable[Drawing]) -> Extent:
    first, *rest = group
    extent = first.extent
    for one in rest:
        extent = extent.with_(one.extent)
    return extent


def _together(drawn: list[Drawing], page: Extent) -> list[list[Drawing]]:
    """Groups of drawings that touch, or nearly."""
    wide = int(page.width / _TILE) + 2
    if wide * (page.height / _TILE + 2) > _MOST_TILES:
        return []
    owner: dict[int, int] = {}
    parent = list(range(len(drawn)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, one in enumerate(drawn):
        near = one.extent.wider(0.5 * _TILE)
        for row in range(int(near.bottom / _TILE), int(near.top / _TILE) + 1):
            for column in range(int(near.left / _TILE), int(near.right / _TILE) + 1):
                tile = row * wide + column
                other = owner.setdefault(tile, at)
                if other != at:
                    parent[root(at)] = root(other)
    groups: dict[int, list[Drawing]] = {}
    for at, one in enumerate(drawn):
        groups.setdefault(root(at), []).append(one)
    return list(groups.values())


def _without_long_rules(group: list[Drawing]) -> list[Drawing]:
    """The group without a rule over the whole page that a small picture, such as a warning's sign, touches."""
    solid = [one for one in group if one.kind != "rule"]
    longest = _LONG_RULE * _extent(solid).width if solid else 0.0
    return [one for one in group if not solid or one.kind != "rule" or one.extent.width <= longest]


def _is_drawing(group: list[Drawing], words: list[Word], page: Extent) -> bool:
    extent = _extent(group)
    if extent.width < _LEAST_WIDE or extent.height < _LEAST_HIGH or extent.area > _WHOLE * page.area:
        return False
    kinds = [one.kind for one in group]
    pictures = [
        one
        for one in group
        if one.kind == "picture" and min(one.extent.width, one.extent.height) > _LEAST_HIGH
    ]
    upright = sum(one.kind == "rule" and one.extent.height > one.extent.width for one in group)
    drawn = (
        kinds.count("shape") >= _SHAPES
        or kinds.count("box") >= _BOXES
        or (kinds.count("rule") >= _RULES and upright > 1)
        or (kinds.count("shape") > 0 and len(kinds) > _SHAPES)
    )
    if not (pictures or drawn):
        return False
    inside, _ = taken(words, extent.holds)
    if not pictures and (_is_backdrop(group) or _is_code(inside)):
        return False
    inked = sum(extent_of(word).area for word in inside)
    if inked > _WORDY * extent.area:
        return False
    # Sentences are no labels; on a photograph or a banner not even one.
    long = [
        one
        for one in (fragments(inside) if inside else [])
        if len(one.words) > _PHRASE and one.letters > _LABEL
    ]
    return len(long) < (_SENTENCES if drawn else 1)


def _is_backdrop(group: list[Drawing]) -> bool:
    """Whether it is fields of colour below each other that lines of text are set on, perhaps with rules round them."""
    whole = _extent(group)

    def is_side(one: Extent) -> bool:
        upright = min(abs(one.left - whole.left), abs(one.right - whole.right)) < _TILE and one.width < _TILE
        level = min(abs(one.top - whole.top), abs(one.bottom - whole.bottom)) < _TILE and one.height < _TILE
        return upright or level

    return all(
        is_side(one.extent)
        if one.kind == "rule"
        else one.kind == "box"
        and abs(one.extent.left - whole.left) < _TILE
        and abs(one.extent.right - whole.right) < _TILE
        for one in group
    )


def _is_code(words: list[Word]) -> bool:
    letters = sum(len(word.text) for word in words)
    return letters > _LABEL and 2 * sum(len(word.text) for word in words if word.look.mono) > letters


def _in_one_picture(extents: list[Extent], text: list[Fragment]) -> list[Extent]:
    """Put together what stands side by side with nothing but labels between, and what lies in another."""
    merged: list[Extent] = []
    for extent in sorted(extents, key=lambda one: (-one.top, one.left)):
        at = next((at for at, other in enumerate(merged) if _belong(other, extent, text)), None)
        if at is None:
            merged.append(extent)
        else:
            merged[at] = merged[at].with_(extent)
    return merged


def _belong(one: Extent, other: Extent, text: list[Fragment]) -> bool:
    if one.touches(other):
        return True
    level = min(one.top, other.top) - max(one.bottom, other.bottom)
    apart = max(one.left, other.left) - min(one.right, other.right)
    if level < 0.6 * min(one.height, other.height) or apart > _BESIDE:
        return False
    both = one.with_(other)
    return not any(fragment.letters > _LABEL and both.touches(_place(fragment)) for fragment in text)


def _place(fragment: Fragment) -> Extent:
    return Extent(
        fragment.left, fragment.y - 0.25 * fragment.size, fragment.right, fragment.y + 0.8 * fragment.size
    )


def _with_labels(extent: Extent, text: list[Fragment], usual: float) -> Extent:
    """Widen a drawing by the short texts that stand close to it and belong to no paragraph."""
    for _ in range(2):
        for fragment in text:
            place = _place(fragment)
            reach = _REACH if fragment.size > _SMALL * usual else _REACH_OF_SMALL
            if not extent.wider(reach * fragment.size).touches(place) or extent.holds(
                (place.left + place.right) / 2, (place.bottom + place.top) / 2
            ):
                continue
            if _is_label(fragment, place, extent, text):
                extent = extent.with_(place)
    return extent


def _said(fragment: Fragment) -> str:
    return " ".join(line.text for line in line_of([fragment], frozenset()))


def _is_label(fragment: Fragment, place: Extent, extent: Extent, text: list[Fragment]) -> bool:
    said = _said(fragment)
    if (
        fragment.letters > _LABEL
        or says_what_it_is(said)
        or _SENTENCE.search(said)
        or place.width > extent.width + 20
    ):
        return False
    # A line of a paragraph has others close to it that are long, or begin where it does.
    around = place.wider(0.9 * fragment.size)
    for other in text:
        near = _place(other)
        if (
            other is not fragment
            and around.touches(near)
            and (other.letters > _LABEL or says_what_it_is(_said(other)))
        ):
            return False
    return True
