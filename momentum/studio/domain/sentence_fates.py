"""What became of the sentences of a lesson in a new version of the document that they rest on. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz

from momentum.providers.documents import Document
from momentum.providers.writer import LessonBlock, LessonDraft, Passage, Sentence
from momentum.providers.writer.paragraphs import Statement
from momentum.providers.writer.support import support
from momentum.studio.domain.document_versions import ALIKE, Comparison, key

type FateState = Literal["still", "reworded", "changed", "lost"]

_RANKS: Final = ("none", "linking", "partly", "supported")
_SHORT: Final = 12  # letters; a shorter text stands in many a sentence without being said there
_ENDED: Final = re.compile(r"[.!?:;。！？…]['\")\]」』）]*$")
_EVIDENCE: Final = 3  # paragraphs that may say it in other words


@dataclass(frozen=True)
class Fate:
    """`still`: word for word; `reworded`: in other words; `changed`: something else is said there; `lost`: nothing.

    `statements` are where it is said now, or what is said there instead.
    """

    state: FateState
    statements: tuple[Statement, ...] = ()

    @property
    def is_said(self) -> bool:
        return self.state in {"still", "reworded"}


@dataclass(frozen=True)
class NewVersion:
    """Both versions of a document held against each other, and how the new one is cited. `language`: a code."""

    comparison: Comparison
    old_name: str
    document: Document
    language: str

    def passage(self, statement: Statement, number: int) -> Passage:
        """Return the passage of the new version in which a sentence stands."""
        label = next((page.label for page in self.document.pages if page.number == statement.page), "")
        return Passage(
            number=number,
            document=self.document.name,
            page=statement.page,
            label=label,
            unit=self.document.unit,
            text=statement.grounds,
        )

    def fate(self, sentence: Sentence, passage: Passage) -> Fate:
        """Say what became of a sentence that rests on a passage of the old version."""
        wanted = key(sentence.text)
        if found := self._word_for_word(wanted):
            return Fate("still", (found,))
        made, old = self.comparison, self.comparison.old_by_key.get(wanted, [])
        if not old and wanted in key(passage.text):
            return self._of_earlier(sentence, passage)
        if not old:
            return self._of_paraphrase(sentence, passage)
        others = made.changed.get(old[0], [])
        said = tuple(made.new[place].statement for place in others)
        if any(self._supports(sentence.text, text) for text in _together(said)):
            return Fate("reworded", said)
        if elsewhere := self._in_other_words(sentence.text, made.old[old[0]].paragraph):
            return Fate("reworded", (elsewhere,))
        return Fate("changed", said) if said else Fate("lost")

    def _word_for_word(self, wanted: str) -> Statement | None:
        made = self.comparison
        if places := made.new_by_key.get(wanted):
            old = made.old_by_key.get(wanted, [])
            # Of what is there several times, where the one that it was taken from stands now.
            paired = [made.same[place] for place in old if place in made.same]
            return made.new[(paired or places)[0]].statement
        if len(wanted) < _SHORT:
            return None
        for number, text in enumerate(made.new_paragraph_keys):
            if wanted in text and _stands_whole(wanted, text):
                held = [made.new[place] for place in made.places_in(number)]
                inside = (one for one in held if one.key in wanted or wanted in one.key)
                return next(inside, held[0]).statement
        return None

    def _in_other_words(self, text: str, paragraph: int) -> Statement | None:
        """Find what is new, where the sentence stood, and says the same; two sentences together may."""
        made, looked = self.comparison, 0
        for number, owner in enumerate(made.owner):
            places = made.places_in(number)
            if owner != paragraph or not any(place in made.added for place in places):
                continue
            if self._supports(text, " ".join(made.new[place].statement.text for place in places)):
                return made.new[places[0]].statement
            looked += 1
            if looked == _EVIDENCE:
                break
        return None

    def _of_paraphrase(self, sentence: Sentence, passage: Passage) -> Fate:
        """Of what a model said in its own words: its passage is what is looked for."""
        made, wanted = self.comparison, key(passage.text)
        old = [place for place, one in enumerate(made.old) if one.key in wanted or wanted in one.key]
        if old and all(place in made.same for place in old):
            return Fate("still", (made.new[made.same[old[0]]].statement,))
        now = [made.same[place] for place in old if place in made.same]
        other = [there for place in old for there in made.changed.get(place, ())]
        evidence = " ".join(made.new[place].statement.text for place in sorted({*now, *other}))
        if evidence and _RANKS.index(support(sentence.text, evidence, self.language)) >= _RANKS.index(
            sentence.support
        ):
            return Fate("reworded", (made.new[min([*now, *other])].statement,))
        if not other:
            return Fate("lost")
        nearest = max(other, key=lambda place: fuzz.token_sort_ratio(key(sentence.text), made.new[place].key))
        return Fate("changed", (made.new[nearest].statement,))

    def _of_earlier(self, sentence: Sentence, passage: Passage) -> Fate:
        """Of what is quoted from a version before the old one, as nobody decided on it: by what stands around it."""
        made, wanted = self.comparison, key(passage.text)
        around = {one.paragraph for one in made.new if one.key in wanted}
        places = [place for number in sorted(around) for place in made.places_in(number)]
        others = [place for place in places if made.new[place].key not in wanted]
        said = " ".join(made.new[place].statement.text for place in others)
        if self._supports(sentence.text, said):
            return Fate("reworded", (made.new[others[0]].statement,))
        nearest = max(
            others, key=lambda place: fuzz.ratio(key(sentence.text), made.new[place].key), default=None
        )
        if nearest is None or fuzz.ratio(key(sentence.text), made.new[nearest].key) < ALIKE:
            return Fate("lost")
        return Fate("changed", (made.new[nearest].statement,))

    def _supports(self, text: str, passage: str) -> bool:
        return bool(passage) and support(text, passage, self.language) == "supported"


def _together(said: Sequence[Statement]) -> Iterator[str]:
    """What is said there, one sentence after the other, and as one sentence."""
    yield " ".join(one.text for one in said)
    if len(said) > 1:
        yield "; ".join(one.text.rstrip(".。") for one in said)


def _stands_whole(wanted: str, text: str) -> bool:
    """Whether nothing of its sentence stands before it, such as "do not", nor behind it, such as "unless"."""
    before, _wanted, after = text.partition(wanted)
    begins = not before.strip() or bool(_ENDED.search(before.rstrip()))
    return begins and (not after.strip() or bool(_ENDED.search(wanted)))


@dataclass(frozen=True)
class Told:
    """A sentence, row or code of a lesson with the passage that it rests on, and what became of it."""

    sentence: Sentence
    passage: Passage
    fate: Fate
    block: LessonBlock | None  # None for a key point


def fates(draft: LessonDraft, version: NewVersion) -> list[Told]:
    """Return what became of all that a lesson says from the document, key points last."""
    passages = {one.number: one for one in draft.passages if one.document == version.old_name}
    known: dict[tuple[str, int], Fate] = {}
    told = []
    for block, sentence in _claims(draft):
        passage = passages.get(sentence.passage or 0)
        if passage is None:
            continue
        at = (sentence.text, passage.number)
        if at not in known:
            known[at] = version.fate(sentence, passage)
        told.append(Told(sentence, passage, known[at], block))
    return told


def blocks_of(draft: LessonDraft) -> Iterator[LessonBlock]:
    """All blocks of a lesson, in order."""
    yield from draft.opening
    for section in [*draft.sections, *draft.closing]:
        yield from section.blocks


def _claims(draft: LessonDraft) -> Iterator[tuple[LessonBlock | None, Sentence]]:
    for block in blocks_of(draft):
        for claim in block.claims:
            yield block, claim
    for point in draft.key_points:
        yield None, point
