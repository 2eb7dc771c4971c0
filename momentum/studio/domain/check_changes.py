"""Self-checks, actions and key points of a lesson whose proof a new version took away, and what comes instead. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from momentum.providers.writer import LessonDraft, Question
from momentum.studio.domain.document_versions import key
from momentum.studio.domain.lesson_changes import Proposed

_QUOTED: Final = 92.0  # of 100: how much of a sentence stands in what quotes it, perhaps cut short
_SHORT: Final = 12


def checks_of(draft: LessonDraft, fresh: LessonDraft | None, gone: Sequence[str]) -> list[Proposed]:
    """Return what to put in the place of self-checks and actions that rest on sentences that are gone.

    `fresh` is the day as the writer would write it now; without it they are only taken out.
    """
    lost = [text for one in gone if len(text := key(one)) >= _SHORT]
    changes = []
    offered = _unused(draft.questions, fresh.questions if fresh else [], _asked)
    for question in draft.questions:
        if _rests_on(_asked(question), lost):
            other = _take(offered, _asked(question), _asked)
            new = other.model_dump(mode="json") if other else None
            changes.append(Proposed("question", question.model_dump(mode="json"), new))
    actions = _unused(draft.action_items, fresh.action_items if fresh else [], lambda one: one.text)
    for item in draft.action_items:
        if _rests_on(f"{item.text} {item.note}", lost):
            instead = _take(actions, item.text, lambda one: one.text)
            new = instead.model_dump(mode="json") if instead else None
            changes.append(Proposed("action_item", item.model_dump(mode="json"), new))
    return changes


def with_new_points(
    changes: Sequence[Proposed], draft: LessonDraft, fresh: LessonDraft | None
) -> list[Proposed]:
    """Return the changes with another key point in the place of each that is lost."""
    offered = _unused(draft.key_points, fresh.key_points if fresh else [], lambda one: one.text)
    passages = {passage.number: passage for passage in fresh.passages} if fresh else {}
    taken = {text for change in changes if change.new for text in change.new.get("texts", ())}
    made = []
    for change in changes:
        if change.kind == "key_point" and change.new is None and change.old:
            offered = [one for one in offered if one.text not in taken and one.passage in passages]
            if point := _take(offered, change.old["text"], lambda one: one.text):
                passage = passages[point.passage or 0].model_dump(mode="json")
                made.append(replace(change, new={"texts": [point.text], "passage": passage}))
                continue
        made.append(change)
    return made


def moved_questions(draft: LessonDraft, fresh: LessonDraft | None) -> list[dict[str, object]]:
    """Return the questions that the new version answers as before, on another page."""
    known = {_plain(question): question for question in fresh.questions} if fresh else {}
    found: list[dict[str, object]] = []
    for question in draft.questions:
        now = known.get(_plain(question))
        names = ("explanation", "page", "label")
        if now and any(getattr(now, name) != getattr(question, name) for name in names):
            found.append({"prompt": question.prompt, **{name: getattr(now, name) for name in names}})
    return found


def _plain(question: Question) -> tuple[object, ...]:
    right = [question.choices[place] for place in question.answer] or question.accepted
    return question.kind, question.prompt, tuple(sorted(question.choices)), tuple(right)


def _asked(question: Question) -> str:
    return " ".join([question.prompt, *question.choices, *question.accepted, question.explanation])


def _rests_on(text: str, lost: Sequence[str]) -> bool:
    """Whether a text quotes one of these sentences, whole or up to where it was cut."""
    quoting = key(text)
    return any(
        one in quoting or (len(one) <= len(quoting) and fuzz.partial_ratio(one, quoting) >= _QUOTED)
        for one in lost
    )


def _unused[T](mine: Sequence[T], offered: Sequence[T], text: Callable[[T], str]) -> list[T]:
    known = {key(text(one)) for one in mine}
    return [one for one in offered if key(text(one)) not in known]


def _take[T](offered: list[T], text: str, told: Callable[[T], str]) -> T | None:
    """Take what is most like it, so that a question about a number is followed by one about the number now."""
    if not offered:
        return None
    best = max(offered, key=lambda one: fuzz.token_sort_ratio(key(text), key(told(one))))
    offered.remove(best)
    return best
