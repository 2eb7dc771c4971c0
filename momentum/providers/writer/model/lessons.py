"""Asks for one lesson, and checks every sentence of it against the passages it cites."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

from momentum.providers.language.writing import count_words
from momentum.providers.writer import ActionItem, LessonBlock, LessonDraft, Resource, Section, Sentence
from momentum.providers.writer.model import data
from momentum.providers.writer.model.passages import select
from momentum.providers.writer.model.schema import LessonAnswer
from momentum.providers.writer.model.support import checked
from momentum.providers.writer.model.task import course_values, line, make_task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer import CourseRequest, LessonBlockKind, LessonBrief, Passage
    from momentum.providers.writer.model.config import ModelConfig
    from momentum.providers.writer.model.passages import Selection
    from momentum.providers.writer.model.schema import SectionAnswer, SentenceAnswer
    from momentum.providers.writer.model.task import Task

_WORDS_A_MINUTE = 200
_LISTS: dict[str, LessonBlockKind] = {"bullet": "bullets", "step": "steps"}
_FEW = 0.5  # the share of unconfirmed citations from which the reviewer is told why that may be


def task(
    request: CourseRequest,
    brief: LessonBrief,
    references: Sequence[Document],
    config: ModelConfig,
    *,
    note: str = "",
    previous: LessonDraft | None = None,
) -> Task[LessonAnswer, LessonDraft]:
    """Write the lesson of this brief from the passages of its pages, or freely where there are no references."""
    query = " ".join([brief.title, brief.goal, *brief.points, note])
    selection = select(references, brief.source, query, config.room)
    values = course_values(request, data.marker()) | {
        "avoid": _listed(brief.avoid),
        "day": str(brief.day),
        "goal": line(brief.goal, "what the title says"),
        "note": line(note, "nothing in particular"),
        "passages": data.passages(selection.passages),
        "points": _listed(brief.points),
        "previous": data.earlier(previous),
        "title": line(brief.title, "untitled"),
    }

    def accept(answer: LessonAnswer) -> LessonDraft:
        return _draft(answer, selection, values["language"], grounded=bool(references))

    return make_task("lesson-content", values, LessonAnswer, accept)


def _listed(items: Sequence[str]) -> str:
    return "\n".join(f"- {line(item, '?')}" for item in items) or f"- {data.NOTHING}"


def _draft(answer: LessonAnswer, selection: Selection, language: str, *, grounded: bool) -> LessonDraft:
    passages = {passage.number: passage for passage in selection.passages}
    _refuse_unknown(answer, passages)
    key_points = [checked(point, passages) for point in answer.key_points]
    sections = [
        Section(heading=section.heading, blocks=list(_blocks(section, passages)))
        for section in answer.sections
    ]
    sentences = [*key_points, *(sentence for section in sections for sentence in section.sentences)]
    used = sorted({sentence.passage for sentence in sentences if sentence.passage is not None})
    numbers = {old: new for new, old in enumerate(used, 1)}
    words = sum(count_words(sentence.text) for sentence in sentences)
    return LessonDraft(
        title=answer.title,
        summary=answer.summary,
        key_points=[_renumbered(sentence, numbers) for sentence in key_points],
        sections=[
            Section(
                heading=section.heading,
                blocks=[
                    block.model_copy(update={"sentences": [_renumbered(s, numbers) for s in block.sentences]})
                    for block in section.blocks
                ],
            )
            for section in sections
        ],
        action_items=[ActionItem(text=item.text, note=item.note.strip()) for item in answer.action_items],
        questions=[
            question.question(passages[question.passage] if question.passage is not None else None)
            for question in answer.questions
        ],
        passages=[passages[old].model_copy(update={"number": numbers[old]}) for old in used],
        resources=_resources([passages[old] for old in used], language),
        minutes=max(1, math.ceil(words / _WORDS_A_MINUTE)),
        notes=_notes(answer, sentences, selection, grounded=grounded),
    )


def _cited(answer: LessonAnswer) -> Iterator[int | None]:
    for sentence in _sentences(answer):
        yield sentence.passage
    for question in answer.questions:
        yield question.passage


def _sentences(answer: LessonAnswer) -> list[SentenceAnswer]:
    return [*answer.key_points, *(s for section in answer.sections for s in section.sentences)]


def _refuse_unknown(answer: LessonAnswer, passages: Mapping[int, Passage]) -> None:
    unknown = sorted({number for number in _cited(answer) if number is not None and number not in passages})
    if not unknown:
        return
    there = f"The passages are 1 to {len(passages)}" if passages else "There are no passages"
    raise ValueError(
        f"There is no passage {', '.join(map(str, unknown))}. {there}; where none says it, passage must be null."
    )


def _paragraphs(section: SectionAnswer) -> list[list[SentenceAnswer]]:
    paragraphs: list[list[SentenceAnswer]] = []
    for sentence in section.sentences:
        if sentence.new_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs


def _blocks(section: SectionAnswer, passages: Mapping[int, Passage]) -> Iterator[LessonBlock]:
    for paragraph in _paragraphs(section):
        for kind, run in groupby(paragraph, key=lambda sentence: _LISTS.get(sentence.role, "paragraph")):
            yield LessonBlock(kind=kind, sentences=[checked(sentence, passages) for sentence in run])


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
    english = language.partition("-")[0].casefold() == "en"
    if first == last:
        return f"page {first}" if english else first
    return f"pages {first} to {last}" if english else f"{first}–{last}"


def _notes(
    answer: LessonAnswer, sentences: list[Sentence], selection: Selection, *, grounded: bool
) -> list[str]:
    if not grounded:
        return ["There were no references, so nothing in this lesson has been checked against a source."]
    notes = []
    unread = selection.available - len(selection.passages)
    if unread:
        notes.append(
            f"The pages of this lesson hold more than fits into one request: {unread} of their "
            f"{selection.available} passages were not used."
        )
    if not selection.passages:
        notes.append("The pages of this lesson hold no text, so nothing in it rests on a source.")
    claims = [sentence for sentence in sentences if sentence.support != "linking"]
    bare = sum(sentence.support == "none" for sentence in claims)
    if bare:
        notes.append(f"{bare} of {len(claims)} sentences rest on no passage. Check them before you publish.")
    cited = sum(sentence.passage is not None for sentence in _sentences(answer))
    confirmed = sum(sentence.support == "supported" for sentence in sentences)
    if cited and confirmed < cited * _FEW:
        notes.append(
            f"Only {confirmed} of {cited} citations could be confirmed. They are checked without a model, which can’t "
            "tell when the course is in another language than the reference."
        )
    return notes
