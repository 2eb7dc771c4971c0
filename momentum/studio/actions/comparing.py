"""A worker's part of a new version: it is read, held against the one before, and what to change is proposed."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from momentum.core.errors import DomainError
from momentum.events.actions.record import record
from momentum.notifications.actions.notify import notify
from momentum.providers.documents import Document, DocumentError, Reading
from momentum.providers.writer import EXTRACTIVE, LessonBrief, LessonDraft, WriterError, get_writer
from momentum.providers.writer.paragraphs import paragraphs_of
from momentum.studio import notifications
from momentum.studio.actions import model_calls
from momentum.studio.actions.reading import read_file
from momentum.studio.actions.writing import references_of
from momentum.studio.domain.brief_spans import carried, stretch_of
from momentum.studio.domain.check_changes import checks_of, moved_questions, with_new_points
from momentum.studio.domain.document_versions import compare
from momentum.studio.domain.lesson_changes import LessonFates, Proposed, changes_in
from momentum.studio.domain.sentence_fates import NewVersion
from momentum.studio.models import Job, JobLesson, LessonChange, Revision

logger = logging.getLogger(__name__)

type _Day = tuple[JobLesson, LessonBrief, LessonFates, list[Proposed]]


def run_revision(revision_id: str) -> None:
    """Read a new version and propose what to change; again does nothing. What goes wrong is said on the revision."""
    with model_calls.only_one(f"revision/{revision_id}"):
        revision = Revision.objects.select_related(
            "reference__job__category", "reference__job__course", "replaces", "actor"
        ).get(id=revision_id)
        if revision.status != Revision.Status.READING:
            return
        try:
            _compare(revision)
        except (DomainError, DocumentError) as error:
            _fail(revision, str(error.message))
        except OperationalError:
            raise  # the database was lost: the worker's business, and it is run again
        except Exception:
            logger.exception("Revision %s failed", revision.id)
            _fail(
                revision,
                _("Something unexpected went wrong here. It is in the server’s log; upload the file again."),
            )


@transaction.atomic
def _fail(revision: Revision, error: str) -> None:
    revision.reference.fail(error)
    revision.fail(error)
    _tell(revision)


def _compare(revision: Revision) -> None:
    job, position = revision.reference.job, revision.reference.position
    reading = read_file(revision.reference)
    old = references_of(job)
    # Documents that are current have a text each, in the order of their positions.
    here = list(job.references.order_by("position").values_list("position", flat=True)).index(position)
    new = [*old[:here], reading.document, *old[here + 1 :]]
    before, after = paragraphs_of(old, here), paragraphs_of(new, here)
    comparison = compare(before.each, after.each)
    code = (job.language or reading.document.language).partition("-")[0]
    version = NewVersion(comparison, old[here].name, reading.document, code)
    days: list[_Day] = []
    taken: set[int] = set()
    for lesson in job.lessons.filter(lesson__isnull=False).order_by("day"):
        draft = lesson.written_draft()
        if draft is None:
            continue
        brief = lesson.written_brief()
        stretch = stretch_of(brief.source, here, before)
        found = changes_in(draft, version, stretch - taken)
        # A day that looks back on others proposes nothing that they do.
        taken |= stretch
        moved = carried(brief, here, comparison, before, after)
        days.append((lesson, moved, found, _proposals(job, draft, found, moved, new, days)))
    _store(revision, reading, [asdict(change) for change in comparison.pages()], days)


def _proposals(
    job: Job,
    draft: LessonDraft,
    found: LessonFates,
    brief: LessonBrief,
    references: Sequence[Document],
    days: list[_Day],
) -> list[Proposed]:
    # A question of yesterday's matter rests on yesterday's sentences.
    earlier = [one.sentence.text for one in days[-1][2].gone] if days else []
    gone = [*(one.sentence.text for one in found.gone), *earlier]
    if not (found.changes or gone):
        return []
    fresh = _written_anew(job, brief, references)
    changes = [*with_new_points(found.changes, draft, fresh), *checks_of(draft, fresh, gone)]
    questions = moved_questions(draft, fresh)
    places = next((change for change in changes if change.kind == "places"), None)
    others = [change for change in changes if change is not places]
    if places is None and not questions:
        return others
    passages = places.new["passages"] if places and places.new else []
    return [*others, Proposed("places", None, {"passages": passages, "questions": questions})]


def _written_anew(job: Job, brief: LessonBrief, references: Sequence[Document]) -> LessonDraft | None:
    """Return the day as the built-in writer writes it now, which costs nothing; None where it can't."""
    try:
        return get_writer(EXTRACTIVE).lesson(job.request(), brief, references).value
    except WriterError:
        return None


@transaction.atomic
def _store(revision: Revision, reading: Reading, pages: list[dict[str, Any]], days: Sequence[_Day]) -> None:
    reference, replaced = revision.reference, revision.replaces
    reference.keep(reading)
    replaced.current = False
    replaced.save(update_fields=["current", "updated_at"])
    reference.current = True
    reference.save(update_fields=["current", "updated_at"])
    asked_before = LessonChange.objects.filter(
        revision__reference__job=reference.job, revision__reference__position=reference.position
    )
    declined = [
        (one.job_lesson_id, one.kind, one.old, one.new) for one in asked_before.filter(decision="declined")
    ]
    asked_before.filter(decision=LessonChange.Decision.OPEN).update(decision=LessonChange.Decision.SUPERSEDED)
    for lesson, brief, _found, changes in days:
        lesson.brief = brief.model_dump(mode="json")
        lesson.save(update_fields=["brief", "updated_at"])
        LessonChange.objects.bulk_create(
            LessonChange(
                revision=revision,
                job_lesson=lesson,
                position=position,
                kind=one.kind,
                old=one.old,
                new=one.new,
            )
            for position, one in enumerate(changes)
            # Who said no to the very same isn't asked again.
            if (lesson.pk, one.kind, one.old, one.new) not in declined
        )
    revision.finish(pages=pages, lessons=[_counts(lesson.day, found) for lesson, _b, found, _c in days])
    record("reference.compared", subject_id=reference.id, course=str(reference.job.course_id))
    _tell(revision)


def _counts(day: int, found: LessonFates) -> dict[str, int]:
    gone = [one for one in found.gone if one.block is not None]
    lost = sum(one.fate.state == "lost" for one in gone)
    return {"day": day, "said": found.said, "moved": found.moved, "changed": len(gone) - lost, "lost": lost}


def _tell(revision: Revision) -> None:
    notify(notifications.COMPARED, user=revision.actor, about={"revision": revision}, cause=revision.id)
