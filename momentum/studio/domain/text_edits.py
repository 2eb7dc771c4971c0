"""Putting an accepted change into a lesson: into its draft, and into its text as it stands now. Pure.

The text may have been edited by hand since. A change goes in where the paragraph that it is about still stands as it
was written, whatever was done around it; elsewhere it is refused, so that nobody's work is lost.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from momentum.catalog.domain.rich_text import clean
from momentum.providers.writer import LessonBlock, LessonDraft, Passage, Section, Sentence
from momentum.providers.writer.support import support
from momentum.studio.domain.document_versions import key
from momentum.studio.domain.lesson_changes import section_of
from momentum.studio.domain.markup import block_html, heading_html

# A block of a lesson: its part of the draft, which section there, and which block of that.
type _Place = tuple[str, int, int]


class EditedError(Exception):
    """What the change is about was edited by hand, or isn't there any more."""


@dataclass(frozen=True)
class Text:
    """A lesson's draft and its text in the catalogue. `show` turns what a draft says into what is stored of it."""

    draft: LessonDraft
    html: str
    show: Callable[[str], str] = clean

    def replaced(self, old: dict[str, Any], new: dict[str, Any] | None, language: str) -> "Text":
        """Return it with other sentences, or none, in the place of one.

        Raises:
            EditedError: when the paragraph was edited by hand, or nothing would be left.
        """
        place, block = self._holding(old["text"])
        cited = next(claim.passage for claim in block.claims if claim.text == old["text"])
        draft, number = self.draft, cited
        if new is not None:
            draft, number = _with_passage(
                draft, Passage.model_validate(new["passage"]), cited, old["text"], language
            )
        made = _with_sentences(block, old["text"], new["texts"] if new else [], number)
        return self._with_block(draft, place, block, made).tidied()

    def inserted(self, new: dict[str, Any]) -> "Text":
        """Return it with what is new beside the first of its anchors that is there; raises as `replaced`."""
        section, passages = section_of(new)
        draft, numbers = self.draft, dict[int, int]()
        for passage in passages:
            draft, numbers[passage.number] = _pooled(draft, passage)
        blocks = [_numbered(block, numbers) for block in section.blocks]
        for anchor in new["anchors"]:
            try:
                place, block = self._holding(anchor)
                if new["within"]:
                    made = _extended(block, anchor, blocks[0], before=new["before"])
                    return self._with_block(draft, place, block, made)
                heading = section.heading.strip()
                return self._beside(draft, place, block, heading, blocks, before=new["before"])
            except EditedError:
                continue  # beside one that is farther away
        raise EditedError

    def moved(self, passages: Sequence[Mapping[str, Any]]) -> "Text":
        """Return it with passages that stand elsewhere now; its text stays as it is."""
        known = {one["number"]: Passage.model_validate(one) for one in passages}
        now = [known.get(passage.number, passage) for passage in self.draft.passages]
        return Text(self.draft.model_copy(update={"passages": now}), self.html, self.show)

    def _holding(self, text: str) -> tuple[_Place, LessonBlock]:
        for name, sections in _parts(self.draft).items():
            for at, section in enumerate(sections):
                for here, block in enumerate(section):
                    if any(claim.text == text for claim in block.claims):
                        return (name, at, here), block
        raise EditedError

    def _with_block(
        self, draft: LessonDraft, place: _Place, old: LessonBlock, new: LessonBlock | None
    ) -> "Text":
        now = [new] if new is not None else []
        changed = _with_blocks(draft, place, now)
        before = self._shown(self.draft, old)
        after = "".join(self._shown(changed, block) for block in now)
        html = self._put(before, after)
        if new is None and len(_parts(draft)[place[0]][place[1]]) == 1:
            changed, html = self._without_section(changed, html, place)
        return Text(changed, html, self.show)

    def _without_section(self, draft: LessonDraft, html: str, place: _Place) -> tuple[LessonDraft, str]:
        name, at, _here = place
        if name == "opening":
            return draft, html
        sections: list[Section] = getattr(draft, name)
        left = [section for number, section in enumerate(sections) if number != at]
        if name == "sections" and not left:
            raise EditedError
        heading = self.show(heading_html(sections[at].heading))
        return draft.model_copy(update={name: left}), html.replace(heading, "", 1)

    def _beside(
        self,
        draft: LessonDraft,
        place: _Place,
        anchor: LessonBlock,
        heading: str,
        blocks: list[LessonBlock],
        *,
        before: bool,
    ) -> "Text":
        if heading and place[0] == "sections":
            return self._as_section(draft, place, Section(heading=heading, blocks=blocks), before=before)
        changed = _with_blocks(draft, place, [*blocks, anchor] if before else [anchor, *blocks])
        shown = self._shown(self.draft, anchor)
        more = "".join(self._shown(changed, block) for block in blocks)
        return Text(changed, self._put(shown, more + shown if before else shown + more), self.show)

    def _as_section(self, draft: LessonDraft, place: _Place, section: Section, *, before: bool) -> "Text":
        """A section of its own comes behind, or before, the section of its anchor."""
        at = place[1]
        beside = draft.sections[at]
        there = at if before else at + 1
        sections = [*draft.sections[:there], section, *draft.sections[there:]]
        changed = draft.model_copy(update={"sections": sections})
        more = self.show(heading_html(section.heading)) + "".join(
            self._shown(changed, block) for block in section.blocks
        )
        if before:
            # Where it has no heading on the page, it is the first, and what is new stands before all of it.
            heading = self.show(heading_html(beside.heading))
            shown = heading if heading in self.html else self._shown(self.draft, beside.blocks[0])
            return Text(changed, self._put(shown, more + shown), self.show)
        shown = self._shown(self.draft, beside.blocks[-1])
        return Text(changed, self._put(shown, shown + more), self.show)

    def _shown(self, draft: LessonDraft, block: LessonBlock) -> str:
        return self.show(block_html(block, draft))

    def _put(self, old: str, new: str) -> str:
        if not old or self.html.count(old) != 1:
            raise EditedError
        return self.html.replace(old, new)

    def tidied(self) -> "Text":
        """Without passages that nothing cites any more."""
        cited = {claim.passage for block in _all(self.draft) for claim in block.claims}
        cited |= {block.passage for block in _all(self.draft)} | {
            one.passage for one in self.draft.key_points
        }
        kept = [passage for passage in self.draft.passages if passage.number in cited]
        return Text(self.draft.model_copy(update={"passages": kept}), self.html, self.show)


def with_point(draft: LessonDraft, old: str, new: dict[str, Any] | None) -> LessonDraft:
    """Return the draft with another key point, or none, in the place of one that it may no longer have."""
    points: list[Sentence] = []
    for point in draft.key_points:
        if point.text != old:
            points.append(point)
        elif new is not None:
            draft, number = _pooled(draft, Passage.model_validate(new["passage"]))
            points.append(Sentence(text=new["texts"][0], passage=number, support="supported"))
    return draft.model_copy(update={"key_points": points})


def _parts(draft: LessonDraft) -> dict[str, list[list[LessonBlock]]]:
    return {
        "opening": [draft.opening],
        "sections": [section.blocks for section in draft.sections],
        "closing": [section.blocks for section in draft.closing],
    }


def _all(draft: LessonDraft) -> list[LessonBlock]:
    return [block for sections in _parts(draft).values() for section in sections for block in section]


def _with_blocks(draft: LessonDraft, place: _Place, blocks: Sequence[LessonBlock]) -> LessonDraft:
    """The draft with these blocks in the place of one. A section may be empty until it is taken out."""
    name, at, here = place
    now = list(_parts(draft)[name][at])
    now[here : here + 1] = blocks
    if name == "opening":
        return draft.model_copy(update={"opening": now})
    sections = list(getattr(draft, name))
    sections[at] = sections[at].model_copy(update={"blocks": now})
    return draft.model_copy(update={name: sections})


def _with_sentences(
    block: LessonBlock, old: str, texts: Sequence[str], number: int | None
) -> LessonBlock | None:
    if block.kind == "code" and block.text == old:
        return block.model_copy(update={"text": texts[0], "passage": number}) if texts else None
    rows = ["\t".join(row) for row in block.rows]
    if old in rows:
        at = rows.index(old)
        cells = [text.split("\t") for text in texts]
        if any(len(row) != len(block.rows[0]) for row in cells):
            raise EditedError  # a table of other columns
        now = [*block.rows[:at], *cells, *block.rows[at + 1 :]]
        heads = block.head_rows - (not texts and at < block.head_rows)
        return block.model_copy(update={"rows": now, "passage": number, "head_rows": heads}) if now else None
    sentences: list[Sentence] = []
    depths: list[int] = []
    for place, sentence in enumerate(block.sentences):
        kept = (
            [sentence]
            if sentence.text != old
            else _said(texts, number, as_one=block.kind in {"bullets", "steps"})
        )
        sentences += kept
        depths += [block.depths[place] if block.depths else 0] * len(kept)
    if not sentences and not block.rows and block.kind not in {"code", "figure", "formula"}:
        return None
    return block.model_copy(update={"sentences": sentences, "depths": depths if block.depths else []})


def _said(texts: Sequence[str], number: int | None, *, as_one: bool) -> list[Sentence]:
    joined = [" ".join(texts)] if as_one and texts else texts
    return [Sentence(text=text, passage=number, support="supported") for text in joined]


def _extended(block: LessonBlock, anchor: str, more: LessonBlock, *, before: bool) -> LessonBlock:
    if block.rows and more.rows:
        at = ["\t".join(row) for row in block.rows].index(anchor) + (not before)
        if len(more.rows[0]) != len(block.rows[0]):
            raise EditedError
        return block.model_copy(update={"rows": [*block.rows[:at], *more.rows, *block.rows[at:]]})
    texts = [sentence.text for sentence in block.sentences]
    if anchor not in texts or not more.sentences:
        raise EditedError
    at = texts.index(anchor) + (not before)
    depths = block.depths and [*block.depths[:at], block.depths[max(0, at - 1)], *block.depths[at:]]
    sentences = [*block.sentences[:at], *more.sentences, *block.sentences[at:]]
    return block.model_copy(update={"sentences": sentences, "depths": depths})


def _numbered(block: LessonBlock, numbers: Mapping[int, int]) -> LessonBlock:
    sentences = [
        sentence.model_copy(update={"passage": numbers.get(sentence.passage or 0)})
        for sentence in block.sentences
    ]
    return block.model_copy(update={"sentences": sentences, "passage": numbers.get(block.passage or 0)})


def _with_passage(
    draft: LessonDraft, new: Passage, cited: int | None, without: str, language: str
) -> tuple[LessonDraft, int]:
    """Cite the new passage under the old one's number, where all others that cite that one rest on the new too."""
    others = [
        claim.text
        for claim in [*(claim for block in _all(draft) for claim in block.claims), *draft.key_points]
        if claim.passage == cited and claim.text != without
    ]
    text = key(new.text)
    if cited is None or not all(
        key(other) in text or support(other, new.text, language) == "supported" for other in others
    ):
        return _pooled(draft, new)
    now = [
        new.model_copy(update={"number": cited}) if passage.number == cited else passage
        for passage in draft.passages
    ]
    return draft.model_copy(update={"passages": now}), cited


def _pooled(draft: LessonDraft, passage: Passage) -> tuple[LessonDraft, int]:
    """Return the draft with this passage, and its number there."""
    for known in draft.passages:
        if known.model_copy(update={"number": passage.number}) == passage:
            return draft, known.number
    number = max((one.number for one in draft.passages), default=0) + 1
    passages = [*draft.passages, passage.model_copy(update={"number": number})]
    return draft.model_copy(update={"passages": passages}), number
