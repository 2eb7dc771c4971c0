"""Two versions of a document against each other, sentence by sentence and page by page. Pure.

What is the same is found by its words, wherever it stands now; what isn't is paired with what is most like it among
what is new. Time grows with the length of the documents, and not with its square.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz

from momentum.providers.writer.paragraphs import Paragraph, Statement

type PageState = Literal["same", "moved", "changed", "removed", "added"]

_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# A hyphen between letters, where it may be that of a broken line; and what stands between two letters of a script
# without spaces.
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011](?=[^\W\d_])")
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uff01-\uff60\u3000-\u303f"
_BETWEEN = re.compile(rf"(?<=[{_UNSPACED}])\s+(?=[{_UNSPACED}])")
_QUOTES = str.maketrans("’‘“”„«»–—", '\'\'"""""--')
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
ALIKE = 60.0  # of 100: sentences that are less alike are two, and not one that was changed
_IN_PLACE = 45.0  # where both stand between the same two others
_NEAREST = 12  # candidates that are looked at more closely
_COMMON = 400  # sentences that hold a word; one that more hold tells nothing
_SPLIT = 8.0  # by how much two sentences together must be more alike than the first of them alone


def key(text: str) -> str:
    """Return the text in a spelling that line breaks, hyphens, quotes and widths don't change."""
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).translate(_QUOTES)
    plain = _HYPHEN.sub("", _BETWEEN.sub("", " ".join(plain.split())))
    return plain.casefold()


@dataclass(frozen=True)
class Found:
    """A sentence of a version: the place of its paragraph, and which of its sentences it is."""

    paragraph: int
    place: int
    statement: Statement

    @cached_property
    def key(self) -> str:
        return key(self.statement.text)


@dataclass(frozen=True)
class PageChange:
    """A page of the old version, the new one, or both; pages count from 1. `to` is where most of it stands now."""

    state: PageState
    page: int | None
    to: int | None


@dataclass
class Comparison:
    """Two versions. `same` and `changed` lead from sentences of the old one to those of the new, by their places.

    A sentence that became several leads to all of them. `owner` says for each new paragraph which old one it is, or
    stands behind; `is_new` which of the new ones hold nothing of the old version.
    """

    before: Sequence[Paragraph]
    after: Sequence[Paragraph]
    old: list[Found]
    new: list[Found]
    same: dict[int, int]
    changed: dict[int, list[int]]
    owner: list[int | None] = field(default_factory=list)
    is_new: list[bool] = field(default_factory=list)

    @cached_property
    def old_by_key(self) -> dict[str, list[int]]:
        return _by_key(self.old)

    @cached_property
    def new_by_key(self) -> dict[str, list[int]]:
        return _by_key(self.new)

    @cached_property
    def new_paragraph_keys(self) -> list[str]:
        return [key(paragraph.text) for paragraph in self.after]

    @cached_property
    def old_paragraph_keys(self) -> list[str]:
        return [key(paragraph.text) for paragraph in self.before]

    @cached_property
    def added(self) -> set[int]:
        """The sentences that only the new version has."""
        taken = {*self.same.values(), *(place for places in self.changed.values() for place in places)}
        return set(range(len(self.new))) - taken

    def places_in(self, paragraph: int) -> list[int]:
        """The sentences of a new paragraph."""
        return self._in_new.get(paragraph, [])

    @cached_property
    def _in_new(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(self.new):
            found[one.paragraph].append(place)
        return found

    def pages(self) -> list[PageChange]:
        """Return what became of each page, the old ones first where they stand in both, in the order of the new."""
        return _pages(self)


def compare(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Comparison:
    """Hold two versions of a document against each other."""
    old, new = _found(before), _found(after)
    same = _same(old, new)
    changed = _changed(old, new, same)
    made = Comparison(before, after, old, new, same, changed)
    made.owner, made.is_new = _owners(made)
    return made


def _found(paragraphs: Sequence[Paragraph]) -> list[Found]:
    return [
        Found(number, place, statement)
        for number, paragraph in enumerate(paragraphs)
        for place, statement in enumerate(paragraph.statements)
    ]


def _by_key(found: Iterable[Found]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        places[one.key].append(place)
    return places


def _same(old: Sequence[Found], new: Sequence[Found]) -> dict[int, int]:
    """Pair sentences that say the same in the same words; what is there several times, in order."""
    there = _by_key(new)
    pairs: dict[int, int] = {}
    for text, places in _by_key(old).items():
        pairs.update(zip(places, there.get(text, ()), strict=False))
    return pairs


def _changed(old: Sequence[Found], new: Sequence[Found], same: dict[int, int]) -> dict[int, list[int]]:
    taken = set(same.values())
    free = [place for place in range(len(new)) if place not in taken]
    left = [place for place in range(len(old)) if place not in same]
    if not free or not left:
        return {}
    index = _Index([(place, new[place].key) for place in free])
    scored = [
        (score, place, other)
        for place in left
        for other in index.nearest(old[place].key) | _between(place, same, taken, len(old), len(new))
        for score in [_alike(old[place], new[other])]
        if score >= (_IN_PLACE if _in_same_place(place, other, same, len(old), len(new)) else ALIKE)
    ]
    pairs: dict[int, list[int]] = {}
    used: set[int] = set()
    for _score, place, other in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if place not in pairs and other not in used:
            pairs[place] = [other]
            used.add(other)
    for place, others in pairs.items():
        _take_rest(old[place], others, new, taken | used)
        used.update(others)
    return pairs


def _take_rest(one: Found, others: list[int], new: Sequence[Found], used: set[int]) -> None:
    """Let a sentence that became two lead to both."""
    alike = fuzz.ratio(one.key, new[others[0]].key)
    for step in (1, -1):
        beside = others[0] + step
        if not 0 <= beside < len(new) or beside in used or new[beside].paragraph != new[others[0]].paragraph:
            continue
        both = sorted([others[0], beside])
        if fuzz.ratio(one.key, " ".join(new[place].key for place in both)) >= alike + _SPLIT:
            others[:] = both
            return


def _alike(one: Found, other: Found) -> float:
    if one.statement.whole != other.statement.whole:
        return 0.0
    # The letters in their order, but words that changed places don't make another sentence of it.
    ratio = fuzz.ratio(one.key, other.key)
    return max(ratio, 0.95 * fuzz.token_sort_ratio(one.key, other.key))


def _in_same_place(place: int, other: int, same: dict[int, int], most: int, end: int) -> bool:
    before = same.get(place - 1, -1 if place == 0 else None)
    after = same.get(place + 1, end if place + 1 == most else None)
    return before == other - 1 and after == other + 1


def _between(place: int, same: dict[int, int], taken: set[int], most: int, end: int) -> set[int]:
    """The sentence that stands where the one at `place` stood, where that is one alone."""
    before = same.get(place - 1, -1 if place == 0 else None)
    if before is None or before + 1 in taken or before + 1 >= end:
        return set()
    return {before + 1}


class _Index:
    """Texts by their rarer words."""

    def __init__(self, texts: Sequence[tuple[int, str]]) -> None:
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, text in texts:
            for word in words(text):
                self._holders[word].append(place)

    def nearest(self, text: str) -> set[int]:
        shared: Counter[int] = Counter()
        for word in words(text):
            holders = self._holders.get(word, ())
            if len(holders) <= _COMMON:
                for place in holders:
                    shared[place] += 1 + 100 // len(holders)
        return {place for place, _worth in shared.most_common(_NEAREST)}


def words(text: str) -> set[str]:
    """Return the words of a key; pairs of letters where no spaces stand between words."""
    found: set[str] = set()
    for run in _WORD.findall(text):
        if re.match(rf"[{_UNSPACED}]", run):
            found.update(map("".join, pairwise(run)))
            found.add(run) if len(run) == 1 else None
        else:
            found.add(run)
    return found


def _owners(made: Comparison) -> tuple[list[int | None], list[bool]]:
    votes: list[Counter[int]] = [Counter() for _ in made.after]
    for place, other in made.same.items():
        votes[made.new[other].paragraph][made.old[place].paragraph] += 2
    for place, others in made.changed.items():
        for other in others:
            votes[made.new[other].paragraph][made.old[place].paragraph] += 1
    owner: list[int | None] = [vote.most_common(1)[0][0] if vote else None for vote in votes]
    is_new = [not vote for vote in votes]
    last: int | None = None
    for number, one in enumerate(owner):
        last = owner[number] = one if one is not None else last
    # What stands before everything that was there belongs to what comes first.
    first = next((one for one in owner if one is not None), None)
    return [first if one is None else one for one in owner], is_new


def _pages(made: Comparison) -> list[PageChange]:
    stands: dict[int, Counter[int]] = defaultdict(Counter)
    whole: dict[int, bool] = defaultdict(lambda: True)
    for place, one in enumerate(made.old):
        page = one.statement.page
        if place in made.same:
            stands[page][made.new[made.same[place]].statement.page] += 2
            continue
        whole[page] = False
        for other in made.changed.get(place, ()):
            stands[page][made.new[other].statement.page] += 1
    changes = []
    for page in sorted({one.statement.page for one in made.old}):
        to = stands[page].most_common(1)[0][0] if stands[page] else None
        state: PageState = "removed" if to is None else "changed" if not whole[page] else "same"
        changes.append(PageChange("moved" if state == "same" and to != page else state, page, to))
    known = {made.new[place].statement.page for place in range(len(made.new)) if place not in made.added}
    gone = {change.to for change in changes}
    with_more = {made.new[place].statement.page for place in made.added}
    for page in sorted({one.statement.page for one in made.new}):
        if page not in known:
            changes.append(PageChange("added", None, page))
        elif page in with_more and page in gone:
            changes = [
                PageChange("changed", change.page, change.to)
                if change.to == page and change.state in {"same", "moved"}
                else change
                for change in changes
            ]
    return sorted(changes, key=lambda change: (change.to or change.page or 0, change.page or 0))
