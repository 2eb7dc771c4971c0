"""Workers that are killed in the middle of a course, again and again, and what is left of it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from momentum.catalog.models import Course, Lesson
from momentum.core import durable
from momentum.mail.models import Email
from momentum.providers.writer import CourseRequest, Outline
from momentum.studio import actions
from momentum.studio.domain.outline_editing import without
from momentum.studio.models import Job, ModelCall, Step
from tests.database import url_of_test_database
from tests.hiring import Staff, Worker, wait_for
from tests.providers.pdfs import handbook
from tests.studio.scribe.writer import NAME, PRICE

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal"
    path.touch()
    return path


@pytest.fixture
def hire(staff: Staff, journal: Path) -> Callable[[], Worker]:
    """Have another worker whose courses the scribe writes."""
    return lambda: staff.hire(
        DJANGO_SETTINGS_MODULE="tests.studio.settings", SCRIBE_JOURNAL=str(journal), SCRIBE_SECONDS="0.25"
    )


def _begun(journal: Path) -> Counter[str]:
    lines = journal.read_text().splitlines()
    return Counter(line.rsplit(" ", 1)[0][6:] for line in lines if line.startswith("begin"))


def _settled() -> set[str]:
    names = ModelCall.objects.filter(status="settled").values_list("step", "day")
    return {f"lesson {day}" if day else step for step, day in names}


def test_killed_at_any_step_a_course_is_finished_once_and_nothing_paid_for_is_repeated(
    admin: Any, shelf: Any, hire: Callable[[], Worker], journal: Path, tmp_path: Path
) -> None:
    job = actions.start_generation(
        actor=admin, request=CourseRequest(topic="Tides", days=5), category=shelf, writer=NAME
    ).job
    workers = {worker.process.pid: worker for worker in (hire(), hire())}
    paid: dict[str, int] = {}

    for moment in ("begin outline", "end outline", "begin lesson 2", "end lesson 1", "begin lesson 5"):
        wait_for(lambda moment=moment: moment in journal.read_text())
        [line, *_others] = [line for line in journal.read_text().splitlines() if line.startswith(moment)]
        victim = workers.pop(int(line.split()[-1]), None) or workers.popitem()[1]
        victim.kill()
        begun = _begun(journal)
        for call in _settled():
            paid.setdefault(call, begun[call])
        fresh = hire()
        workers[fresh.process.pid] = fresh
    wait_for(lambda: Step.objects.filter(job=job, name="lessons", status="done").exists())
    for worker in workers.values():
        worker.kill()
    hire()
    wait_for(lambda: durable.status(job.workflow_id) == "SUCCESS")
    wait_for(lambda: Email.objects.filter(state="sent").exists())

    job.refresh_from_db()
    begun = _begun(journal)
    assert (job.status, job.error) == ("ready", "")
    assert {call: begun[call] for call in paid} == paid
    assert set(begun) == {"outline", "briefs", *(f"lesson {day}" for day in range(1, 6))}
    calls = ModelCall.objects.filter(job=job)
    assert calls.filter(status="settled").count() == 7
    # A worker may be killed after a call was noted and before it was made; each of them had one at most.
    assert 0 <= calls.count() - sum(begun.values()) <= 7
    assert calls.filter(status="unknown").count() == calls.count() - 7
    assert calls.filter(status="settled").usd_micros() == 7 * PRICE
    assert Course.objects.count() == 1
    assert Lesson.objects.filter(course=job.course).count() == 5
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


def test_killed_before_and_after_its_outline_is_approved_a_course_is_planned_and_written_once(
    admin: Any, shelf: Any, scribe: Any, hire: Callable[[], Worker], journal: Path
) -> None:
    job = actions.start_generation(
        actor=admin,
        request=CourseRequest(topic="Tides", days=3),
        category=shelf,
        writer=NAME,
        look_first=True,
        outline_first=True,
    ).job

    def reaches(status: str) -> None:
        wait_for(lambda: Job.objects.filter(pk=job.pk, status=status).exists())

    def dies(moment: str) -> None:
        worker = hire()
        wait_for(lambda: moment in journal.read_text())
        worker.kill()

    worker = hire()
    reaches("prepared")
    worker.kill()
    actions.begin_writing(actor=admin, job=job)
    dies("end outline")
    worker = hire()
    reaches("outlined")
    worker.kill()
    paid = _begun(journal)["outline"]
    planned = Outline.model_validate(Job.objects.get(pk=job.pk).outline)
    actions.edit_outline(actor=admin, job=job, outline=without(planned, 2), seen=0)
    actions.approve_outline(actor=admin, job=job)
    dies("begin lesson 2")
    hire()
    reaches("ready")

    job.refresh_from_db()
    assert job.course is not None
    assert job.course.lessons.count() == 2
    assert _begun(journal)["outline"] == paid <= 2
    assert ModelCall.objects.filter(job=job, step="outline", status="settled").count() == 1
    assert {name for name in _begun(journal) if name.startswith("lesson")} == {"lesson 1", "lesson 2"}


def test_a_course_from_a_real_document_is_written_by_a_real_worker_and_exported(
    admin: Any, shelf: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from momentum.cli.course_writing import write_course

    monkeypatch.setenv("MOMENTUM_HOME", str(tmp_path))
    # The worker that the shell starts must look for uploads where this test puts them.
    monkeypatch.setattr("django.conf.settings.MEDIA_ROOT", str(tmp_path / "media"))
    monkeypatch.setenv("MOMENTUM_DATABASE_URL", url_of_test_database())
    source = tmp_path / "handbook.pdf"
    source.write_bytes(handbook())
    said: list[str] = []

    folder = write_course(source=source, days=4, out=tmp_path / "course", progress=said.append)

    job = Job.objects.get()
    assert (job.status, job.error, job.writer) == ("ready", "", "extractive")
    assert folder == tmp_path / "course"
    assert (folder / "course.md").read_text().startswith("---\ntitle: ")
    assert len(list((folder / "lessons").glob("*.md"))) == 4
    assert "Waiting for a worker" in said
    assert ModelCall.objects.usd_micros() == 0
    [reference] = job.references.all()
    assert (reference.pages or 0) > 3
