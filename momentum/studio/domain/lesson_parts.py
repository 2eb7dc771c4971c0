"""Parts of a lesson: taking some from one version and the rest from another. Pure.

Parts are called `title`, `summary`, `text`, `key_points`, `action_items` and `questions`; one section or one question
is `section-2` or `question-2`, counted from 1.
"""

from collections.abc import Collection, Sequence

from momentum.providers.writer import LessonBlock, LessonDraft, Passage, Question, Section, Sentence

PARTS = ("title", "summary", "text", "key_points", "action_items", "questions")


class NoOtherError(ValueError):
    """The new version has nothing to put in the place of that part."""


def place_of(part: str, kind: str) -> int | None:
    """Return which section or question a part is, counted from 0; None for a part of another kind."""
    name, _dash, number = part.partition("-")
    return int(number) - 1 if name == kind and number.isdecimal() and int(number) else None


def chosen(old: LessonDraft, new: LessonDraft, parts: Collection[str]) -> LessonDraft:
    """Return the old version with these of PARTS from the new one; passages are numbered so that all still fit."""
    text = new if "text" in parts else old
    pool = _Pool(text.passages)
    points = new if "key_points" in parts else old
    return text.model_copy(
        update={
            "title": (new if "title" in parts else old).title,
            "summary": (new if "summary" in parts else old).summary,
            "key_points": [pool.sentence(point, points.passages) for point in points.key_points],
            "action_items": (new if "action_items" in parts else old).action_items,
            "questions": (new if "questions" in parts else old).questions,
            "passages": pool.passages,
        }
    )


def with_part(old: LessonDraft, new: LessonDraft, part: str) -> LessonDraft:
    """Return the old version in which one section or question is as the new version has it.

    Raises:
        NoOtherError: when the new version has no other.
    """
    if (place := place_of(part, "section")) is not None and place < len(old.sections):
        pool = _Pool(old.passages)
        section = pool.section(_counterpart(old.sections[place], new.sections, place), new.passages)
        if section == old.sections[place]:
            raise NoOtherError(part)
        sections = [*old.sections[:place], section, *old.sections[place + 1 :]]
        return old.model_copy(update={"sections": sections, "passages": pool.passages})
    if (place := place_of(part, "question")) is not None and place < len(old.questions):
        question = _another(old.questions, new.questions)
        questions = [*old.questions[:place], question, *old.questions[place + 1 :]]
        return old.model_copy(update={"questions": questions})
    raise NoOtherError(part)


def _counterpart(section: Section, others: Sequence[Section], place: int) -> Section:
    """The section of that heading, or else the one in its place."""
    named = (other for other in others if other.heading.casefold() == section.heading.casefold())
    return next(named, others[min(place, len(others) - 1)])


def _another(old: Sequence[Question], new: Sequence[Question]) -> Question:
    known = {question.prompt for question in old}
    for question in new:
        if question.prompt not in known:
            return question
    raise NoOtherError("question")


class _Pool:
    """The passages of a mixed lesson: those that it begins with keep their numbers, others get new ones."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = list(passages)

    def number(self, number: int | None, among: Sequence[Passage]) -> int | None:
        passage = next((one for one in among if one.number == number), None)
        if passage is None:
            return None
        for known in self.passages:
            if known.model_copy(update={"number": number}) == passage:
                return known.number
        last = max((one.number for one in self.passages), default=0)
        self.passages.append(passage.model_copy(update={"number": last + 1}))
        return last + 1

    def sentence(self, sentence: Sentence, among: Sequence[Passage]) -> Sentence:
        return sentence.model_copy(update={"passage": self.number(sentence.passage, among)})

    def section(self, section: Section, among: Sequence[Passage]) -> Section:
        return section.model_copy(update={"blocks": [self._block(block, among) for block in section.blocks]})

    def _block(self, block: LessonBlock, among: Sequence[Passage]) -> LessonBlock:
        sentences = [self.sentence(sentence, among) for sentence in block.sentences]
        return block.model_copy(update={"sentences": sentences, "passage": self.number(block.passage, among)})
