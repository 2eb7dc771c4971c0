"""The end of a job: its course in the catalogue, and its administrator told, once."""

from collections.abc import Container, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions import save_course_file
from momentum.catalog.models import Course, Level, Provenance
from momentum.catalog.schemas import CourseFile
from momentum.core.errors import ConflictError, ForbiddenError
from momentum.events.actions.record import record
from momentum.notifications.actions.notify import notify
from momentum.providers.writer import LessonDraft, Outline
from momentum.studio import notifications
from momentum.studio.actions.figures import figures_in
from momentum.studio.domain.markup import clip, lesson_file, paragraphs_html
from momentum.studio.models import Job, LogLine


def save_course(*, job: Job) -> Course:
    """Put the drafts into the catalogue as a course that nobody sees yet. Again returns the same course.

    Raises:
        ForbiddenError: when who started the job is no administrator any more.
        ConflictError: when a lesson isn't written.
    """
    drafts = [draft for lesson in job.lessons.order_by("day") if (draft := lesson.written_draft())]
    # Before the transaction: while pictures are converted, nothing is locked.
    return _save(job, figures_in(job, drafts))


@transaction.atomic
def _save(job: Job, pictures: Mapping[str, tuple[str, bytes]]) -> Course:
    # Locked, so that two workers can't both find that there is no course yet.
    locked = Job.objects.select_for_update(of=("self",)).select_related("category").get(id=job.id)
    if locked.course is not None:
        return locked.course
    actor = _actor(locked)
    drafts = [lesson.written_draft() for lesson in locked.lessons.order_by("day")]
    written = [draft for draft in drafts if draft is not None]
    if len(written) != locked.days:
        raise ConflictError(_("Some lessons haven’t been written."), code="lessons_missing")
    entry = _course_file(locked, Outline.model_validate(locked.outline), written, pictures)
    course = save_course_file(
        actor=actor, entry=entry, pictures=pictures, provenance=Provenance.AI, slug_taken="rename"
    )
    course.lessons.update(unread=True)
    by_day = {lesson.day: lesson for lesson in course.lessons.all()}
    for lesson in locked.lessons.order_by("day"):
        lesson.lesson = by_day[lesson.day]
        lesson.save(update_fields=["lesson", "updated_at"])
    locked.course = job.course = course
    locked.save(update_fields=["course", "updated_at"])
    return course


@transaction.atomic
def announce(*, job: Job) -> None:
    """Say, once, that the course waits for review: in the panel, and by mail to who started it."""
    locked = Job.objects.select_for_update(of=("self",)).select_related("actor", "course").get(id=job.id)
    if locked.status == Job.Status.RUNNING and locked.attempt == job.attempt:
        locked.finish()
        LogLine.objects.create(job=locked, text=_("The course is ready for review."))
        record(
            "generation.finished",
            actor_id=locked.actor_id,
            subject_id=locked.id,
            course=str(locked.course_id),
            days=locked.days,
        )
        notify(notifications.READY, user=locked.actor, about={"job": locked}, cause=locked.id)


def record_failure(job: Job) -> None:
    """Record that a job failed, and tell who started it; in the transaction in which it did."""
    record("generation.failed", actor_id=job.actor_id, subject_id=job.id, code=job.error_code)
    notify(notifications.FAILED, user=job.actor, about={"job": job}, cause=f"{job.id}/{job.attempt}")


def _actor(job: Job) -> User:
    if job.actor is None or not job.actor.is_admin:
        raise ForbiddenError(
            _(
                "The person who started this is no longer an administrator. Start it again as an administrator."
            )
        )
    return job.actor


def _course_file(
    job: Job, outline: Outline, drafts: list[LessonDraft], pictures: Container[str]
) -> CourseFile:
    return CourseFile(
        title=clip(job.title or outline.title, 160),
        summary=clip(outline.summary, 300),
        category=job.category.slug,
        duration_days=job.days,
        level=Level(job.level),
        language=outline.language or job.language or "en",
        outcomes=list(outline.outcomes),
        description=paragraphs_html(outline.description),
        lessons=[
            lesson_file(draft, preview=job.free_preview and day == 1, pictures=pictures)
            for day, draft in enumerate(drafts, 1)
        ],
    )
