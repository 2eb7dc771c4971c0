"""What a new version of a document changes in a lesson, as proposals that can be accepted one by one. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from momentum.providers.writer import LessonBlock, LessonDraft, Passage, Section, Sentence
from momentum.providers.writer.paragraphs import Paragraph, Statement
from momentum.studio.domain.document_versions import Comparison, key
from momentum.studio.domain.sentence_fates import NewVersion, Told, blocks_of, fates

type ChangeKind = Literal["sentence", "insertion", "key_point", "action_item", "question", "places"]

_TEXTS = {"paragraph", "bullets", "steps", "quotation", "note"}


@dataclass(frozen=True)
class Proposed:
    """One change. `old` is None for what is added, `new` for what is taken out; both are JSON, by `kind`.

    Of a `sentence` and a `key_point`: its `text`, and instead of it `texts` and the `passage` they stand in. Of an
    `action_item` or a `question`: those of a draft. Of an `insertion`: a `section` without a heading of its own where
    it goes into the one that is there, its `passages`, the sentences it comes after or, the other way round, `before`
    (`anchors`, the best first), and whether it goes `within` their paragraph. Of `places`: `passages` that stand
    elsewhere, and `questions` whose pages are others.
    """

    kind: ChangeKind
    old: dict[str, Any] | None
    new: dict[str, Any] | None


@dataclass(frozen=True)
class LessonFates:
    """What became of a lesson: `said` of its sentences are still said, of which `moved` on another page."""

    told: list[Told]
    changes: list[Proposed]
    said: int
    moved: int

    @property
    def gone(self) -> list[Told]:
        """What is no longer said."""
        return [one for one in self.told if not one.fate.is_said]


def changes_in(draft: LessonDraft, version: NewVersion, stretch: set[int]) -> LessonFates:
    """Return what to change in a lesson's text and key points; `stretch` are the old paragraphs of its day."""
    told = fates(draft, version)
    said = [one for one in told if one.block is not None and one.fate.is_said]
    moved = [one for one in said if one.fate.statements[0].page != one.passage.page]
    changes = [*_of_sentences(told, version), *_insertions(draft, version, stretch)]
    if places := _moved_passages(told, version):
        changes.append(Proposed("places", None, {"passages": places, "questions": []}))
    return LessonFates(told, changes, len(said), len(moved))


def _of_sentences(told: Sequence[Told], version: NewVersion) -> Iterator[Proposed]:
    seen: set[tuple[str, bool]] = set()
    for one in told:
        is_point = one.block is None
        at = (one.sentence.text, is_point)
        if one.fate.is_said or at in seen:
            continue
        seen.add(at)
        new: dict[str, Any] | None = None
        if one.fate.state == "changed":
            passage = version.passage(one.fate.statements[0], one.passage.number)
            new = {
                "texts": [each.text for each in one.fate.statements],
                "passage": passage.model_dump(mode="json"),
            }
        yield Proposed("key_point" if is_point else "sentence", {"text": one.sentence.text}, new)


def _moved_passages(told: Sequence[Told], version: NewVersion) -> list[dict[str, Any]]:
    """The passages that all still say what is cited, where they or their pages aren't the same."""
    by_number: dict[int, list[Told]] = {}
    for one in told:
        by_number.setdefault(one.passage.number, []).append(one)
    found = []
    for number, citing in by_number.items():
        if not all(one.fate.is_said for one in citing):
            continue
        grounds = {(one.fate.statements[0].page, one.fate.statements[0].grounds) for one in citing}
        passage = version.passage(citing[0].fate.statements[0], number)
        if len(grounds) == 1 and not _is_same(passage, citing[0].passage):
            found.append(passage.model_dump(mode="json"))
    return found


def _is_same(one: Passage, other: Passage) -> bool:
    return (one.document, one.page, one.shown_page, key(one.text)) == (
        other.document,
        other.page,
        other.shown_page,
        key(other.text),
    )


# What is new in the stretch that a day covers


def _insertions(draft: LessonDraft, version: NewVersion, stretch: set[int]) -> Iterator[Proposed]:
    made = version.comparison
    told = {key(claim.text): claim.text for block in blocks_of(draft) for claim in block.claims}
    known_headings = {key(paragraph.heading) for paragraph in made.before}
    mine = [number for number, owner in enumerate(made.owner) if owner in stretch]
    at = 0
    while at < len(mine):
        number = mine[at]
        group = [number]
        heading = made.after[number].heading
        is_section = made.is_new[number] and bool(heading) and key(heading) not in known_headings
        while is_section and at + len(group) < len(mine):
            following = mine[at + len(group)]
            if not made.is_new[following] or made.after[following].heading != heading:
                break
            group.append(following)
        at += len(group)
        if made.is_new[number]:
            yield from _new_section(version, group, heading if is_section else "", mine, told)
        else:
            yield from _new_sentences(version, number, told)


def _new_section(
    version: NewVersion, group: Sequence[int], heading: str, mine: Sequence[int], told: dict[str, str]
) -> Iterator[Proposed]:
    made = version.comparison
    passages: list[Passage] = []
    blocks = [block for number in group for block in _block(version, made.after[number], passages)]
    anchors, before = _anchors(made, group, mine, told)
    if blocks and anchors:
        section = {"heading": heading, "blocks": [block.model_dump(mode="json") for block in blocks]}
        yield _insertion(section, passages, anchors, before=before, within=False)


def _new_sentences(version: NewVersion, number: int, told: dict[str, str]) -> Iterator[Proposed]:
    """What was added to a paragraph of which the lesson says something."""
    made = version.comparison
    kind, places = made.after[number].kind, made.places_in(number)
    for at, place in enumerate(places):
        if place not in made.added or kind not in {*_TEXTS, "table"}:
            continue
        statement = made.new[place].statement
        before = _texts(made, list(reversed(places[:at])), told)
        after = [] if before else _texts(made, places[at + 1 :], told)
        if not (before or after) or (kind == "table") == statement.whole:
            continue
        passages: list[Passage] = []
        sentences = [_sentence(version, statement, passages)] if statement.whole else []
        block = LessonBlock(
            kind="table" if kind == "table" else kind,
            sentences=sentences,
            rows=[] if statement.whole else [statement.text.split("\t")],
            passage=None if statement.whole else _number(version, statement, passages),
        )
        section = {"heading": "", "blocks": [block.model_dump(mode="json")]}
        yield _insertion(section, passages, before or after, before=not before, within=True)


def _insertion(
    section: dict[str, Any], passages: Sequence[Passage], anchors: list[str], *, before: bool, within: bool
) -> Proposed:
    new = {
        "section": section,
        "passages": [passage.model_dump(mode="json") for passage in passages],
        "anchors": anchors,
        "before": before,
        "within": within,
    }
    return Proposed("insertion", None, new)


def _anchors(
    made: Comparison, group: Sequence[int], mine: Sequence[int], told: dict[str, str]
) -> tuple[list[str], bool]:
    """The sentences of the lesson that it comes after, the nearest first; else those that it comes before."""
    here = mine.index(group[0])
    earlier = [place for number in reversed(mine[:here]) for place in reversed(made.places_in(number))]
    if found := _texts(made, earlier, told):
        return found, False
    later = [place for number in mine[here + len(group) :] for place in made.places_in(number)]
    return _texts(made, later, told), True


def _texts(made: Comparison, places: Sequence[int], told: dict[str, str]) -> list[str]:
    """What the lesson says of these sentences: as it was, as it is proposed, and what is proposed in between."""
    back = {there: place for place, there in made.same.items()}
    back |= {there: place for place, others in made.changed.items() for there in others}
    found: list[str] = []
    for place in places:
        text = made.new[place].statement.text
        if place in made.added:
            found.append(text)
            continue
        was = told.get(made.old[back[place]].key)
        if was is not None:
            return [*found, *dict.fromkeys([text, was])]
    return []


def _block(version: NewVersion, paragraph: Paragraph, passages: list[Passage]) -> Iterator[LessonBlock]:
    whole = [one for one in paragraph.statements if one.whole]
    if paragraph.kind in _TEXTS and whole:
        depths = [one.depth for one in whole] if paragraph.kind in {"bullets", "steps"} else []
        least = min(depths, default=0)
        yield LessonBlock(
            kind=paragraph.kind,
            sentences=[_sentence(version, one, passages) for one in whole],
            depths=[depth - least for depth in depths] if any(depth > least for depth in depths) else [],
        )
    elif paragraph.kind in {"table", "code"} and len(whole) < len(paragraph.statements):
        shown = next(one for one in paragraph.statements if not one.whole)
        yield LessonBlock(
            kind=paragraph.kind,
            sentences=[_sentence(version, one, passages) for one in whole],
            rows=[list(row) for row in paragraph.rows] if paragraph.kind == "table" else [],
            head_rows=paragraph.head_rows if paragraph.kind == "table" else 0,
            text=shown.text if paragraph.kind == "code" else "",
            passage=_number(version, shown, passages),
        )


def _sentence(version: NewVersion, statement: Statement, passages: list[Passage]) -> Sentence:
    return Sentence(text=statement.text, passage=_number(version, statement, passages), support="supported")


def _number(version: NewVersion, statement: Statement, passages: list[Passage]) -> int:
    made = version.passage(statement, len(passages) + 1)
    for known in passages:
        if known.model_copy(update={"number": made.number}) == made:
            return known.number
    passages.append(made)
    return made.number


def section_of(new: dict[str, Any]) -> tuple[Section, list[Passage]]:
    """Return what an insertion puts in; its heading is a space where it goes below the one that is there."""
    heading = new["section"]["heading"] or " "
    section = Section.model_validate({**new["section"], "heading": heading})
    return section, [Passage.model_validate(passage) for passage in new["passages"]]
