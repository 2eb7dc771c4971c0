"""A lesson as it stands in the catalogue, with the draft it was made of: what accepted changes are put into. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from momentum.catalog.schemas import KeptActionItem, KeptQuestion, QuestionEntry, SourceEntry
from momentum.providers.writer import ActionItem, LessonDraft, Question
from momentum.studio.domain.markup import action_entry, question_entry, source_entry
from momentum.studio.domain.text_edits import EditedError, Text, with_point

__all__ = ["EditedError", "LessonState"]


@dataclass(frozen=True)
class LessonState:
    """The draft, and what of the lesson stands in the catalogue now. `language`: a code."""

    draft: LessonDraft
    html: str
    key_points: list[str]
    action_items: list[KeptActionItem]
    questions: list[KeptQuestion]
    sources: list[SourceEntry]
    language: str

    def with_change(
        self, kind: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
    ) -> "LessonState":
        """Return the lesson with one change put in; `domain.lesson_changes.Proposed` says what each kind holds.

        Raises:
            EditedError: where what it replaces isn't there any more.
        """
        was, now = dict(old or {}), None if new is None else dict(new)
        match kind:
            case "key_point":
                return self._with_point(was["text"], now)
            case "action_item":
                return self._with_action(ActionItem.model_validate(was), now)
            case "question":
                return self._with_question(Question.model_validate(was), now)
            case "places":
                return self._with_places(now or {})
            case "insertion":
                return self._with_text(self._text.inserted(now or {}))
            case _:
                return self._with_text(self._text.replaced(was, now, self.language))

    @property
    def _text(self) -> Text:
        return Text(self.draft, self.html)

    def _with_text(self, text: Text) -> "LessonState":
        return replace(self._with_draft(text.draft), html=text.html)

    def _with_draft(self, draft: LessonDraft) -> "LessonState":
        """With the passages that are other ones in this draft; those that somebody edited otherwise stay."""
        before = {passage.number: passage for passage in self.draft.passages}
        after = {passage.number: passage for passage in draft.passages}
        kept = [one for one in self.sources if one.number in after or one.number not in before]
        known = {one.number for one in kept}
        now = [
            source_entry(after[one.number])
            if one.number in after and after[one.number] != before.get(one.number)
            else one
            for one in kept
        ]
        now += [
            source_entry(one) for number, one in after.items() if number not in known and number not in before
        ]
        return replace(self, draft=draft, sources=sorted(now, key=lambda one: one.number))

    def _with_point(self, old: str, new: dict[str, Any] | None) -> "LessonState":
        points = _replaced(self.key_points, old, new["texts"][:1] if new else [])
        return replace(self._with_draft(with_point(self.draft, old, new)), key_points=points)

    def _with_action(self, old: ActionItem, new: dict[str, Any] | None) -> "LessonState":
        instead = [ActionItem.model_validate(new)] if new else []
        there = next((one for one in self.action_items if one.text == action_entry(old).text), None)
        entries = [KeptActionItem(**action_entry(one).model_dump()) for one in instead]
        drafted = _replaced(self.draft.action_items, old, instead)
        return replace(
            self,
            action_items=_replaced(self.action_items, there, entries),
            draft=self.draft.model_copy(update={"action_items": drafted}),
        )

    def _with_question(self, old: Question, new: dict[str, Any] | None) -> "LessonState":
        instead = [Question.model_validate(new)] if new else []
        was = question_entry(old)
        there = next((one for one in self.questions if _asks_the_same(one, was)), None)
        # Another question has another id: what was answered to the old one stays with that.
        entries = [KeptQuestion(**question_entry(one).model_dump()) for one in instead]
        return replace(
            self,
            questions=_replaced(self.questions, there, entries),
            draft=self.draft.model_copy(update={"questions": _replaced(self.draft.questions, old, instead)}),
        )

    def _with_places(self, new: Mapping[str, Any]) -> "LessonState":
        state = self._with_text(self._text.moved(new["passages"]))
        told = {one["prompt"]: one for one in new["questions"]}
        drafted = [
            question.model_copy(update=told[question.prompt]) if question.prompt in told else question
            for question in self.draft.questions
        ]
        before = {question.prompt: question_entry(question) for question in self.draft.questions}
        entries = []
        for entry in self.questions:
            one = next((one for one in drafted if one.prompt == entry.prompt and entry.prompt in told), None)
            # Only where nobody has explained it in other words.
            if one and entry.explanation == before[entry.prompt].explanation:
                made = question_entry(one)
                names = ("explanation", "page", "page_label")
                entries.append(entry.model_copy(update={name: getattr(made, name) for name in names}))
            else:
                entries.append(entry)
        return replace(state, questions=entries, draft=state.draft.model_copy(update={"questions": drafted}))


def _asks_the_same(one: QuestionEntry, other: QuestionEntry) -> bool:
    names = ("kind", "prompt", "choices", "answer")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _replaced[T](among: Sequence[T], old: T | None, new: Sequence[T]) -> list[T]:
    if old is None or old not in among:
        raise EditedError
    at = list(among).index(old)
    return [*among[:at], *new, *among[at + 1 :]]
