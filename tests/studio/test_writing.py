"""What a worker does with a job: results, costs, failures, going on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from momentum.core.errors import ConflictError, ForbiddenError
from momentum.events.models import Event
from momentum.mail.models import Email
from momentum.notifications.models import Delivery
from momentum.providers.documents import Document, Page, Reading
from momentum.providers.writer import get_writer
from momentum.studio import actions
from momentum.studio.actions import model_calls, reading, steps, writers
from momentum.studio.models import Job, JobLesson, ModelCall
from momentum.studio.queries import budget, jobs
from momentum.studio.site_settings import GenerationSettings
from tests.mailing import mailbox
from tests.providers.pdfs import encrypted, scanned, short
from tests.studio.scribe.writer import PRICE, Scribe, lasting, passing
from tests.studio.working import work

type Start = Callable[..., actions.Started]


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any, db: None) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    mailbox.clear()


def test_a_job_ends_with_a_draft_course_and_one_mail(start: Start, scribe: Scribe, admin: Any) -> None:
    job = work(start(request={"audience": "Sailors"}).job)

    assert (job.status, job.error) == ("ready", "")
    assert sorted(scribe.calls) == ["briefs", "lesson 1", "lesson 2", "lesson 3", "outline"]
    course = job.course
    assert course is not None
    assert (course.title, course.status, course.provenance, course.duration_days) == (
        "Tides",
        "draft",
        "ai",
        3,
    )
    assert course.description == "<p>About tides.</p><p>And the moon.</p>"
    lesson = course.lessons.get(day=2)
    assert lesson.status == "draft"
    assert lesson.content.replace(' rel="noopener"', "") == (
        "<h2>Why &amp; how</h2><p>The moon pulls the sea. So does the sun, a little."
        '<sup class="cite"><a href="#source-1">1</a></sup> Most people never notice. Let us look closer.</p>'
        '<ol><li>Find a tide table.</li><li>Read two rows.<sup class="cite"><a href="#source-2">2</a></sup></li></ol>'
    )
    assert [(source.number, source.page) for source in lesson.sources.all()] == [(1, 3), (2, 4)]
    assert lesson.questions.get().answer == [0]
    assert lesson.key_points == ["The moon pulls."]
    [letter] = mailbox
    assert f"/panel/studio/{job.id}/" in letter.body
    assert letter.to == [admin.email]
    assert letter.subject == "Your course is ready to review: Tides"
    assert Event.objects.filter(name="generation.finished", subject_id=job.id).count() == 1
    assert all(step.status in {"done", "skipped"} for step in job.steps.all())


def test_doing_it_all_again_calls_nobody_and_saves_nothing_twice(start: Start, scribe: Scribe) -> None:
    job = work(start().job)
    calls, rows = list(scribe.calls), ModelCall.objects.count()
    job.steps.update(status="waiting", finished_at=None)
    Job.objects.update(status="running")

    # Only the results in our tables are left to know by; outline and briefs would be written anew.
    job.steps.filter(name__in=["outline", "briefs"]).update(status="done", finished_at=job.finished_at)
    again = work(job)

    assert again.status == "ready"
    assert scribe.calls == calls
    assert ModelCall.objects.count() == rows
    assert again.course == job.course
    assert len(mailbox) == 1


def test_the_ledger_adds_up(start: Start, scribe: Scribe) -> None:
    job = work(start().job)

    calls = ModelCall.objects.filter(job=job)
    assert calls.count() == 5
    assert {call.status for call in calls} == {"settled"}
    assert calls.usd_micros() == 5 * PRICE
    assert budget.month().spent_micros == 5 * PRICE
    now = jobs.progress(job.id)
    assert now.spent_micros == 5 * PRICE
    assert now.tokens == 5 * 120
    assert now.per_day == {1: PRICE, 2: PRICE, 3: PRICE}
    one = calls.get(step="lessons", day=2)
    assert (one.requests, one.request_ids, one.prompt_version) == (1, ["r-1"], "p@1")
    assert one.price_version.startswith("genai-prices ")


def test_a_passing_fault_is_tried_again_and_a_lasting_one_fails_that_lesson_alone(
    start: Start, scribe: Scribe
) -> None:
    scribe.fails = {"lesson 1": [passing(), passing()], "lesson 2": [lasting()]}

    job = work(start().job)

    assert (job.status, job.error_code, job.error) == ("failed", "lessons_failed", "Not written: day 2.")
    assert [lesson.status for lesson in job.lessons.all()] == ["done", "failed", "done"]
    assert scribe.calls.count("lesson 1") == 3
    assert scribe.calls.count("lesson 2") == 1
    assert job.lessons.get(day=2).error == "The model won't write this."
    assert ModelCall.objects.get(day=2).usd_micros == 7
    assert job.course is None
    assert [mail.subject for mail in mailbox] == ["Your course couldn’t be finished: Tides"]
    assert Event.objects.filter(name="generation.failed", subject_id=job.id).count() == 1


def test_how_long_to_wait_is_what_the_provider_asks_for_and_grows(start: Start, scribe: Scribe) -> None:
    job = start().job
    for name in ("validate", "references"):
        steps.run_step(str(job.id), 1, name, 0)
    scribe.fails = {"outline": [passing(), passing(30), passing(9999)]}

    waits = [steps.run_step(str(job.id), 1, "outline", turn) for turn in range(3)]

    assert waits == [1.0, 30, 300.0]


def test_a_failed_job_goes_on_with_only_what_is_missing(start: Start, scribe: Scribe, admin: Any) -> None:
    scribe.fails = {"lesson 2": [lasting()]}
    job = work(start().job)
    scribe.calls.clear()

    resumed = work(actions.resume_job(actor=admin, job=job))

    assert scribe.calls == ["lesson 2"]
    assert (resumed.status, resumed.attempt, resumed.error) == ("ready", 2, "")
    assert ModelCall.objects.filter(day=2).count() == 2


def test_one_failed_lesson_can_be_retried_without_the_others(
    start: Start, scribe: Scribe, admin: Any
) -> None:
    scribe.fails = {"lesson 2": [lasting()], "lesson 3": [lasting()]}
    job = work(start().job)
    scribe.calls.clear()

    once = work(actions.retry_lesson(actor=admin, job=job, day=3))

    assert scribe.calls == ["lesson 3"]
    assert (once.status, once.error) == ("failed", "Not written: day 2.")
    with pytest.raises(ConflictError):
        actions.retry_lesson(actor=admin, job=once, day=3)
    assert work(actions.retry_lesson(actor=admin, job=once, day=2)).status == "ready"


def test_a_failed_lesson_has_a_button_of_its_own(start: Start, scribe: Scribe, as_admin: Client) -> None:
    scribe.fails = {"lesson 2": [lasting()], "lesson 3": [lasting()]}
    job = work(start().job)
    address = f"/panel/studio/{job.id}/days/3/resumption/"
    assert as_admin.get(f"/panel/studio/{job.id}/").content.count(b"Regenerate") == 4
    scribe.calls.clear()

    pressed = as_admin.post(address)
    pressed_again = as_admin.post(address)
    work(job)

    assert (pressed.status_code, pressed_again.status_code) == (302, 409)
    assert scribe.calls == ["lesson 3"]
    assert [lesson.status for lesson in job.lessons.all()] == ["done", "failed", "done"]


def test_a_cancelled_job_stops_before_its_next_step_and_can_go_on(
    start: Start, scribe: Scribe, admin: Any
) -> None:
    job = start().job
    for name in ("validate", "references", "outline"):
        assert steps.run_step(str(job.id), 1, name, 0) == "done"

    actions.cancel_job(actor=admin, job=job)
    cancelled = work(job)

    assert scribe.calls == ["outline"]
    assert cancelled.status == "cancelled"
    assert Event.objects.filter(name="generation.cancelled").count() == 1
    actions.cancel_job(actor=admin, job=job)
    assert Event.objects.filter(name="generation.cancelled").count() == 1

    assert work(actions.resume_job(actor=admin, job=job)).status == "ready"
    assert scribe.calls.count("outline") == 1
    with pytest.raises(ConflictError):
        actions.cancel_job(actor=admin, job=job)


def test_an_old_attempt_does_nothing_any_more(start: Start, scribe: Scribe, admin: Any) -> None:
    job = start().job
    actions.cancel_job(actor=admin, job=job)
    actions.resume_job(actor=admin, job=job)

    assert steps.run_step(str(job.id), 1, "validate", 0) == "stop"
    assert steps.run_step(str(job.id), 2, "validate", 0) == "done"


def test_a_call_that_a_dead_worker_left_counts_as_spent(start: Start, scribe: Scribe) -> None:
    job = start().job
    for name in ("validate", "references"):
        steps.run_step(str(job.id), 1, name, 0)
    left = model_calls.reserve(model_calls.Place(job, "outline"), attempt=0, model="m", micros=500)

    work(job)

    left.refresh_from_db()
    assert left.status == "unknown"
    assert budget.month().spent_micros == 500 + 5 * PRICE


def test_the_budget_stops_a_job_before_the_call_that_would_pass_it(
    start: Start, scribe: Scribe, site_settings: Any
) -> None:
    site_settings(GenerationSettings, monthly_budget_usd=1)
    job = start().job
    ModelCall.objects.create(job=job, step="x", key="x", model="m", reserved_micros=999_000)

    stopped = work(job)

    assert (stopped.status, stopped.error_code) == ("failed", "budget_used_up")
    assert scribe.calls == []


def test_passing_a_threshold_of_the_budget_is_said_once(
    start: Start, scribe: Scribe, site_settings: Any
) -> None:
    site_settings(GenerationSettings, monthly_budget_usd=1)
    job = start().job
    ModelCall.objects.create(job=job, step="x", key="x", model="m", reserved_micros=498_000)

    done = work(job)

    assert done.status == "ready"
    [warning] = done.log.filter(level="warning")
    assert warning.text == "50% of this month’s budget of $1 is spent."


def test_a_job_whose_owner_is_no_administrator_any_more_is_not_saved(
    start: Start, scribe: Scribe, admin: Any
) -> None:
    job = start().job
    admin.role = "free"
    admin.save()

    stopped = work(job)

    assert (stopped.status, stopped.error_code, stopped.course) == ("failed", "forbidden", None)


@pytest.mark.parametrize("action", [actions.cancel_job, actions.resume_job])
def test_a_learner_changes_no_job(start: Start, learner: Any, action: Callable[..., Job]) -> None:
    job = start().job

    with pytest.raises(ForbiddenError):
        action(actor=learner, job=job)

    job.refresh_from_db()
    assert (job.status, job.attempt) == ("queued", 1)


def test_a_result_is_rated_once_it_is_there(start: Start, scribe: Scribe, admin: Any) -> None:
    job = start().job
    with pytest.raises(ConflictError):
        actions.rate_job(actor=admin, job=job, rating=4)

    rated = actions.rate_job(actor=admin, job=work(job), rating=4, note="Good ")

    assert (rated.rating, rated.rating_note) == (4, "Good")


def test_progress_takes_the_same_queries_for_many_lessons(
    start: Start, scribe: Scribe, django_assert_num_queries: Any
) -> None:
    job = work(start(request={"days": 12}).job)

    with django_assert_num_queries(7):
        now = jobs.progress(job.id)

    assert (now.done, now.written, now.current) == (8, 12, None)
    assert now.log[0].text == "The course is ready for review."
    assert JobLesson.objects.count() == 12
    with django_assert_num_queries(1):
        assert jobs.jobs()[0].lessons_written == 12  # type: ignore[attr-defined]  # annotated


@pytest.mark.parametrize(("make", "code"), [(encrypted, "encrypted"), (scanned, "scanned")])
def test_a_document_that_cannot_be_read_stops_the_job_with_the_reason(
    start: Start, scribe: Scribe, make: Callable[[], bytes], code: str
) -> None:
    job = start(references=[ContentFile(make(), name="guide.pdf")]).job

    stopped = work(job)

    assert (stopped.status, stopped.error_code) == ("failed", code)
    assert stopped.error.startswith("guide.pdf ")
    assert stopped.steps.get(name="references").error == stopped.error
    assert scribe.calls == []


def test_what_was_read_is_kept_and_the_file_not_asked_for_again(start: Start, scribe: Scribe) -> None:
    job = work(start(references=[ContentFile(short(), name="guide.pdf")]).job)

    [reference] = job.references.all()
    assert (reference.pages or 0) > 0
    assert (reference.words or 0) > 50
    reference.file.delete(save=False)
    job.steps.filter(name="references").update(status="waiting", finished_at=None)
    Job.objects.update(status="running")
    work(job)
    assert job.steps.get(name="references").status == "done"


def test_a_mail_that_cannot_be_sent_does_not_fail_the_job(
    start: Start, scribe: Scribe, settings: Any
) -> None:
    settings.MAILERS = {"default": {"BACKEND": "tests.studio.scribe.mail.Unreachable"}}

    job = work(start().job)

    assert job.status == "ready"
    assert len(mailbox) == 0
    assert not Email.objects.exists()
    assert Delivery.objects.get().state == "waiting"


def test_a_course_is_saved_in_the_language_of_its_source_with_the_labels_it_prints(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "writer_named", lambda name: get_writer("extractive"))
    page = " ".join(
        f"Ein guter Teig ruht über Nacht im Keller des Hauses ({number})." for number in range(30)
    )
    document = Document(
        title="Brot", language="de", pages=[Page(number=1, label="xii", text=page)], words=330
    )
    monkeypatch.setattr(reading, "read", lambda data, **how: Reading(document=document))

    job = work(
        start(
            writer="extractive", references=[ContentFile(short(), name="brot.pdf")], request={"days": 1}
        ).job
    )

    assert (job.status, job.error, job.language) == ("ready", "", "de")
    assert job.course is not None
    assert job.course.language == "de"
    lesson = job.course.lessons.get()
    assert {(one.page, one.page_label, one.shown_page) for one in lesson.sources.all()} == {(1, "xii", "xii")}
    assert lesson.resources.get().title == "Brot, Seite xii"


def test_a_language_that_the_built_in_writer_does_not_know_stops_the_job_in_words(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "writer_named", lambda name: get_writer("extractive"))
    document = Document(
        title="빵", language="ko", pages=[Page(number=1, text="반죽을 쉬게 합니다. " * 90)], words=300
    )
    monkeypatch.setattr(reading, "read", lambda data, **how: Reading(document=document))

    job = work(start(writer="extractive", references=[ContentFile(short(), name="pan.pdf")]).job)

    assert (job.status, job.error_code, job.course) == ("failed", "language_unsupported", None)
    assert job.error.startswith("The built-in writer can't write in Korean yet")
