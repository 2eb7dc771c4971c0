"""Makes a draft of a model's lesson, and says what is wrong with it."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Final

from momentum.providers.language.writing import count_words
from momentum.providers.writer import ActionItem, LessonBlock, LessonDraft, Resource, Section, Sentence
from momentum.providers.writer.model.support import checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from momentum.providers.writer import LessonBlockKind, Passage, Question
    from momentum.providers.writer.model.passages import Selection
    from momentum.providers.writer.model.schema import LessonAnswer, SectionAnswer, SentenceAnswer
    from momentum.providers.writer.model.support import Claim

FEWEST_WORDS: Final = 350
MOST_WORDS: Final = 650
_WORDS_A_MINUTE: Final = 200
_LISTS: Final[dict[str, LessonBlockKind]] = {"bullet": "bullets", "step": "steps"}
_FEW: Final = 0.5  # the share of unconfirmed citations from which the reviewer is told why that may be
_BARE: Final = 0.3  # the share of claims without a passage from which the model is asked to cite more
_SHOWN: Final = 12  # objections of one kind that the model is told of


class Written:
    """A model's lesson with what each sentence of it rests on."""

    def __init__(
        self,
        answer: LessonAnswer,
        selection: Selection,
        language: str,
        *,
        objectives: Sequence[str] = (),
        grounded: bool,
    ) -> None:
        self.answer, self.selection, self.objectives = answer, selection, objectives
        self.language, self.grounded = language, grounded
        self.passages = {passage.number: passage for passage in selection.passages}
        self.claims: list[Claim] = [checked(sentence, self.passages) for sentence in _sentences(answer)]

    @property
    def words(self) -> int:
        """How long the lesson is, without its key points."""
        return sum(count_words(s.text) for section in self.answer.sections for s in section.sentences)

    @property
    def objections(self) -> list[str]:
        """What the model has to mend, in words for it; empty where nothing is wrong."""
        found = []
        if not FEWEST_WORDS <= self.words <= MOST_WORDS:
            found.append(f"It has {self.words} words, but must have {FEWEST_WORDS} to {MOST_WORDS}.")
        if self.grounded:
            found += [claim.objection for claim in self.claims if claim.fails][:_SHOWN]
            bare = [claim for claim in self._stated if claim.passage is None]
            if self.passages and len(bare) > len(self._stated) * _BARE:
                found.append(
                    f"{len(bare)} of its {len(self._stated)} claims cite no passage. Cite one for each, or leave "
                    "the claim out."
                )
        return found

    @property
    def _stated(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.support != "linking"]

    def draft(self, questions: Sequence[Question] = (), notes: Sequence[str] = ()) -> LessonDraft:
        """The lesson as the reviewer gets it, with these questions and notes beside its own."""
        sentences = [claim.sentence() for claim in self.claims]
        used = sorted({sentence.passage for sentence in sentences if sentence.passage is not None})
        numbers = {old: new for new, old in enumerate(used, 1)}
        renumbered = iter([_renumbered(sentence, numbers) for sentence in sentences])
        cited = [self.passages[old] for old in used]
        return LessonDraft(
            title=self.answer.title,
            summary=self.answer.summary,
            key_points=[next(renumbered) for _ in self.answer.key_points],
            opening=list(_opening(self.objectives, self.language)),
            sections=[
                Section(heading=section.heading, blocks=list(_blocks(section, renumbered)))
                for section in self.answer.sections
            ],
            action_items=[
                ActionItem(text=item.text, note=item.note.strip()) for item in self.answer.action_items
            ],
            questions=list(questions),
            passages=[
                passage.model_copy(update={"number": number}) for number, passage in enumerate(cited, 1)
            ],
            resources=_resources(cited, self.language),
            minutes=max(1, math.ceil(self.words / _WORDS_A_MINUTE)),
            notes=[*self._notes(), *notes],
        )

    def _notes(self) -> Iterator[str]:
        if not FEWEST_WORDS <= self.words <= MOST_WORDS:
            yield f"This lesson has {self.words} words; {FEWEST_WORDS} to {MOST_WORDS} were asked for."
        if not self.grounded:
            yield "There were no references, so nothing in this lesson has been checked against a source."
            return
        unread = self.selection.available - len(self.passages)
        if unread:
            yield (
                f"The pages of this lesson hold more than fits into one request: {unread} of their "
                f"{self.selection.available} passages were not used."
            )
        if not self.passages:
            yield "The pages of this lesson hold no text, so nothing in it rests on a source."
        bare = sum(claim.support == "none" for claim in self._stated)
        if bare:
            yield f"{bare} of {len(self._stated)} sentences rest on no passage. Check them before you publish."
        cited = [claim for claim in self.claims if claim.passage is not None]
        confirmed = sum(claim.support in {"supported", "partly"} for claim in cited)
        if cited and confirmed < len(cited) * _FEW:
            yield f"Only {confirmed} of {len(cited)} citations could be confirmed by what they cite."
        foreign = sum(claim.reason == "language" for claim in cited)
        if foreign:
            yield (
                f"{foreign} sentences are in another language than what they cite, and could not be compared word "
                "by word. Their citations are kept."
            )


def refuse_unknown(answer: LessonAnswer, passages: Mapping[int, Passage]) -> None:
    """Refuse a lesson that cites passages which it wasn't given.

    Raises:
        ValueError: with a sentence for the model.
    """
    unknown = sorted(
        {s.passage for s in _sentences(answer) if s.passage is not None and s.passage not in passages}
    )
    if not unknown:
        return
    there = f"The passages are 1 to {len(passages)}" if passages else "There are no passages"
    raise ValueError(
        f"There is no passage {', '.join(map(str, unknown))}. {there}; where none says it, passage must be null."
    )


def _sentences(answer: LessonAnswer) -> list[SentenceAnswer]:
    return [*answer.key_points, *(s for section in answer.sections for s in section.sentences)]


def _opening(objectives: Sequence[str], language: str) -> Iterator[LessonBlock]:
    """What a learner will be able to do, introduced where there are words for that in the course's language."""
    if not objectives:
        return
    # With the built-in writer comes what it reckons with, which loads slowly.
    from momentum.providers.writer.extractive import languages
    from momentum.providers.writer.extractive.languages import teaching

    if languages.find(language):
        will = Sentence(text=teaching.find(language).will, support="linking")
        yield LessonBlock(kind="paragraph", sentences=[will])
    yield LessonBlock(
        kind="bullets", sentences=[Sentence(text=text, support="linking") for text in objectives]
    )


def _blocks(section: SectionAnswer, sentences: Iterator[Sentence]) -> Iterator[LessonBlock]:
    for paragraph in _paragraphs(section):
        for kind, run in groupby(paragraph, key=lambda sentence: _LISTS.get(sentence.role, "paragraph")):
            yield LessonBlock(kind=kind, sentences=[next(sentences) for _ in run])


def _paragraphs(section: SectionAnswer) -> list[list[SentenceAnswer]]:
    paragraphs: list[list[SentenceAnswer]] = []
    for sentence in section.sentences:
        if sentence.new_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs


def _renumbered(sentence: Sentence, numbers: Mapping[int, int]) -> Sentence:
    if sentence.passage is None:
        return sentence
    return sentence.model_copy(update={"passage": numbers[sentence.passage]})


def _resources(passages: list[Passage], language: str) -> list[Resource]:
    """The pages that the lesson rests on. The model is not asked for web addresses: it would invent some."""
    pages: dict[str, list[Passage]] = {}
    for passage in passages:
        pages.setdefault(passage.document, []).append(passage)
    return [Resource(title=f"{document}, {_place(found, language)}") for document, found in pages.items()]


def _place(passages: list[Passage], language: str) -> str:
    """Their pages as they are printed: "pages 3 to 5"; only the numbers in a course that isn't in English."""
    ordered = sorted(passages, key=lambda passage: passage.page)
    first, last = ordered[0].shown_page, ordered[-1].shown_page
    unit = ordered[0].unit
    english = language.partition("-")[0].casefold() == "en"
    if first == last:
        return f"{unit} {first}" if english else first
    return f"{unit}s {first} to {last}" if english else f"{first}–{last}"
