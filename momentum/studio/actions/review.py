"""Review: a person reads what was written, has lessons written again, and lets them out."""

from collections.abc import Collection
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions import LessonFields, edit_lesson, publish_course, publish_lesson
from momentum.catalog.actions.attachments import addresses_of, keep_pictures
from momentum.catalog.domain.rich_text import with_images
from momentum.catalog.models import Course, Lesson
from momentum.core import durable
from momentum.core.errors import ConflictError, InvalidError, LimitError, NotFoundError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.providers.writer import EXTRACTIVE
from momentum.studio.actions.figures import figures_in
from momentum.studio.domain import lesson_parts
from momentum.studio.domain.citations import read_against
from momentum.studio.domain.markup import lesson_fields
from momentum.studio.models import JobLesson, Proposal
from momentum.studio.queries.budget import month
from momentum.studio.queues import LESSONS


@transaction.atomic
def approve_lesson(*, actor: User, lesson: Lesson) -> Lesson:
    """Say that a person has read it and answers for it. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: when something is missing; `data["problems"]` lists what.
    """
    require_admin(actor)
    return publish_lesson(actor=actor, lesson=lesson)


@transaction.atomic
def approve_course(*, actor: User, course: Course, with_lessons: bool = False) -> Course:
    """Publish the course, with `actor` as its reviewer; `with_lessons` approves those still waiting, too.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: when something is missing, or a lesson that the studio wrote was never on anybody's screen in the
            review; `data["problems"]` lists what.
    """
    require_admin(actor)
    if with_lessons:
        for lesson in course.lessons.filter(status=Lesson.Status.DRAFT).order_by("day"):
            publish_lesson(actor=actor, lesson=lesson)
    return publish_course(actor=actor, course=course)


@transaction.atomic
def regenerate_lesson(*, actor: User, lesson: Lesson, note: str, part: str = "") -> Proposal:
    """Have a lesson written again, with a wish such as "shorter, more examples"; nothing changes yet.

    `part` is the one section or question that alone is to change, such as `section-2`; empty for all.

    The same wish while it is being written returns the proposal that is under way.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        NotFoundError: when the studio didn't write this lesson.
        InvalidError: without a note, or with one of more than 1,000 characters.
        ConflictError: while another proposal for it waits for a decision, or when that part was edited by hand.
        LimitError: when the month's budget is used up.
    """
    require_admin(actor)
    wish = note.replace("\0", "").strip()
    if not wish or len(wish) > 1000:
        raise InvalidError(
            data={"fields": {"note": [_("Describe what should change, in up to 1,000 characters.")]}}
        )
    written = _lock_written(lesson)
    current = Lesson.objects.get(pk=lesson.pk)
    if part:
        _require_unedited(written, current, part)
    if open_one := written.proposals.filter(status__in=("pending", "writing", "ready")).first():
        if (open_one.note, open_one.part) == (wish, part) and open_one.status != Proposal.Status.READY:
            return open_one
        raise ConflictError(
            _("A new version of this lesson is waiting. Accept or reject it first."),
            code="proposal_open",
            data={"proposal": str(open_one.id)},
        )
    job = written.job
    budget = month()
    if job.writer != EXTRACTIVE and budget.is_used_up:
        raise LimitError(_("This month’s budget for generating courses is used up."), code="budget_used_up")
    proposal = Proposal.objects.create(
        job_lesson=written, actor=actor, note=wish, part=part, base_version=current.version
    )
    record("lesson.regenerated", actor_id=actor.id, subject_id=lesson.id, proposal=str(proposal.id))
    durable.enqueue(
        "studio.regenerate",
        str(proposal.id),
        queue=LESSONS,
        workflow_id=f"studio.regenerate/{proposal.id}",
    )
    return proposal


@transaction.atomic
def accept_proposal(
    *, actor: User, proposal: Proposal, parts: Collection[str] = lesson_parts.PARTS
) -> Lesson:
    """Put the new version in the place of the old one, or only some of its parts. Again does nothing.

    Args:
        actor: who decides, an administrator.
        proposal: the new version.
        parts: which of `domain.lesson_parts.PARTS` are taken over.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it isn't ready, was rejected, or the lesson was edited since it was asked for.
        InvalidError: for no part, or one that there isn't.
    """
    require_admin(actor)
    if not parts or not set(parts) <= set(lesson_parts.PARTS):
        raise InvalidError(_("Select what to accept, or keep the current version."), code="no_parts")
    locked = _lock_proposal(proposal)
    written = locked.job_lesson
    if written.lesson is None:
        raise NotFoundError(_("This lesson has been deleted."))
    if locked.status == Proposal.Status.ACCEPTED:
        return written.lesson
    draft = locked.written_draft()
    if locked.status != Proposal.Status.READY or draft is None:
        raise ConflictError(_("There is nothing to accept."), code="proposal_not_ready")
    pictures = figures_in(written.job, [draft])
    fields = lesson_fields(draft, pictures)
    fields["content"] = with_images(fields["content"], addresses_of(pictures))
    if previous := written.written_draft():
        draft = lesson_parts.chosen(previous, draft, parts)
    taken = cast("LessonFields", {name: value for name, value in fields.items() if _part_of(name) in parts})
    lesson = edit_lesson(actor=actor, lesson=written.lesson, version=locked.base_version, **taken)
    keep_pictures(pictures)
    written.take(draft)
    locked.decide(accepted=True, by_id=actor.id)
    return lesson


@transaction.atomic
def reject_proposal(*, actor: User, proposal: Proposal) -> Proposal:
    """Leave the lesson as it is. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it was accepted, or failed.
    """
    require_admin(actor)
    locked = _lock_proposal(proposal)
    if locked.status == Proposal.Status.REJECTED:
        return locked
    if not locked.is_open:
        raise ConflictError(_("There is nothing to reject."), code="proposal_not_open")
    locked.decide(accepted=False, by_id=actor.id)
    record(
        "proposal.rejected", actor_id=actor.id, subject_id=locked.id, lesson=str(locked.job_lesson.lesson_id)
    )
    return locked


def _part_of(field: str) -> str:
    """Which part of a lesson a field of the catalogue belongs to."""
    return field if field in lesson_parts.PARTS else "text"


def _require_unedited(written: JobLesson, lesson: Lesson, part: str) -> None:
    """Refuse to replace one part where what is around it would be lost: it is only known as it was written."""
    draft = written.written_draft()
    if draft is None:
        raise NotFoundError
    place = lesson_parts.place_of(part, "section")
    if place is not None and place < len(draft.sections):
        now, then = read_against(draft, lesson.content), read_against(draft, None)
        edited = [block.text for block in now.blocks] != [block.text for block in then.blocks]
    else:
        place = lesson_parts.place_of(part, "question")
        if place is None or place >= len(draft.questions):
            raise InvalidError(_("There is no such part of the lesson."), code="unknown_part")
        prompts = list(lesson.questions.values_list("prompt", flat=True))
        edited = prompts != [question.prompt for question in draft.questions]
    if edited:
        raise ConflictError(
            _(
                "This was edited by hand, which replacing one part would undo. Regenerate the whole lesson and accept"
                " what you need."
            ),
            code="part_edited",
        )


def _lock_written(lesson: Lesson) -> JobLesson:
    """Return the studio's side of a lesson, locked, so that two can't both open a proposal."""
    written = (
        JobLesson.objects.select_for_update(of=("self",))
        .select_related("job")
        .filter(lesson_id=lesson.pk)
        .first()
    )
    if written is None:
        raise NotFoundError(_("This lesson wasn’t generated in the studio, so it can’t be regenerated."))
    return written


def _lock_proposal(proposal: Proposal) -> Proposal:
    locked = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("job_lesson__lesson__course", "job_lesson__job")
        .filter(pk=proposal.pk)
        .first()
    )
    if locked is None:
        raise NotFoundError(_("Proposal not found."))
    return locked
