"""Courses that a language model writes: through the door, by a real worker with a vendor's own client, to the draft."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from genai_prices import Usage, calc_price

from momentum.core import durable
from momentum.studio.models import Job, JobLesson, ModelCall
from momentum.studio.site_settings import GenerationSettings
from tests.hiring import Staff, wait_for
from tests.providers.fake_models import Asked, FakeModels, Reply

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

DAYS = 4
TOKENS = (1000, 200)  # what the fake says that each answer took
MODELS = {"openai": ("openai", "gpt-4.1-mini"), "anthropic": ("anthropic", "claude-sonnet-4-5")}


@pytest.fixture
def models() -> Iterator[FakeModels]:
    with FakeModels(delay=0.1) as fake:
        yield fake


def _surroundings(models: FakeModels, wire: str) -> dict[str, str]:
    return {
        "MOMENTUM_WRITER": f"{wire}:{MODELS[wire][1]}",
        "MOMENTUM_WRITER_BASE_URL": models.base_url(wire),
        "MOMENTUM_WRITER_API_KEY": "a-key",
    }


def _start(as_admin: Client, site_settings: Any, wire: str) -> Job:
    site_settings(GenerationSettings, writer=f"{wire}:{MODELS[wire][1]}")
    asked = {"topic": "Tides", "days": DAYS, "category": "personal-development"}
    answer = as_admin.post("/api/ai-generation/start-generation", asked, content_type="application/json")
    assert answer.status_code == 202, answer.content
    return Job.objects.get(pk=answer.json()["job_id"])


def _over(job: Job) -> bool:
    job.refresh_from_db()
    return not job.is_in_flight


def _wanted(asked: Asked) -> str:
    """Say what a request is for, as the ledger names its place; "" for the questions of a lesson and their solution."""
    if "You plan short daily courses" in asked.text:
        return "outline"
    if "You brief the writers" in asked.text:
        return "briefs"
    day = re.search(r"lesson of day (\d+) of", asked.text)
    return f"lesson {day[1]}" if day else ""


def _price(wire: str, answers: int) -> int:
    provider, model = MODELS[wire]
    usage = Usage(input_tokens=TOKENS[0], output_tokens=TOKENS[1])
    price: Decimal = calc_price(usage, model, provider_id=provider).total_price
    return answers * int(price * 1_000_000)


@pytest.mark.parametrize("wire", MODELS)
def test_a_model_that_stumbles_still_writes_the_course_and_every_answer_is_booked(
    wire: str, models: FakeModels, as_admin: Client, staff: Staff, shelf: Any, site_settings: Any
) -> None:
    models.will(
        Reply(status=429, headers={"Retry-After": "1"}),
        Reply(answer={"title": "No lessons at all"}),  # malformed: the model is shown what was wrong
        Reply(),
        Reply(),
        Reply(stop="length"),  # the first lesson asked for is cut off
    )
    staff.hire(**_surroundings(models, wire))

    job = _start(as_admin, site_settings, wire)
    wait_for(lambda: _over(job))

    assert (job.status, job.error) == ("ready", "")
    assert job.course is not None
    assert (job.course.status, job.course.provenance) == ("draft", "ai")
    assert [lesson.day for lesson in job.course.lessons.all()] == list(range(1, DAYS + 1))
    assert not models.replies
    calls = ModelCall.objects.filter(job=job)
    answers = len(models.asked) - 1  # who is throttled pays nothing
    assert sum(call.input_tokens for call in calls) == answers * TOKENS[0]
    assert sum(call.output_tokens for call in calls) == answers * TOKENS[1]
    assert calls.usd_micros() == pytest.approx(_price(wire, answers), abs=answers)


def test_a_lesson_that_the_model_refuses_is_written_again_alone(
    models: FakeModels, as_admin: Client, staff: Staff, shelf: Any, site_settings: Any
) -> None:
    models.will(Reply(), Reply(), Reply(stop="refusal", text="No."))
    staff.hire(**_surroundings(models, "openai"))
    job = _start(as_admin, site_settings, "openai")
    wait_for(lambda: _over(job))
    assert job.status == "failed"
    [failed] = job.lessons.filter(status="failed")
    before = len(models.asked)

    pressed = as_admin.post(f"/panel/studio/{job.id}/days/{failed.day}/resumption/")
    wait_for(lambda: _over(job))

    assert pressed.status_code == 302
    assert (job.status, job.error) == ("ready", "")
    assert [_wanted(asked) for asked in models.asked[before:]] == [f"lesson {failed.day}", "", ""]


def test_what_a_killed_worker_paid_for_is_never_asked_again(
    models: FakeModels, as_admin: Client, staff: Staff, shelf: Any, site_settings: Any
) -> None:
    surroundings = _surroundings(models, "anthropic")
    job = _start(as_admin, site_settings, "anthropic")
    for settled, lessons in ((1, 0), (3, 1), (3, DAYS - 1)):
        worker = staff.hire(**surroundings)
        wait_for(
            lambda settled=settled, lessons=lessons: (
                ModelCall.objects.filter(status="settled").count() >= settled
                and JobLesson.objects.filter(status="done").count() >= lessons
            )
        )
        worker.kill()
        paid = {
            f"lesson {day}" if day else step
            for step, day in ModelCall.objects.filter(status="settled").values_list("step", "day")
        }
        before = len(models.asked)
    staff.hire(**surroundings)
    wait_for(lambda: durable.status(job.workflow_id) == "SUCCESS")

    after = Counter(_wanted(asked) for asked in models.asked[before:])
    assert not paid & set(after)
    # A lesson, its questions and their solution are three prompts, and have a row each.
    assert ModelCall.objects.filter(job=job, status="settled", day__isnull=False).count() <= 3 * DAYS
    assert Counter(_wanted(asked) for asked in models.asked)["outline"] == 1
    assert _over(job)
    assert job.status == "ready"
