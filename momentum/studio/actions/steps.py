"""The boxes of the workflow, each a function that may be run again and then finds what it did.

A result is stored, and its cost booked, in one transaction before a step says that it is done. So a worker
that is killed repeats at most the call that was in the air, and never one whose answer arrived.
"""

import logging
from collections import Counter
from collections.abc import Callable
from typing import Literal

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.core.errors import DomainError
from momentum.providers.documents import Document, DocumentError
from momentum.providers.documents.notes import sentence
from momentum.providers.documents.places import counted
from momentum.providers.writer import WriterError
from momentum.studio.actions import approvals, model_calls, save_course, writers, writing
from momentum.studio.actions.days import settle_days
from momentum.studio.actions.reading import read_file
from momentum.studio.models import Job, JobLesson, LogLine, Proposal, Reference, ReferenceText, Step
from momentum.studio.models.job import IN_FLIGHT

logger = logging.getLogger(__name__)

# What a step says: it is done; the job stops here; or: wait so many seconds and try again.
type Verdict = Literal["done", "stop"] | float

TRIES = 5
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
_BROKEN = (
    "Something unexpected went wrong here. It is in the server's log; try again, and report it if it stays."
)


def run_step(job_id: str, attempt: int, name: str, turn: int) -> Verdict:
    """Do one box of the workflow for this attempt of a job; `turn` counts from 0 how often it was tried."""
    with model_calls.only_one(f"{job_id}/{name}"):
        job = Job.objects.select_related("category", "actor", "course").get(id=job_id)
        step = Step.objects.get(job=job, name=name)
        # Its last box is done for a job that is ready already: a worker may have died in the middle of it.
        told = name == Step.Name.NOTIFY and job.status == Job.Status.READY and job.attempt == attempt
        if not _goes_on(job, attempt) and not told:
            return "stop"
        if step.is_over:
            return "done"
        if approvals.pauses_before(job, name):
            return "stop"
        if job.status == Job.Status.QUEUED:
            job.begin()
            job.note(_("A worker started the job."))
        step.begin()
        return _guarded(
            lambda: _WORK[name](job, step), lambda *why: _fail_step(job, step, *why), step.reset, job, turn
        )


def run_lesson(job_id: str, attempt: int, day: int, turn: int) -> Verdict:
    """Write one lesson. A lesson that fails lets the others go on."""
    with model_calls.only_one(f"{job_id}/lessons/{day}"):
        job = Job.objects.select_related("category").get(id=job_id)
        lesson = JobLesson.objects.get(job=job, day=day)
        if lesson.status == JobLesson.Status.DONE:
            return "done"
        if not _goes_on(job, attempt) or lesson.status == JobLesson.Status.FAILED:
            return "stop"
        lesson.begin()

        def fail(code: str, error: str) -> None:
            lesson.fail(error)
            text = _("Day %(day)d couldn’t be written: %(error)s") % {"day": day, "error": error}
            job.note(text, LogLine.Level.ERROR, day=day)

        return _guarded(lambda: writing.write_lesson(job, lesson), fail, lesson.reset, job, turn)


def run_proposal(proposal_id: str, turn: int) -> Verdict:
    """Write a lesson again, beside the one that is there."""
    with model_calls.only_one(f"proposal/{proposal_id}"):
        proposal = Proposal.objects.select_related("job_lesson__job__category").get(id=proposal_id)
        job = proposal.job_lesson.job
        if proposal.status not in {Proposal.Status.PENDING, Proposal.Status.WRITING}:
            return "stop"
        proposal.begin()
        return _guarded(
            lambda: writing.write_again(job, proposal),
            lambda code, error: proposal.fail(error),
            proposal.reset,
            job,
            turn,
        )


def begin_lessons(job_id: str, attempt: int) -> list[int]:
    """Say that lessons are being written; return the days that are still to be."""
    job = Job.objects.get(id=job_id)
    if not _goes_on(job, attempt):
        return []
    step = Step.objects.get(job=job, name=Step.Name.LESSONS)
    if step.status == Step.Status.WAITING:
        step.begin()
    days = job.lessons.exclude(status=JobLesson.Status.DONE).order_by("day")
    return list(days.values_list("day", flat=True))


def end_lessons(job_id: str, attempt: int) -> Verdict:
    """Say how writing the lessons ended: with all of them, or which ones failed."""
    job = Job.objects.get(id=job_id)
    step = Step.objects.get(job=job, name=Step.Name.LESSONS)
    if not _goes_on(job, attempt):
        if job.attempt == attempt and step.status == Step.Status.RUNNING:
            step.reset()
        return "stop"
    lessons = list(job.lessons.light())
    missing = [lesson.day for lesson in lessons if lesson.status != JobLesson.Status.DONE]
    if missing:
        days = ", ".join(map(str, missing))
        _fail_step(
            job,
            step,
            "lessons_failed",
            ngettext("Not written: day %(days)s.", "Not written: days %(days)s.", len(missing))
            % {"days": days},
        )
        return "stop"
    if not step.is_over:
        words = sum(lesson.words for lesson in lessons)
        said = ngettext(
            "%(count)d lesson, %(words)d words", "%(count)d lessons, %(words)d words", len(lessons)
        )
        step.finish(said % {"count": len(lessons), "words": words})
    return "done"


def _goes_on(job: Job, attempt: int) -> bool:
    return job.attempt == attempt and job.status in IN_FLIGHT


def _guarded(
    work: Callable[[], None],
    fail: Callable[[str, str], None],
    leave: Callable[[], None],
    job: Job,
    turn: int,
) -> Verdict:
    """Run `work`; turn what goes wrong into a wait, or into a failure said in a plain sentence.

    Where the job was cancelled meanwhile, it is left as if it hadn't begun.
    """
    try:
        work()
    except writing.StoppedError:
        leave()
        return "stop"
    except WriterError as error:
        if error.permanent or turn + 1 >= TRIES:
            fail(error.code, error.message)
            return "stop"
        wait: float = min(max(error.retry_after or 0.0, FIRST_WAIT * 2**turn), LONGEST_WAIT)
        text = _("%(error)s Retrying in %(seconds)d s.") % {"error": error.message, "seconds": wait}
        job.note(text)
        return wait
    except (DomainError, DocumentError) as error:
        fail(error.code, str(error.message))
        return "stop"
    except OperationalError:
        raise  # the database was lost: the worker's business, and the step is run again
    except Exception:
        logger.exception("Job %s failed", job.number)
        fail("internal", _(_BROKEN))
        return "stop"
    return "done"


@transaction.atomic
def _fail_step(job: Job, step: Step, code: str, error: str) -> None:
    step.fail(error)
    # Not over a cancellation that came in meanwhile.
    current = Job.objects.select_for_update().get(id=job.id)
    if current.status in IN_FLIGHT and current.attempt == job.attempt:
        current.fail(code=code, error=error)
        save_course.record_failure(current)
    job.note(f"{step}: {error}", LogLine.Level.ERROR)


def _validate(job: Job, step: Step) -> None:
    writer = writers.writer_named(job.writer)
    references = job.references.count()
    if writer.needs_references and not references:
        raise DomainError(
            _("This writer needs a document. Add one, or choose a model."),
            code="references_needed",
        )
    said = ngettext("%(days)d day. %(writer)s", "%(days)d days. %(writer)s", job.days)
    step.finish(said % {"days": job.days, "writer": job.shown_writer})


def _read_references(job: Job, step: Step) -> None:
    references = list(job.references.all())
    for reference in references:
        if not job.is_current():
            raise writing.StoppedError("cancelled", _("The job was cancelled."))
        if not ReferenceText.objects.filter(reference=reference).exists():
            _read_or_say_why_not(job, reference)
    if not job.language:
        job.language = _language(writing.references_of(job))
        job.save(update_fields=["language", "updated_at"])
    settle_days(job)
    if not references:
        step.finish(_("None given"), skipped=True)
        return
    words = sum(reference.words or 0 for reference in references)
    units = Counter({reference.unit: 0 for reference in references})
    for reference in references:
        units[reference.unit] += reference.pages or 0
    sizes = ", ".join(counted(unit, pages) for unit, pages in units.items())
    said = ngettext("%(sizes)s, %(words)d word", "%(sizes)s, %(words)d words", words)
    step.finish(said % {"sizes": sizes, "words": words})


def _language(references: list[Document]) -> str:
    """Return the language that most words of the references are in; English where nothing can be said."""
    words: Counter[str] = Counter()
    for document in references:
        if document.language:
            words[document.language] += document.words
    return words.most_common(1)[0][0][:12] if words else "en"


def _read_or_say_why_not(job: Job, reference: Reference) -> None:
    try:
        _read(job, reference)
    except DocumentError as error:
        reference.fail(error.message)
        # Whoever looks first sees which can't be read, and goes on without them.
        if not job.look_first:
            raise


def _read(job: Job, reference: Reference) -> None:
    reading = read_file(reference)
    with transaction.atomic():
        reference.keep(reading)
        text = _("Read %(title)s: %(size)s.")
        job.note(text % {"title": reference.title, "size": reference.size})
        for remark in reading.document.notes:
            job.note(f"{reference.title}: {sentence(remark)}", LogLine.Level.WARNING)


def _cover(job: Job, step: Step) -> None:
    # Covers are drawn from title and category whenever they are shown; there is nothing to keep.
    step.finish(_("From title and category"))


def _save(job: Job, step: Step) -> None:
    course = save_course.save_course(job=job)
    step.finish(course.title)
    job.note(_("Saved as a draft: “%(title)s”.") % {"title": course.title})


def _notify(job: Job, step: Step) -> None:
    save_course.announce(job=job)
    step.finish(_("By email and here"))


_WORK: dict[str, Callable[[Job, Step], None]] = {
    Step.Name.VALIDATE: _validate,
    Step.Name.REFERENCES: _read_references,
    Step.Name.OUTLINE: writing.plan,
    Step.Name.BRIEFS: writing.brief_lessons,
    Step.Name.COVER: _cover,
    Step.Name.SAVE: _save,
    Step.Name.NOTIFY: _notify,
}
