"""Review: a person reads what was written, has lessons written again, and lets them out."""

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions import edit_lesson, publish_course, publish_lesson
from momentum.catalog.actions.attachments import addresses_of, keep_pictures
from momentum.catalog.domain.rich_text import with_images
from momentum.catalog.models import Course, Lesson
from momentum.core import durable
from momentum.core.errors import ConflictError, InvalidError, LimitError, NotFoundError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.providers.writer import EXTRACTIVE
from momentum.studio.actions.figures import figures_in
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
        InvalidError: when something is missing; `data["problems"]` lists what, unapproved lessons first.
    """
    require_admin(actor)
    if with_lessons:
        for lesson in course.lessons.filter(status=Lesson.Status.DRAFT).order_by("day"):
            publish_lesson(actor=actor, lesson=lesson)
    return publish_course(actor=actor, course=course)


@transaction.atomic
def regenerate_lesson(*, actor: User, lesson: Lesson, note: str) -> Proposal:
    """Have a lesson written again, with a wish such as "shorter, more examples"; nothing changes yet.

    The same wish while it is being written returns the proposal that is under way.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        NotFoundError: when the studio didn't write this lesson.
        InvalidError: without a note, or with one of more than 1,000 characters.
        ConflictError: while another proposal for it waits for a decision.
        LimitError: when the month's budget is used up.
    """
    require_admin(actor)
    wish = note.replace("\0", "").strip()
    if not wish or len(wish) > 1000:
        raise InvalidError(
            data={"fields": {"note": [_("Describe what should change, in up to 1,000 characters.")]}}
        )
    written = _lock_written(lesson)
    if open_one := written.proposals.filter(status__in=("pending", "writing", "ready")).first():
        if open_one.note == wish and open_one.status != Proposal.Status.READY:
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
    current = Lesson.objects.get(pk=lesson.pk)
    proposal = Proposal.objects.create(
        job_lesson=written, actor=actor, note=wish, base_version=current.version
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
def accept_proposal(*, actor: User, proposal: Proposal) -> Lesson:
    """Put the new text in the place of the old one. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when it isn't ready, was rejected, or the lesson was edited since it was asked for.
    """
    require_admin(actor)
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
    lesson = edit_lesson(actor=actor, lesson=written.lesson, version=locked.base_version, **fields)
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
