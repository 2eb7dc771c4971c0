"""Asking for a course: who may, what is refused, and what the same request becomes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from momentum.catalog.models import Category
from momentum.core import durable
from momentum.core.errors import DomainError, ForbiddenError, InvalidError, LimitError
from momentum.events.models import Event
from momentum.providers.writer import CourseRequest, get_writer
from momentum.studio import actions
from momentum.studio.actions import model_calls, writers
from momentum.studio.models import Job, ModelCall
from momentum.studio.queries import budget
from momentum.studio.site_settings import GenerationSettings
from tests.pages import main, words
from tests.studio.scribe.writer import NAME, Scribe
from tests.studio.working import work

type Start = Callable[..., actions.Started]


def _pdf(words: str = "x") -> Any:
    return ContentFile(b"%PDF-1.7 " + words.encode(), name="folder/A guide.pdf")


def _stored(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_request_becomes_a_job_that_a_worker_will_find(start: Start, admin: Any) -> None:
    started = start(references=[_pdf()])

    job = started.job
    assert started.outcome == "started"
    assert started.warnings == []
    assert (job.number, job.status, job.actor, job.days) == (1, "queued", admin, 3)
    assert [step.name for step in job.steps.all()] == [
        "validate", "references", "outline", "briefs", "lessons", "cover", "save", "notify",
    ]  # fmt: skip
    [reference] = job.references.all()
    assert reference.title == "A guide.pdf"
    with reference.file.open("rb") as stream:
        assert stream.read() == b"%PDF-1.7 x"
    assert durable.status(job.workflow_id) == "ENQUEUED"
    assert Event.objects.filter(name="generation.started", subject_id=job.id).count() == 1


def test_a_learner_is_refused_and_nothing_is_kept(start: Start, learner: Any, settings: Any) -> None:
    with pytest.raises(ForbiddenError):
        start(actor=learner, references=[_pdf()])

    assert not Job.objects.exists()
    assert not _stored(settings)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"request": {"topic": ""}}, "topic"),
        ({"request": {"title": "t" * 161}}, "title"),
        ({"request": {"level": "expert"}}, "level"),
        ({"request": {"language": "<b>"}}, "language"),
        ({"tier": "gold"}, "tier"),
        ({"writer": "extractive"}, "references"),
        ({"references": [ContentFile(b"MZ" + bytes(99), name="a.pdf")]}, "references"),
        ({"references": [ContentFile(b"", name="a.pdf")]}, "references"),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_field(
    start: Start, settings: Any, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidError) as refusal:
        start(**changes)

    assert list(refusal.value.data["fields"]) == [field]
    assert not Job.objects.exists()
    assert not _stored(settings)


def test_a_file_beyond_the_limit_is_refused(start: Start, settings: Any) -> None:
    settings.REFERENCE_MAX_BYTES = 20

    with pytest.raises(InvalidError):
        start(references=[_pdf("y" * 20)])

    assert not Job.objects.exists()


def test_the_same_file_twice_is_one_reference(start: Start) -> None:
    job = start(references=[_pdf("a"), _pdf("b"), _pdf("a")]).job

    assert job.references.count() == 2


def test_the_same_request_joins_the_job_in_flight(start: Start, settings: Any) -> None:
    first = start(request={"topic": "Tides "}, references=[_pdf()]).job

    second = start(request={"topic": " Tides"}, references=[_pdf()], again=True)

    assert (second.outcome, second.job) == ("joined", first)
    assert len(_stored(settings)) == 1
    assert start(request={"topic": "Tides", "days": 4}, references=[_pdf()]).outcome == "started"


def test_the_same_request_later_offers_the_earlier_course_unless_asked_again(start: Start) -> None:
    first = work(start().job)
    assert first.status == "ready"

    assert (start().outcome, start().job) == ("earlier", first)
    anew = start(again=True)

    assert anew.outcome == "started"
    assert anew.job.number == 2


def test_the_limit_a_day_counts_what_was_started_today(start: Start, site_settings: Any) -> None:
    site_settings(GenerationSettings, courses_per_day=2)
    for days in (1, 2):
        start(request={"days": days})

    with pytest.raises(LimitError) as refusal:
        start(request={"days": 3})

    assert refusal.value.code == "generations_per_day"
    assert Job.objects.count() == 2
    assert start(request={"days": 1}).outcome == "joined"
    assert start(request={"days": 4}, counted=False).outcome == "started"
    Job.objects.update(asked_at=timezone.now() - timedelta(days=1))
    assert start(request={"days": 5}).outcome == "started"


def test_what_the_shell_writes_leaves_an_administrator_all_their_courses_of_the_day(
    start: Start, site_settings: Any
) -> None:
    site_settings(GenerationSettings, courses_per_day=2)
    for days in (1, 2, 3):
        start(request={"days": days}, counted=False)

    assert start(request={"days": 4}).outcome == "started"
    assert start(request={"days": 5}).outcome == "started"
    with pytest.raises(LimitError):
        start(request={"days": 6})


def test_a_form_without_a_file_comes_back_with_the_reason(as_admin: Client, shelf: Category) -> None:
    values = {"category": str(shelf.id), "days": "3", "level": "beginner", "writer": "extractive"}

    without = as_admin.post("/panel/studio/start/", values)
    nothing = as_admin.post("/panel/studio/start/", values | {"references": ContentFile(b"", name="a.pdf")})
    text = as_admin.post("/panel/studio/start/", values | {"references": "guide.pdf"})

    assert [answer.status_code for answer in (without, nothing, text)] == [422, 422, 422]
    assert "The built-in writer needs a document. Add one, such as a PDF or DOCX file." in words(without)
    assert not Job.objects.exists()


def test_a_script_that_uploads_is_told_where_to_go(as_admin: Client, shelf: Category) -> None:
    values = {"category": str(shelf.id), "days": "3", "level": "beginner", "writer": "extractive"}

    answer = as_admin.post(
        "/panel/studio/start/", values | {"references": _pdf()}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/panel/studio/{Job.objects.get().id}/"


def test_the_first_day_is_free_unless_the_author_says_otherwise(
    as_admin: Client, shelf: Category, start: Start
) -> None:
    assert main(as_admin.get("/panel/studio/start/")).select_one("[name=free_preview][checked]")

    free, closed = work(start().job), work(start(request={"days": 2}, free_preview=False).job)

    assert free.course is not None
    assert closed.course is not None
    assert list(free.course.lessons.order_by("day").values_list("preview", flat=True)) == [True, False, False]
    assert not closed.course.lessons.filter(preview=True).exists()


def test_a_used_up_budget_refuses_and_thresholds_warn(start: Start, site_settings: Any) -> None:
    site_settings(GenerationSettings, monthly_budget_usd=10)
    job = start().job
    call = ModelCall.objects.create(job=job, step="outline", key="k", model="m", reserved_micros=8_500_000)

    warned = start(request={"days": 5})
    call.usd_micros = 10_000_000
    call.save()

    assert warned.warnings == ["85% of this month’s budget of $10 is spent."]
    with pytest.raises(LimitError) as refusal:
        start(request={"days": 6})
    assert refusal.value.code == "budget_used_up"
    assert Job.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_parallel_starts_share_the_last_place_and_the_same_request(
    admin: Any, scribe: Scribe, site_settings: Any
) -> None:
    site_settings(GenerationSettings, courses_per_day=3)
    shelf = Category.objects.create(name="Parallel", slug="parallel")

    def ask(days: int) -> str:
        try:
            request = CourseRequest(topic="Tides", days=days)
            return actions.start_generation(actor=admin, request=request, category=shelf, writer=NAME).outcome
        except DomainError as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(ask, [1, 1, 1, 2, 3, 4, 5, 6]))

    assert outcomes.count("started") == 3
    assert len(outcomes) - outcomes.count("started") == 5
    assert sorted(Job.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert Job.objects.filter(days=1).count() <= 1


@pytest.mark.django_db(transaction=True)
def test_parallel_calls_never_set_aside_more_than_the_budget(admin: Any, site_settings: Any) -> None:
    site_settings(GenerationSettings, monthly_budget_usd=1)
    job = Job.objects.create(
        number=1,
        actor=admin,
        days=8,
        category=Category.objects.create(name="Parallel", slug="parallel"),
        writer=NAME,
        fingerprint="f",
    )

    def set_aside(day: int) -> str:
        try:
            return model_calls.reserve(
                model_calls.Place(job, "lessons", day), attempt=1, model=NAME, micros=300_000
            ).status
        except DomainError as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(set_aside, range(1, 9)))

    assert sorted(outcomes) == ["budget_used_up"] * 5 + ["reserved"] * 3
    assert budget.month().spent_micros == 900_000


def test_the_form_says_before_it_is_sent_that_a_topic_alone_needs_a_model(
    as_admin: Client, shelf: Category, site_settings: Any
) -> None:
    told = "a course from a topic alone needs a language model, and none is set up here"

    without = words(as_admin.get("/panel/studio/start/"))
    site_settings(GenerationSettings, writer="openai:gpt-4.1-mini")
    with_model = words(as_admin.get("/panel/studio/start/"))

    assert told in without
    assert told not in with_model
    assert "Required without a document." in with_model


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize("writer", ["extractive", "openai:gpt-4.1-mini", ""])
def test_a_topic_alone_without_a_model_is_answered_with_the_reason(
    as_admin: Client, shelf: Category, headers: dict[str, str], writer: str
) -> None:
    values = {"category": str(shelf.id), "days": "3", "level": "beginner", "topic": "Tides", "writer": writer}

    answer = as_admin.post("/panel/studio/start/", values, headers=headers)

    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_the_sample_document_makes_a_course_of_a_week(
    as_admin: Client, shelf: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "writer_named", lambda name: get_writer("extractive"))
    values = {
        "category": str(shelf.id),
        "days": "7",
        "level": "beginner",
        "writer": "extractive",
        "sample": "on",
    }

    answer = as_admin.post("/panel/studio/start/", values)

    assert answer.status_code == 302
    job = work(Job.objects.get())
    assert (job.status, job.error) == ("ready", "")
    assert job.course is not None
    assert [reference.title for reference in job.references.all()] == ["backups-that-work.md"]
    titles = list(job.course.lessons.order_by("day").values_list("title", flat=True))
    assert len(set(titles)) == 7
