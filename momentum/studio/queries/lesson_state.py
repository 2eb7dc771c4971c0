"""A lesson as it stands now, for changes to be put in, and back again."""

from momentum.catalog.actions import LessonFields
from momentum.catalog.models import Lesson
from momentum.catalog.queries.entries import question_fields, source_entries
from momentum.catalog.schemas import KeptActionItem, KeptQuestion
from momentum.core.errors import NotFoundError
from momentum.studio.domain.lesson_edits import LessonState
from momentum.studio.models import JobLesson


def state_of(written: JobLesson, lesson: Lesson) -> LessonState:
    """Return what stands in the catalogue, with the draft that it was made of.

    Raises:
        NotFoundError: where it has no draft.
    """
    draft = written.written_draft()
    if draft is None:
        raise NotFoundError
    return LessonState(
        draft=draft,
        html=lesson.content,
        key_points=list(lesson.key_points),
        action_items=[
            KeptActionItem(id=item.id, text=item.text, note=item.note) for item in lesson.action_items.all()
        ],
        questions=[KeptQuestion(id=one.id, **question_fields(one)) for one in lesson.questions.all()],
        sources=source_entries(lesson),
        language=written.job.language.partition("-")[0],
    )


def fields_of(state: LessonState) -> LessonFields:
    """Return its parts as `catalog.actions.edit_lesson` takes it."""
    return LessonFields(
        content=state.html,
        key_points=state.key_points,
        action_items=state.action_items,
        questions=state.questions,
        sources=state.sources,
    )
