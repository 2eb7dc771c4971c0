"""Course generation as durable work. Imports `dbos`: for the worker alone.

Each box of the workflow is a step; each lesson is a workflow of its own on a queue with a rate limit. What
they do is in `steps`; here is only the order, the waiting, and going on after a crash.
"""

from datetime import datetime

from dbos import DBOS, SetWorkflowID
from django.db import OperationalError

from momentum.core.durable import Limits, Queue, Schedule
from momentum.core.durable.decorators import step, task, workflow
from momentum.providers.writer.prompts import check_prompts
from momentum.site.queries.current import current
from momentum.studio.actions import comparing, steps, tidy
from momentum.studio.actions.steps import TRIES, Verdict
from momentum.studio.actions.writers import load_writers
from momentum.studio.models.step import Name
from momentum.studio.queues import JOBS, LESSONS
from momentum.studio.site_settings import MOST_AT_ONCE, GenerationSettings

# A worker whose prompts are not well made doesn't start.
check_prompts()


def _limits() -> Limits:
    generation = current(GenerationSettings)
    return Limits(generation.lessons_at_once, generation.lessons_per_minute)


QUEUES = [Queue(JOBS, at_once=8), Queue(LESSONS, at_once=MOST_AT_ONCE, limits=_limits)]
_BEFORE = (Name.VALIDATE, Name.REFERENCES, Name.OUTLINE, Name.BRIEFS)
_AFTER = (Name.COVER, Name.SAVE, Name.NOTIFY)


def _database_was_lost(error: BaseException) -> bool:
    return isinstance(error, OperationalError)


def warm_up() -> None:
    """Load what the configured writers need. The worker calls this once, before its work."""
    load_writers()


@workflow
def generate(job_id: str, attempt: int) -> str:
    """Write a course: the whole workflow, for one attempt of a job."""
    for name in _BEFORE:
        if not _box(job_id, attempt, name.value):
            return "stopped"
    days = open_lessons(job_id, attempt)
    handles = []
    for day in days:
        with SetWorkflowID(f"studio.lesson/{job_id}/{attempt}/{day}"):
            handles.append(DBOS.enqueue_workflow(LESSONS, write_lesson, job_id, attempt, day))
    for handle in handles:
        handle.get_result()
    if close_lessons(job_id, attempt) != "done":
        return "stopped"
    for name in _AFTER:
        if not _box(job_id, attempt, name.value):
            return "stopped"
    return "done"


def _box(job_id: str, attempt: int, name: str) -> bool:
    for turn in range(TRIES):
        verdict = box(job_id, attempt, name, turn)
        if isinstance(verdict, str):
            return verdict == "done"
        DBOS.sleep(verdict)
    return False


@workflow
def write_lesson(job_id: str, attempt: int, day: int) -> str:
    """Write one lesson of a job."""
    for turn in range(TRIES):
        verdict = lesson(job_id, attempt, day, turn)
        if isinstance(verdict, str):
            return verdict
        DBOS.sleep(verdict)
    return "stop"


@workflow
def regenerate(proposal_id: str) -> str:
    """Write one lesson again, as a proposal."""
    for turn in range(TRIES):
        verdict = proposal(proposal_id, turn)
        if isinstance(verdict, str):
            return verdict
        DBOS.sleep(verdict)
    return "stop"


@step(attempts=5, retry_if=_database_was_lost)
def box(job_id: str, attempt: int, name: str, turn: int) -> Verdict:
    return steps.run_step(job_id, attempt, name, turn)


@step(attempts=5, retry_if=_database_was_lost)
def lesson(job_id: str, attempt: int, day: int, turn: int) -> Verdict:
    return steps.run_lesson(job_id, attempt, day, turn)


@step(attempts=5, retry_if=_database_was_lost)
def proposal(proposal_id: str, turn: int) -> Verdict:
    return steps.run_proposal(proposal_id, turn)


@step(attempts=5, retry_if=_database_was_lost)
def open_lessons(job_id: str, attempt: int) -> list[int]:
    return steps.begin_lessons(job_id, attempt)


@step(attempts=5, retry_if=_database_was_lost)
def close_lessons(job_id: str, attempt: int) -> Verdict:
    return steps.end_lessons(job_id, attempt)


@task(attempts=5)
def compare_version(revision_id: str) -> None:
    """Read a new version of a document and propose what to change in its course."""
    comparing.run_revision(revision_id)


@task(attempts=3)
def remove_abandoned(at: datetime, context: object) -> None:
    """Every night: documents that were looked at and never made into a course."""
    tidy.remove_abandoned(at)


SCHEDULES = [Schedule(remove_abandoned, "50 3 * * *")]
