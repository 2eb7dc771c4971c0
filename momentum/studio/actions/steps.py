"""The boxes of the workflow, each a function that may be run again and then finds what it did.

A result is stored, and its cost booked, in one transaction before a step says that it is done. So a worker
that is killed repeats at most the call that was in the air, and never one whose answer arrived.
"""

import logging
from collections import Counter
from collections.abc import Callable
from typing import Literal

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.core.errors import DomainError
from momentum.providers.documents import Document, DocumentError
from momentum.providers.documents.notes import sentence
from momentum.providers.documents.pdf import read_pdf
from momentum.providers.writer import LessonBrief, LessonDraft, Outline, WriterError, Written
from momentum.studio.actions import model_calls, save_course
from momentum.studio.actions.writers import writer_named
from momentum.studio.models import Job, JobLesson, LogLine, Proposal, Reference, ReferenceText, Step
from momentum.studio.models.job import IN_FLIGHT
from momentum.studio.models.job_lesson import word_count
from momentum.studio.queries import budget

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
        if job.status == Job.Status.QUEUED:
            job.begin()
            note(job, _("A worker started the job."))
        step.begin()
        return _guarded(lambda: _WORK[name](job, step), lambda *why: _fail_step(job, step, *why), job, turn)


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
            note(job, text, LogLine.Level.ERROR, day=day)

        return _guarded(lambda: _write_lesson(job, lesson), fail, job, turn)


def run_proposal(proposal_id: str, turn: int) -> Verdict:
    """Write a lesson again, beside the one that is there."""
    with model_calls.only_one(f"proposal/{proposal_id}"):
        proposal = Proposal.objects.select_related("job_lesson__job__category").get(id=proposal_id)
        job = proposal.job_lesson.job
        if proposal.status not in {Proposal.Status.PENDING, Proposal.Status.WRITING}:
            return "stop"
        proposal.begin()
        return _guarded(
            lambda: _write_again(job, proposal), lambda code, error: proposal.fail(error), job, turn
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
    if not _goes_on(job, attempt):
        return "stop"
    step = Step.objects.get(job=job, name=Step.Name.LESSONS)
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


def note(job: Job, text: str, level: str = LogLine.Level.INFO, *, day: int | None = None) -> None:
    """Add a line to the job's log, about the lesson of `day` where it is about one."""
    LogLine.objects.create(job=job, text=text, level=level, day=day)


def references_of(job: Job) -> list[Document]:
    """Return the job's references as they were read."""
    texts = ReferenceText.objects.filter(reference__job=job).order_by("reference__position")
    return [Document.model_validate(text.document) for text in texts]


def _goes_on(job: Job, attempt: int) -> bool:
    return job.attempt == attempt and job.status in IN_FLIGHT


def _guarded(work: Callable[[], None], fail: Callable[[str, str], None], job: Job, turn: int) -> Verdict:
    """Run `work`; turn what goes wrong into a wait, or into a failure said in a plain sentence."""
    try:
        work()
    except WriterError as error:
        if error.permanent or turn + 1 >= TRIES:
            fail(error.code, error.message)
            return "stop"
        wait: float = min(max(error.retry_after or 0.0, FIRST_WAIT * 2**turn), LONGEST_WAIT)
        text = _("%(error)s Retrying in %(seconds)d s.") % {"error": error.message, "seconds": wait}
        note(job, text)
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
    note(job, f"{step}: {error}", LogLine.Level.ERROR)


def _validate(job: Job, step: Step) -> None:
    writer = writer_named(job.writer)
    references = job.references.count()
    if writer.needs_references and not references:
        raise DomainError(
            _("This writer needs a document. Add a PDF, or choose a model."),
            code="references_needed",
        )
    said = ngettext("%(days)d day. %(writer)s", "%(days)d days. %(writer)s", job.days)
    step.finish(said % {"days": job.days, "writer": job.shown_writer})


def _read_references(job: Job, step: Step) -> None:
    references = list(job.references.all())
    for reference in references:
        if not ReferenceText.objects.filter(reference=reference).exists():
            _read(job, reference)
    if not job.language:
        job.language = _language(references_of(job))
        job.save(update_fields=["language", "updated_at"])
    if not references:
        step.finish(_("None given"), skipped=True)
        return
    pages = sum(reference.pages or 0 for reference in references)
    words = sum(reference.words or 0 for reference in references)
    said = ngettext("%(pages)d page, %(words)d words", "%(pages)d pages, %(words)d words", pages)
    step.finish(said % {"pages": pages, "words": words})


def _language(references: list[Document]) -> str:
    """Return the language that most words of the references are in; English where nothing can be said."""
    words: Counter[str] = Counter()
    for document in references:
        if document.language:
            words[document.language] += document.words
    return words.most_common(1)[0][0][:12] if words else "en"


def _read(job: Job, reference: Reference) -> None:
    with reference.file.open("rb") as stream:
        document = read_pdf(
            stream.read(),
            name=reference.title,
            memory=settings.DOCUMENT_MEMORY_MB * 1024**2,
            seconds=settings.DOCUMENT_SECONDS,
        )
    with transaction.atomic():
        reference.keep(document)
        text = ngettext(
            "Read %(title)s: %(pages)d page.", "Read %(title)s: %(pages)d pages.", len(document.pages)
        )
        note(job, text % {"title": reference.title, "pages": len(document.pages)})
        for remark in document.notes:
            note(job, f"{reference.title}: {sentence(remark)}", LogLine.Level.WARNING)


def _outline(job: Job, step: Step) -> None:
    writer, request, references = writer_named(job.writer), job.request(), references_of(job)
    place = model_calls.Place(job, step.name)
    reserved = writer.reserve("outline", request, references)

    def store(written: Written[Outline]) -> None:
        outline = written.value
        job.outline = outline.model_dump(mode="json")
        job.save(update_fields=["outline", "updated_at"])
        step.finish(outline.title)
        note(job, _("Planned “%(title)s”.") % {"title": outline.title})

    _call(place, step.attempts, job.writer, reserved, lambda: writer.outline(request, references), store)


def _briefs(job: Job, step: Step) -> None:
    writer, request, references = writer_named(job.writer), job.request(), references_of(job)
    outline = Outline.model_validate(job.outline)
    reserved = writer.reserve("briefs", request, references, outline=outline)

    def store(written: Written[list[LessonBrief]]) -> None:
        JobLesson.objects.bulk_create(
            JobLesson(job=job, day=brief.day, title=brief.title[:160], brief=brief.model_dump(mode="json"))
            for brief in written.value
        )
        count = len(written.value)
        step.finish(ngettext("%(count)d lesson", "%(count)d lessons", count) % {"count": count})

    _call(
        model_calls.Place(job, step.name),
        step.attempts,
        job.writer,
        reserved,
        lambda: writer.briefs(request, outline, references),
        store,
    )


def _cover(job: Job, step: Step) -> None:
    # Covers are drawn from title and category whenever they are shown; there is nothing to keep.
    step.finish(_("From title and category"))


def _save(job: Job, step: Step) -> None:
    course = save_course.save_course(job=job)
    step.finish(course.title)
    note(job, _("Saved as a draft: “%(title)s”.") % {"title": course.title})


def _notify(job: Job, step: Step) -> None:
    save_course.announce(job=job)
    step.finish(_("By email and here"))


def _write_lesson(job: Job, lesson: JobLesson) -> None:
    writer, request, references = writer_named(job.writer), job.request(), references_of(job)
    brief = lesson.written_brief()
    reserved = writer.reserve("lesson", request, references, brief=brief)

    def store(written: Written[LessonDraft]) -> None:
        lesson.finish(written.value)
        text = _("Day %(day)d written: “%(title)s”, %(words)d words.")
        values = {"day": lesson.day, "title": lesson.title, "words": lesson.words}
        note(job, text % values, day=lesson.day)

    _call(
        model_calls.Place(job, Step.Name.LESSONS, day=lesson.day),
        lesson.attempts,
        job.writer,
        reserved,
        lambda: writer.lesson(request, brief, references),
        store,
    )


def _write_again(job: Job, proposal: Proposal) -> None:
    writer, request, references = writer_named(job.writer), job.request(), references_of(job)
    lesson = proposal.job_lesson
    brief, previous = lesson.written_brief(), lesson.written_draft()
    reserved = writer.reserve("lesson", request, references, brief=brief)

    def store(written: Written[LessonDraft]) -> None:
        proposal.finish(written.value)
        text = _("New version of day %(day)d written, %(words)d words.")
        note(job, text % {"day": lesson.day, "words": word_count(written.value)}, day=lesson.day)

    _call(
        model_calls.Place(job, Step.Name.LESSONS, day=lesson.day, proposal=proposal),
        proposal.attempts,
        job.writer,
        reserved,
        lambda: writer.lesson(request, brief, references, note=proposal.note, previous=previous),
        store,
    )


def _call[T](
    place: model_calls.Place,
    attempt: int,
    model: str,
    micros: int | None,
    ask: Callable[[], Written[T]],
    store: Callable[[Written[T]], None],
) -> None:
    """Call the writer with money set aside; keep its answer and book its cost together."""
    before = budget.month()
    call = model_calls.reserve(place, attempt=attempt, model=model, micros=micros)
    try:
        written = ask()
    except WriterError as error:
        model_calls.settle(call, error.usage, failed=True)
        raise
    with transaction.atomic():
        store(written)
        model_calls.settle(call, written.usage)
        after = budget.month()
        if after.warning != before.warning and after.sentence:
            note(place.job, after.sentence, LogLine.Level.WARNING)
        for remark in written.notes:
            note(place.job, remark, LogLine.Level.WARNING, day=place.day)


_WORK: dict[str, Callable[[Job, Step], None]] = {
    Step.Name.VALIDATE: _validate,
    Step.Name.REFERENCES: _read_references,
    Step.Name.OUTLINE: _outline,
    Step.Name.BRIEFS: _briefs,
    Step.Name.COVER: _cover,
    Step.Name.SAVE: _save,
    Step.Name.NOTIFY: _notify,
}
