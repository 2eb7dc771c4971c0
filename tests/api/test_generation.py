"""The studio's endpoints under /api, and how the API says no."""

import json
import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from momentum.catalog.models import Category
from momentum.studio.models import Job, Proposal
from momentum.studio.site_settings import GenerationSettings
from tests.factories import make_course
from tests.providers.pdfs import short

START = "/api/ai-generation/start-generation"
PDF = short()
SNAPSHOT = Path(__file__).parents[1] / "snapshots" / "openapi.json"


@pytest.fixture(autouse=True)
def _shelf(db: None) -> None:
    Category.objects.get_or_create(slug="tides", defaults={"name": "Tides"})


def _asked(**changes: Any) -> dict[str, Any]:
    pdf = SimpleUploadedFile("guide.pdf", PDF, content_type="application/pdf")
    return {"category": "tides", "days": 3, "references": [pdf], **changes}


def _problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["request_id"] == response["X-Request-ID"]
    assert {"type", "title", "detail", "code"} <= set(body)
    return body


def test_an_administrator_starts_a_course_and_follows_it(as_admin: Any) -> None:
    response = as_admin.post(START, _asked(title="Bees"))

    assert response.status_code == 202
    body = response.json()
    job = Job.objects.get()
    assert body == {
        "job_id": str(job.id),
        "number": 1,
        "status": "queued",
        "outcome": "started",
        "warnings": [],
    }
    assert response["Location"] == f"/api/ai-generation/status/{job.id}"
    status = as_admin.get(response["Location"]).json()
    assert (status["title"], status["status"], status["usd_micros"]) == ("Bees", "queued", 0)
    assert [step["status"] for step in status["steps"]] == ["waiting"] * 8
    assert as_admin.post(START, _asked(title="Bees")).json()["outcome"] == "joined"


def test_a_course_without_references_can_be_asked_for_in_json(as_admin: Any, site_settings: Any) -> None:
    site_settings(GenerationSettings, writer="openai:gpt-4.1-mini")
    asked = {"category": "tides", "days": 3, "topic": "Tides", "again": True}

    response = as_admin.post(START, asked, content_type="application/json")

    assert response.status_code == 202
    assert Job.objects.get().days == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ("[1]", 400), ('{"days": 3}', 422), ('{"category": "tides", "days": "many"}', 422)],
)
def test_json_that_makes_no_sense_is_refused(as_admin: Any, body: str, status: int) -> None:
    response = as_admin.post(START, body, content_type="application/json")

    said = _problem(response, status)
    assert status == 400 or set(said["fields"]) <= {"category", "days"}
    assert not Job.objects.exists()


def test_visitors_and_learners_are_refused(client: Any, as_learner: Any) -> None:
    assert _problem(client.post(START, _asked()), 401)["code"] == "sign_in_required"
    assert _problem(as_learner.post(START, _asked()), 403)["code"] == "forbidden"
    assert _problem(as_learner.get(f"/api/ai-generation/status/{uuid.uuid4()}"), 403)["code"] == "forbidden"

    assert not Job.objects.exists()


def test_a_post_without_the_token_is_refused_and_with_it_is_not(strict: Any) -> None:
    assert _problem(strict.post(START, _asked()), 403)["code"] == "csrf"
    assert not Job.objects.exists()

    token = "a" * 32
    strict.cookies["momentum_csrf"] = token
    response = strict.post(START, _asked(), headers={"X-CSRFToken": token})

    assert response.status_code == 202


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days": 61}, "days"),
        ({"days": "many"}, "days"),
        ({"category": "nowhere"}, "category"),
        ({"references": []}, "references"),
        ({"level": "expert"}, "level"),
    ],
)
def test_what_is_wrong_is_said_field_by_field(as_admin: Any, changes: dict[str, Any], field: str) -> None:
    body = _problem(as_admin.post(START, _asked(**changes)), 422)

    assert body["code"] == "invalid"
    assert list(body["fields"]) == [field]
    assert not Job.objects.exists()


def test_a_limit_says_when_to_come_back(as_admin: Any, site_settings: Any) -> None:
    site_settings(GenerationSettings, courses_per_day=0)

    response = as_admin.post(START, _asked())

    assert _problem(response, 429)["code"] == "generations_per_day"
    assert 0 < int(response["Retry-After"]) <= 86_401


@pytest.mark.parametrize(
    "address",
    [
        "/api/ai-generation/status/0198f000-0000-7000-8000-000000000000",
        "/api/nowhere",
        "/api/",
        "/api/ai-generation/status/x",
    ],
)
def test_what_is_not_there_is_a_problem_too(as_admin: Any, address: str) -> None:
    assert _problem(as_admin.get(address), 404)["code"] == "not_found"


def test_only_what_the_studio_wrote_is_written_again(as_admin: Any) -> None:
    lesson = make_course(days=1).lessons.get()
    asked = {"lesson_id": str(lesson.id), "note": "Shorter"}

    response = as_admin.post("/api/ai-generation/regenerate-lesson", asked, content_type="application/json")

    _problem(response, 404)
    assert not Proposal.objects.exists()


def test_a_body_that_is_no_json_is_refused(as_admin: Any) -> None:
    response = as_admin.post("/api/ai-generation/regenerate-lesson", "{", content_type="application/json")

    assert _problem(response, 400)["code"] == "bad_request"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\0", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=\0"),
        (b"days=3&" * 2_000, "application/x-www-form-urlencoded"),
    ],
)
def test_a_form_that_is_none_is_refused(as_admin: Any, body: bytes, kind: str) -> None:
    said = _problem(as_admin.post(START, body, content_type=kind), 400)

    assert (said["code"], said["detail"]) == ("bad_request", "This request can’t be read.")
    assert Job.objects.count() == 0


def test_a_fault_of_ours_is_a_problem_without_its_innards(
    as_admin: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fall(*_args: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("momentum.studio.queries.jobs.progress", fall)

    body = _problem(as_admin.get(f"/api/ai-generation/status/{uuid.uuid4()}"), 500)

    assert body["code"] == "internal"
    assert "secret" not in json.dumps(body)
    assert "An operation of the API failed" in caplog.text


def test_the_description_of_the_api_is_the_one_that_was_agreed(client: Client) -> None:
    described = client.get("/api/openapi.json").json()

    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(json.dumps(described, indent=2, sort_keys=True) + "\n")
    # A change is meant? Run this test with UPDATE_SNAPSHOTS=1 and commit the file.
    assert described == json.loads(SNAPSHOT.read_text())
