"""Courses written in the test's own process, in the order of the workflow and without its waits."""

from collections.abc import Callable

from momentum.studio.actions import steps
from momentum.studio.models import Job, Proposal

BEFORE = ("validate", "references", "outline", "briefs")
AFTER = ("cover", "save", "notify")


def work(job: Job) -> Job:
    """Do what a worker does with this job."""
    job.refresh_from_db()
    key, attempt = str(job.id), job.attempt
    if _boxes(key, attempt, BEFORE):
        for day in steps.begin_lessons(key, attempt):
            _insist(lambda turn, day=day: steps.run_lesson(key, attempt, day, turn))
        if steps.end_lessons(key, attempt) == "done":
            _boxes(key, attempt, AFTER)
    job.refresh_from_db()
    return job


def work_on(proposal: Proposal) -> Proposal:
    _insist(lambda turn: steps.run_proposal(str(proposal.id), turn))
    proposal.refresh_from_db()
    return proposal


def _boxes(key: str, attempt: int, names: tuple[str, ...]) -> bool:
    return all(
        _insist(lambda turn, name=name: steps.run_step(key, attempt, name, turn)) == "done" for name in names
    )


def _insist(try_once: Callable[[int], steps.Verdict]) -> str:
    for turn in range(steps.TRIES):
        verdict = try_once(turn)
        if isinstance(verdict, str):
            return verdict
    return "stop"
