"""Replacing a lesson's questions so that those that stay keep what learners answered."""

from collections.abc import Sequence

from momentum.catalog.actions.removal import take_away, those_there_last
from momentum.catalog.models import Lesson, Question
from momentum.catalog.schemas import KeptQuestion, QuestionEntry


def set_questions(lesson: Lesson, entries: Sequence[QuestionEntry]) -> None:
    """Replace the list; the caller holds the lock on the lesson.

    A question keeps its row when its entry comes with its id, or asks the same thing in the same way; so does one
    that was removed, and is put back.
    """
    before = list(Question.everything.filter(lesson=lesson))
    by_id = {question.id: question for question in before}
    # Those that come with an id first, so that a prompt can't take another question's row from it.
    chosen: dict[int, Question] = {}
    for place, entry in enumerate(entries):
        question_id = entry.id if isinstance(entry, KeptQuestion) else None
        if question_id in by_id:
            chosen[place] = by_id.pop(question_id)
    by_prompt = {(question.kind, question.prompt): question for question in those_there_last(by_id.values())}
    for place, entry in enumerate(entries):
        same = chosen.get(place) or by_prompt.pop((str(entry.kind), entry.prompt), None)
        question = same or Question(lesson=lesson)
        wanted = {"position": place, "removed": False, **entry.model_dump(exclude={"id"})}
        # One that stays as it was isn't touched: answers that are older than a change may be asked for again.
        if same is None or any(getattr(same, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(question, name, value)
            question.save()
        chosen[place] = question
    take_away([question for question in before if question not in chosen.values()], lesson)
