"""Deciding on what a new version of a document changes in a lesson: each part is accepted or declined by itself."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions import LessonFields, edit_lesson, withdraw_course
from momentum.catalog.actions.locks import lock_lesson
from momentum.catalog.models import Lesson
from momentum.core.errors import ConflictError, InvalidError, NotFoundError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.studio.domain.lesson_edits import EditedError, LessonState
from momentum.studio.models import JobLesson, LessonChange, Revision
from momentum.studio.queries.lesson_state import fields_of, state_of


@dataclass(frozen=True)
class Decided:
    """What became of a decision: `edited` are changes of places that were edited by hand since, which stay open."""

    done: list[LessonChange] = field(default_factory=list)
    edited: list[LessonChange] = field(default_factory=list)


@transaction.atomic
def accept_changes(
    *, actor: User, revision: Revision, lesson: JobLesson, changes: Collection[uuid.UUID]
) -> Decided:
    """Put changes into a lesson, as an editor would. What was accepted before stays so; again does nothing.

    A published course is taken back to draft first: who is in it goes on with what was published, until it is
    published again.

    Args:
        actor: who decides, an administrator.
        revision: what proposes them.
        lesson: the lesson.
        changes: the ids of the changes.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        NotFoundError: when the lesson was deleted.
        InvalidError: for none, or those of another lesson.
        ConflictError: when none can be put in, because all were edited by hand or another version superseded them.
    """
    require_admin(actor)
    found = _lesson_of(lesson)
    # The course first, as everywhere: two that accept at once follow each other.
    current = lock_lesson(found)
    written, chosen = _locked(revision, lesson, changes)
    state = state_of(written, current)
    decided = Decided()
    for change in chosen:
        if change.decision == LessonChange.Decision.ACCEPTED:
            continue
        try:
            state = state.with_change(change.kind, change.old, change.new)
        except EditedError:
            decided.edited.append(change)
        else:
            decided.done.append(change)
    if not decided.done:
        if decided.edited:
            raise ConflictError(_edited(), code="edited_by_hand")
        return decided
    _save(actor, written, current, state)
    for change in decided.done:
        change.decide(accepted=True, by_id=actor.id)
    record(
        "changes.accepted",
        actor_id=actor.id,
        subject_id=current.id,
        revision=str(revision.id),
        changes=len(decided.done),
    )
    return decided


@transaction.atomic
def decline_changes(
    *, actor: User, revision: Revision, lesson: JobLesson, changes: Collection[uuid.UUID]
) -> list[LessonChange]:
    """Leave the lesson as it is there; who puts in another version isn't asked the same again. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for none, or those of another lesson.
        ConflictError: when one was accepted meanwhile, or another version superseded it.
    """
    require_admin(actor)
    _written, chosen = _locked(revision, lesson, changes)
    if any(change.decision == LessonChange.Decision.ACCEPTED for change in chosen):
        raise ConflictError(
            _("Someone else has accepted this in the meantime. Reload the page."), code="change_accepted"
        )
    declined = [change for change in chosen if change.decision == LessonChange.Decision.OPEN]
    for change in declined:
        change.decide(accepted=False, by_id=actor.id)
    if declined:
        record(
            "changes.declined",
            actor_id=actor.id,
            subject_id=lesson.lesson_id or lesson.id,
            revision=str(revision.id),
            changes=len(declined),
        )
    return declined


def _lesson_of(written: JobLesson) -> Lesson:
    found = Lesson.objects.select_related("course").filter(written_by_job=written.pk).first()
    if found is None:
        raise NotFoundError(_("This lesson has been deleted."))
    return found


def _locked(
    revision: Revision, lesson: JobLesson, changes: Collection[uuid.UUID]
) -> tuple[JobLesson, list[LessonChange]]:
    written = JobLesson.objects.select_for_update(of=("self",)).select_related("job").get(pk=lesson.pk)
    chosen = list(
        LessonChange.objects.select_for_update(of=("self",))
        .filter(pk__in=changes, revision=revision, job_lesson=lesson)
        .order_by("position")
    )
    if not chosen or len(chosen) != len(set(changes)):
        raise InvalidError(_("Select at least one change of this lesson."), code="no_changes")
    if any(change.decision == LessonChange.Decision.SUPERSEDED for change in chosen):
        raise ConflictError(
            _("Another version of this document has come since. Decide on what that changes."),
            code="superseded",
        )
    return written, chosen


def _save(actor: User, written: JobLesson, current: Lesson, state: LessonState) -> None:
    fields: LessonFields = fields_of(state)
    if current.course.is_published:
        withdraw_course(actor=actor, course=current.course)
    edit_lesson(actor=actor, lesson=current, version=current.version, **fields)
    written.take(state.draft)


def _edited() -> str:
    return _(
        "This was edited by hand since the document was compared, so nothing was replaced. Edit the lesson, and decline"
        " the change."
    )
