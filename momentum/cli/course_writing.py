"""The studio from the shell: the same job and the same workflow, and a folder of Markdown at the end."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from momentum.accounts.actions.accounts import ensure_user
from momentum.accounts.models import Role, User
from momentum.catalog.actions import export_course
from momentum.catalog.domain import packaging
from momentum.catalog.models import Category
from momentum.core import child_process
from momentum.core.durable import workers_running
from momentum.core.errors import ConflictError, DomainError, UnavailableError
from momentum.providers.writer import EXTRACTIVE, CourseRequest
from momentum.site.queries.current import current
from momentum.studio.actions import cancel_job, start_generation
from momentum.studio.models import Job, LogLine
from momentum.studio.queries.jobs import Progress
from momentum.studio.queries.jobs import progress as progress_of
from momentum.studio.site_settings import GenerationSettings

POLL_SECONDS = 0.3
# Who asks where there is no administrator yet; nobody can sign in as this without recovering the account.
OPERATOR = "operator@localhost"


def write_course(
    *,
    source: Path,
    days: int,
    out: Path,
    title: str = "",
    writer: str | None = None,
    free_preview: bool = True,
    progress: Callable[[str], None],
) -> Path:
    """Write a course from a document into the folder `out`, which must be new or empty, and return it.

    The course is in the catalogue afterwards, too, as a draft. The writing is done by the worker that runs,
    or by one started for this.

    Raises:
        DomainError: when the request is refused or the job stops; the sentence says why.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConflictError(_("%(folder)s is not an empty folder.") % {"folder": out}, code="out_not_empty")
    actor = _operator()
    name = writer or current(GenerationSettings).writer
    started = start_generation(
        actor=actor,
        request=CourseRequest(title=title, days=days),
        category=Category.objects.active()[0],
        references=[ContentFile(source.read_bytes(), name=source.name)],
        writer=name,
        # What cost money isn't bought again; what is free is written as well as it can be today.
        again=name == EXTRACTIVE,
        counted=False,
        free_preview=free_preview,
    )
    job = _finished(started.job, actor, progress)
    if job.status != Job.Status.READY or job.course is None:
        raise DomainError(job.error or _("The job was cancelled."), code=job.error_code or "job_cancelled")
    packaging.to_directory(export_course(actor=actor, course=job.course), out)
    return out


def _operator() -> User:
    found: User | None = User.objects.admins().order_by("date_joined").first()
    return found or ensure_user(email=OPERATOR, name=_("Command line"), role=Role.ADMIN)


def _finished(job: Job, actor: User, progress: Callable[[str], None]) -> Job:
    """Wait for the end of the job, saying how far it is, and return it."""
    said = ""
    with _Worker() as worker:
        try:
            while (now := progress_of(job.id)).job.is_in_flight:
                worker.check()
                if (line := _line(now)) != said:
                    said = line
                    progress(line)
                time.sleep(POLL_SECONDS)
        except KeyboardInterrupt:
            cancel_job(actor=actor, job=job)
            raise
    errors = [line for line in reversed(now.log) if line.level == LogLine.Level.ERROR]
    for remark in [*now.warnings, *errors]:
        progress(_remark(remark))
    return now.job


def _line(now: Progress) -> str:
    if now.job.status == Job.Status.QUEUED or now.current is None:
        return _("Waiting for a worker")
    if now.current.name == now.current.Name.LESSONS:
        return f"{now.current} ({now.written}/{len(now.lessons)})"
    return str(now.current)


def _remark(line: LogLine) -> str:
    if line.day is None or line.level == LogLine.Level.ERROR:  # an error names its day itself
        return line.text
    return _("Day %(day)d: %(remark)s") % {"day": line.day, "remark": line.text}


class _Worker:
    """A worker of our own, while there is no other."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def check(self) -> None:
        """See that somebody works."""
        if self._process is None and not workers_running():
            surroundings = {**os.environ, "MOMENTUM_LOG_LEVEL": "WARNING"}
            command = child_process.command([sys.executable, "-m", "momentum", "worker"])
            self._process = subprocess.Popen(command, env=surroundings, stdin=subprocess.DEVNULL)
        elif self._process is not None and self._process.poll() is not None:
            raise UnavailableError(
                _(
                    "The worker stopped unexpectedly; its last output is above. Run the command again to "
                    "continue where it left off."
                )
            )

    def __exit__(self, *raised: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
