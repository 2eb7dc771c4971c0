"""What courses may cost: the budget of a month, the courses of a day, and stopping in the middle of a call."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from momentum.core.errors import LimitError
from momentum.notifications.models import Notification
from momentum.studio import actions
from momentum.studio.actions import model_calls
from momentum.studio.models import Job, JobLesson, ModelCall
from momentum.studio.queries import budget
from momentum.studio.site_settings import GenerationSettings
from tests.factories import make_user
from tests.mailing import mailbox
from tests.studio.scribe.writer import PRICE, Scribe
from tests.studio.working import work

type Start = Callable[..., actions.Started]


def test_cancelling_stops_a_lesson_between_two_requests_and_keeps_what_was_written(
    start: Start, scribe: Scribe, admin: Any
) -> None:
    job = start().job
    scribe.meanwhile["lesson 2"] = lambda: actions.cancel_job(actor=admin, job=job)

    stopped = work(job)

    assert stopped.status == "cancelled"
    assert list(stopped.lessons.values_list("day", "status")) == [
        (1, "done"),
        (2, "waiting"),
        (3, "waiting"),
    ]
    assert stopped.steps.get(name="lessons").status == "waiting"
    assert "lesson 3" not in scribe.calls
    assert ModelCall.objects.get(day=2).usd_micros == PRICE

    del scribe.meanwhile["lesson 2"]
    assert work(actions.resume_job(actor=admin, job=job)).status == "ready"
    assert scribe.calls.count("lesson 1") == 1
    assert ModelCall.objects.usd_micros() == 6 * PRICE


def test_a_plan_that_is_cancelled_while_it_is_made_is_not_a_failure(
    start: Start, scribe: Scribe, admin: Any
) -> None:
    job = start().job
    scribe.meanwhile["outline"] = lambda: actions.cancel_job(actor=admin, job=job)

    stopped = work(job)

    assert (stopped.status, stopped.error, stopped.outline) == ("cancelled", "", None)
    assert [(step.name, step.status) for step in stopped.steps.all()][:3] == [
        ("validate", "done"),
        ("references", "skipped"),
        ("outline", "waiting"),
    ]


def test_a_further_request_of_a_call_is_paid_from_the_budget_first(
    start: Start, scribe: Scribe, site_settings: Any
) -> None:
    site_settings(GenerationSettings, monthly_budget_usd=1)
    job = start().job
    # Room for the first request of a lesson, and for no second.
    ModelCall.objects.create(job=job, step="x", key="x", model="m", reserved_micros=1_000_000 - 5 * PRICE)
    scribe.meanwhile["lesson 1"] = lambda: None

    stopped = work(job)

    assert stopped.status == "failed"
    assert stopped.lessons.get(day=1).error.startswith("This month’s budget of $1")
    assert budget.month().spent_micros <= 1_000_000


def test_administrators_are_warned_once_at_each_threshold_by_mail_and_in_the_panel(
    start: Start, scribe: Scribe, site_settings: Any, admin: Any, as_admin: Client
) -> None:
    second = make_user(name="Bo", role="admin")
    site_settings(GenerationSettings, monthly_budget_usd=1, budget_warnings="90, 50")
    job = start().job
    ModelCall.objects.create(job=job, step="x", key="x", model="m", reserved_micros=498_000)

    work(job)

    told = Notification.objects.filter(kind="studio.budget")
    assert sorted(told.values_list("user", "cause")) == sorted(
        (one.pk, f"{datetime.now(UTC):%Y-%m}/50/1000000") for one in (admin, second)
    )
    warned = [mail for mail in mailbox if mail.subject == "50% of the generation budget is used"]
    assert sorted(mail.to[0] for mail in warned) == sorted([admin.email, second.email])
    assert "$0.50" in warned[0].body
    assert "budget used" in as_admin.get("/panel/studio/").content.decode()

    call = model_calls.reserve(model_calls.Place(job, "more"), attempt=1, model="m", micros=400_000)
    model_calls.settle(call, [])
    assert told.count() == 2  # nothing was spent in the end
    ModelCall.objects.filter(pk=call.pk).update(usd_micros=400_000)
    model_calls.settle(
        model_calls.reserve(model_calls.Place(job, "last"), attempt=1, model="m", micros=0), []
    )
    assert told.filter(cause__contains="/90/").count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_a_hundred_calls_at_once_never_pass_the_budget(start: Start, site_settings: Any) -> None:
    site_settings(GenerationSettings, monthly_budget_usd=1)
    job = start().job
    gate = threading.Barrier(20)

    def reserve(number: int) -> bool:
        gate.wait()
        try:
            model_calls.reserve(model_calls.Place(job, f"s{number}"), attempt=1, model="m", micros=30_000)
        except LimitError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(reserve, range(100)))

    assert sum(made) == 33
    assert budget.month().spent_micros == 990_000


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_a_hundred_starts_at_once_never_pass_the_courses_of_a_day(
    admin: Any, shelf: Any, site_settings: Any
) -> None:
    site_settings(GenerationSettings, courses_per_day=7, writer="openai:m")
    door = Client()
    door.force_login(admin)
    gate = threading.Barrier(20)

    def begin(number: int) -> int:
        client = Client()
        client.cookies = door.cookies.copy()  # type: ignore[assignment]
        asked = {"topic": f"Tides {number}", "days": 1, "category": shelf.slug}
        gate.wait()
        try:
            answer = client.post("/api/ai-generation/start-generation", asked, "application/json")
        finally:
            connection.close()
        return answer.status_code

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(begin, range(100)))

    assert sorted(set(answers)) == [202, 429]
    assert answers.count(202) == Job.objects.count() == 7
    assert sorted(Job.objects.values_list("number", flat=True)) == list(range(1, 8))
    assert not JobLesson.objects.exists()
