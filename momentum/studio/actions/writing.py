"""The calls of a writer that a job is made of: each is paid for beforehand, and its answer kept with what it cost."""

import threading
from collections.abc import Callable

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from momentum.core.errors import DomainError, LimitError
from momentum.providers.documents import Document
from momentum.providers.writer import LessonBrief, LessonDraft, Outline, WriterError, Written
from momentum.providers.writer.requests import Gate, before_further_requests, keeping_answers
from momentum.studio.actions import model_calls, writers
from momentum.studio.actions.kept_answers import JobsAnswers
from momentum.studio.actions.pausing import pause
from momentum.studio.domain.lesson_parts import NoOtherError, place_of, with_part
from momentum.studio.models import Job, JobLesson, LogLine, ModelCall, Proposal, ReferenceText, Step
from momentum.studio.queries import budget


class StoppedError(WriterError):
    """The job was cancelled while its writer was at work: nothing failed, and nothing more is asked of it."""


def references_of(job: Job) -> list[Document]:
    """Return the job's references as they were read."""
    texts = ReferenceText.objects.filter(reference__job=job, reference__current=True).order_by(
        "reference__position"
    )
    return [Document.model_validate(text.document) for text in texts]


def plan(job: Job, step: Step) -> None:
    writer, request, references = writers.writer_named(job.writer), job.request(), references_of(job)
    place = model_calls.Place(job, step.name)
    reserved = writer.reserve("outline", request, references)

    def store(written: Written[Outline]) -> None:
        outline = written.value
        job.outline = outline.model_dump(mode="json")
        job.save(update_fields=["outline", "updated_at"])
        step.finish(outline.title)
        job.note(_("Planned “%(title)s”.") % {"title": outline.title})

    _call(place, step.attempts, job.writer, reserved, lambda: writer.outline(request, references), store)


def brief_lessons(job: Job, step: Step) -> None:
    writer, request, references = writers.writer_named(job.writer), job.request(), references_of(job)
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


def write_lesson(job: Job, lesson: JobLesson) -> None:
    writer, request, references = writers.writer_named(job.writer), job.request(), references_of(job)
    brief = lesson.written_brief()
    reserved = writer.reserve("lesson", request, references, brief=brief)

    def store(written: Written[LessonDraft]) -> None:
        lesson.finish(written.value)
        text = _("Day %(day)d written: “%(title)s”, %(words)d words.")
        values = {"day": lesson.day, "title": lesson.title, "words": lesson.words}
        job.note(text % values, day=lesson.day)

    _call(
        model_calls.Place(job, Step.Name.LESSONS, day=lesson.day),
        lesson.attempts,
        job.writer,
        reserved,
        lambda: writer.lesson(request, brief, references),
        store,
    )


def write_again(job: Job, proposal: Proposal) -> None:
    writer, request, references = writers.writer_named(job.writer), job.request(), references_of(job)
    lesson = proposal.job_lesson
    brief, previous = lesson.written_brief(), lesson.written_draft()
    reserved = writer.reserve("lesson", request, references, brief=brief)

    def store(written: Written[LessonDraft]) -> None:
        proposal.finish(_only(proposal.part, previous, written.value))
        text = _("New version of day %(day)d written, %(words)d words.")
        job.note(text % {"day": lesson.day, "words": written.value.words}, day=lesson.day)

    _call(
        model_calls.Place(job, Step.Name.LESSONS, day=lesson.day, proposal=proposal),
        proposal.attempts,
        job.writer,
        reserved,
        lambda: writer.lesson(request, brief, references, note=_wish(proposal, previous), previous=previous),
        store,
    )


def _wish(proposal: Proposal, previous: LessonDraft | None) -> str:
    """What is asked of the writer: about one part of the lesson alone, where it is about one."""
    if previous is None or not proposal.part:
        return proposal.note
    if (place := place_of(proposal.part, "section")) is not None:
        values = {"name": previous.sections[place].heading, "note": proposal.note}
        return _("Only the section “%(name)s”: %(note)s") % values
    place = place_of(proposal.part, "question") or 0
    values = {"name": previous.questions[place].prompt, "note": proposal.note}
    return _("Another question in the place of “%(name)s”: %(note)s") % values


def _only(part: str, previous: LessonDraft | None, draft: LessonDraft) -> LessonDraft:
    if previous is None or not part:
        return draft
    try:
        return with_part(previous, draft, part)
    except NoOtherError:
        raise DomainError(
            _(
                "The writer came back with nothing else for this part. Ask for something different, or edit it."
            ),
            code="nothing_else",
        ) from None


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
    _stop_if_cancelled(place)
    try:
        call = model_calls.reserve(place, attempt=attempt, model=model, micros=micros)
    except LimitError as error:
        _wait_for_approval(place, error)
        raise
    try:
        with before_further_requests(_gate(place, call)), keeping_answers(JobsAnswers(place)):
            written = ask()
    except WriterError as error:
        model_calls.settle(call, error.usage, failed=True)
        raise
    with transaction.atomic():
        store(written)
        model_calls.settle(call, written.usage)
        after = budget.month()
        if after.warning != before.warning and after.sentence:
            place.job.note(after.sentence, LogLine.Level.WARNING)
        for remark in written.notes:
            place.job.note(remark, LogLine.Level.WARNING, day=place.day)


def _gate(place: model_calls.Place, call: ModelCall) -> Gate:
    """Return what stands between two requests of a call: the job still goes on, and there is money for the next."""
    caller = threading.get_ident()

    def gate(micros: int | None) -> None:
        try:
            _stop_if_cancelled(place)
            model_calls.reserve_more(call, micros)
        except LimitError as error:
            _wait_for_approval(place, error)
            raise WriterError(error.code, str(error)) from None
        finally:
            if threading.get_ident() != caller:
                # A thread has a connection of its own, and ends with the call.
                connection.close()

    return gate


def _wait_for_approval(place: model_calls.Place, error: LimitError) -> None:
    """Where the amount that was approved is used up, let the job wait for another; what is written is kept."""
    if error.code == "approval_used_up":
        pause(place.job, Job.Status.PREPARED, str(error))
        raise StoppedError(error.code, str(error)) from None


def _stop_if_cancelled(place: model_calls.Place) -> None:
    if place.proposal is None and not place.job.is_current():
        raise StoppedError("cancelled", _("The job was cancelled."))
