"""The jobs there were: found again, held beside each other, their costs and their logs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from momentum.studio import actions
from momentum.studio.models import Job
from tests.factories import make_user
from tests.pages import main, titles, words
from tests.studio.scribe.writer import NAME, Scribe, lasting
from tests.studio.working import work

type Start = Callable[..., actions.Started]
JOBS = "/panel/studio/"


@pytest.fixture
def three(start: Start, scribe: Scribe, admin: Any) -> list[Job]:
    """One that is ready, one that another administrator started, and one that failed and was asked for otherwise."""
    ready = work(start().job)
    other = start(request={"topic": "Waves"}, actor=make_user(name="Bo", role="admin"), writer="test:b").job
    scribe.fails["lesson 2"] = [lasting()]
    failed = work(start(request={"topic": "Tides", "days": 2, "audience": "Sailors"}).job)
    return [ready, other, failed]


def _numbers(page: Any) -> list[int]:
    return [int(words(row).split("No. ")[1]) for row in main(page).select("tbody th")]


def test_jobs_are_found_by_writer_person_day_and_sorted_by_cost(as_admin: Client, three: list[Job]) -> None:
    ready, other, failed = (job.number for job in three)
    assert _numbers(as_admin.get(JOBS)) == [failed, other, ready]

    assert _numbers(as_admin.get(JOBS, {"writer": "test:b"})) == [other]
    assert _numbers(as_admin.get(JOBS, {"actor": str(three[1].actor_id)})) == [other]
    assert _numbers(as_admin.get(JOBS, {"until": "2020-01-01"})) == []
    assert _numbers(as_admin.get(JOBS, {"status": "failed", "q": "tides"})) == [failed]
    assert _numbers(as_admin.get(JOBS, {"sort": "-cost"})) == [ready, failed, other]


def test_two_jobs_are_held_beside_each_other(
    as_admin: Client, three: list[Job], django_assert_num_queries: Any
) -> None:
    ready, _other, failed = three
    chosen = {"action": "compare", "selected": [str(failed.pk), str(ready.pk)]}

    page = as_admin.post(JOBS, chosen, follow=True)

    assert page.redirect_chain == [(f"/panel/studio/comparison/?job={ready.pk}&job={failed.pk}", 302)]
    rows = {
        words(row.select_one("th")): [words(cell) for cell in row.select("td")]
        for row in main(page).select("tbody tr")
    }
    assert rows["Status differs"] == ["Ready for review", "Failed"]
    assert rows["Sentences with a source differs"] == ["6 of 12", "2 of 4"]
    assert rows["Cost differs"] == ["$0.0050", "$0.0030"]
    assert rows["Audience differs"] == ["–", "Sailors"]
    assert rows["Writer"] == [NAME, NAME]
    assert rows["Day 3"][1] == "–"


def test_one_job_is_compared_with_nothing(as_admin: Client, three: list[Job]) -> None:
    said = as_admin.post(JOBS, {"action": "compare", "selected": [str(three[0].pk)]})
    assert said.status_code == 422
    assert "Select two jobs to compare." in said.text

    assert (
        as_admin.get("/panel/studio/comparison/", {"job": ["nonsense", str(three[0].pk)]}).status_code == 404
    )


def test_a_job_says_what_each_step_cost_and_gives_its_whole_log(as_admin: Client, three: list[Job]) -> None:
    failed = three[2]

    page = as_admin.get(f"{JOBS}{failed.pk}/")
    log = as_admin.get(f"{JOBS}{failed.pk}/log/")

    costs = [
        [words(cell) for cell in row.select("th, td")]
        for row in main(page).select("[aria-labelledby=cost] tr")
    ]
    assert costs[1:] == [
        ["Plan the course", "1", "120", "$0.0010"],
        ["Outline each lesson", "1", "120", "$0.0010"],
        ["Write the lessons", "2", "120", "$0.0010"],
        ["Total", "", "360", "$0.0030"],
    ]
    assert titles(page, "[aria-labelledby=log] a") == ["Download"]
    assert log["Content-Disposition"] == f'attachment; filename="job-{failed.number}.log"'
    assert f"ERROR Day 2 couldn’t be written: {failed.lessons.get(day=2).error}\n" in log.text
    assert log.text.count("\n") == failed.log.count()
