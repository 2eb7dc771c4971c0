"""What it costs to have a model write a course, beside the model: `python -m bench models`.

A site of its own, one worker, and a fake model that takes three seconds for each answer. 21 lessons, ten at the same
time, each of three requests that wait for each other: the lesson, its questions, their solution. Before them come the
plan and the briefs. What a course takes beyond that is ours.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.database import folder, say, started, surroundings
from bench.processes import cpu_seconds
from bench.site import free_ports

DAYS, AT_ONCE, SECONDS = 21, 10, 3.0
_BEFORE, _EACH = 2, 3  # requests that wait for each other: plan and briefs; of a lesson
_PATIENCE = 600.0
_TEXT = Path(__file__).resolve().parents[1] / "docs" / "notifications.md"


@dataclass(frozen=True)
class Writing:
    """How long one course took, how long its model's requests take at least, and the worker's processor time."""

    lessons: int
    seconds: float
    critical: float
    worker_cpu: float

    @property
    def overhead(self) -> float:
        """What it took beyond its model, as a share of that."""
        return self.seconds / self.critical - 1


def critical_path(days: int, at_once: int, seconds: float) -> float:
    """How long the requests of a course take where nothing else takes any time."""
    return (_BEFORE + -(-days // at_once) * _EACH) * seconds


def measure_models() -> list[Writing]:
    """Have a course written, and print what it took."""
    home = folder() / "models"
    shutil.rmtree(home, ignore_errors=True)
    with started(home) as server, _fake_model() as address:
        model = {
            "MOMENTUM_WRITER": "openai:fake",
            "MOMENTUM_WRITER_BASE_URL": f"{address}/v1",
            "MOMENTUM_WRITER_PARALLEL": str(AT_ONCE),
            "MOMENTUM_WRITER_RATE": "1000",
        }
        os.environ |= surroundings(server.url, home) | model
        import django

        django.setup()
        from momentum.cli.migrate import migrate

        migrate()
        found = [_write()]
    shutil.rmtree(home, ignore_errors=True)
    _print(found)
    return found


def _write() -> Writing:
    from django.core.files.base import ContentFile

    from momentum.accounts.actions.accounts import ensure_user
    from momentum.accounts.models import Role
    from momentum.catalog.models import Category
    from momentum.providers.writer import CourseRequest
    from momentum.studio.actions import start_generation

    admin = ensure_user(email="bench@localhost", name="Bench", role=Role.ADMIN)
    category, _made = Category.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    with _worker() as worker:
        job = start_generation(
            actor=admin,
            request=CourseRequest(topic="Notifications", days=DAYS, language="en"),
            category=category,
            references=[ContentFile(_TEXT.read_bytes(), name=_TEXT.name)],
            writer="openai:fake",
            counted=False,
        ).job
        until = time.monotonic() + _PATIENCE
        while job.is_in_flight:
            if time.monotonic() > until or worker.poll() is not None:
                raise RuntimeError(f"The course wasn't written: {job.status}.")
            time.sleep(0.2)
            job.refresh_from_db()
        used = cpu_seconds(worker.pid)
    if job.status != job.Status.READY or job.started_at is None or job.finished_at is None:
        raise RuntimeError(f"The course wasn't written: {job.error}")
    seconds = (job.finished_at - job.started_at).total_seconds()
    return Writing(DAYS, seconds, critical_path(DAYS, AT_ONCE, SECONDS), used)


@contextmanager
def _worker() -> "Iterator[subprocess.Popen[bytes]]":
    """A worker that has started: what its libraries take to load is no part of a course."""
    from momentum.core.durable import workers_running

    process = subprocess.Popen([sys.executable, "-m", "momentum", "worker"])
    try:
        while not workers_running():
            if process.poll() is not None:
                raise RuntimeError("The worker stopped.")
            time.sleep(0.2)
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _fake_model() -> Iterator[str]:
    [port] = free_ports(1)
    command = ["-m", "tests.providers.fake_models", "--port", str(port), "--delay", str(SECONDS)]
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urlopen(f"{address}/v1/models", timeout=1).close()  # noqa: S310 - our own
                break
            except URLError:
                if process.poll() is not None:
                    raise RuntimeError("The fake model stopped.") from None
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def _print(found: list[Writing]) -> None:
    for one in found:
        say(
            f"{one.lessons} lessons, {AT_ONCE} at once, {SECONDS:g} s a request: {one.seconds:.1f} s; the model alone "
            f"{one.critical:.0f} s; {one.overhead:+.1%}; {one.worker_cpu:.1f} s of processor in the worker"
        )
