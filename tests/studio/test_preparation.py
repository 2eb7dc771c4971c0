"""Before a course is begun: its documents as they were read, what it may cost; and changing it, also when it failed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from momentum.core.errors import ConflictError, ForbiddenError, InvalidError
from momentum.providers.writer import get_writer
from momentum.studio import actions
from momentum.studio.actions import writers
from momentum.studio.actions.tidy import remove_abandoned
from momentum.studio.models import Job, ModelCall, Reference
from momentum.studio.site_settings import GenerationSettings
from tests.mailing import mailbox
from tests.pages import fields, main, titles, words
from tests.providers.pdfs import encrypted, handbook, short
from tests.studio.scribe.writer import NAME, PRICE, Scribe, lasting
from tests.studio.working import work

type Start = Callable[..., actions.Started]
START = "/panel/studio/start/"


def _pdf(data: bytes, name: str = "guide.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


@pytest.fixture
def prepared(start: Start, scribe: Scribe) -> Job:
    """A course whose one document was read, and that nobody has begun."""
    return work(start(references=[ContentFile(handbook(), name="guide.pdf")], look_first=True).job)


def _asked(job: Job, **changes: Any) -> dict[str, Any]:
    values = {"days": job.days, "category": str(job.category_id), "level": job.level, "topic": job.topic}
    return values | {"title": job.title, "writer": job.writer, "language": "", "free_preview": "on"} | changes


def test_documents_are_shown_as_they_were_read_before_anything_is_written(
    as_admin: Client, shelf: Any, scribe: Scribe, django_capture_on_commit_callbacks: Any
) -> None:
    asked = {
        "days": "3",
        "category": str(shelf.pk),
        "level": "beginner",
        "writer": "extractive",
        "decision": "look",
    }
    posted = as_admin.post(START, asked | {"references": [_pdf(handbook()), _pdf(encrypted(), "secret.pdf")]})
    job = Job.objects.get()
    assert posted.headers["Location"] == f"/panel/studio/{job.pk}/"
    assert (job.status, job.asked_at) == ("queued", None)

    assert work(job).status == "prepared"
    page = as_admin.get(f"/panel/studio/{job.pk}/", follow=True)

    assert page.redirect_chain == [(f"/panel/studio/{job.pk}/preparation/", 302)]
    assert scribe.calls == []
    documents = [words(one) for one in main(page).select("article.document")]
    assert "By itself it would give about" in documents[0]
    assert "secret.pdf is protected with a password or a copy lock." in documents[1]
    assert len(main(page).select("article.document img")) > 0
    assert "up to $0.0" in words(main(page).select_one(".tiles"))

    refused = as_admin.post(page.request["PATH_INFO"], _asked(job, decision="start"))
    assert refused.status_code == 422
    assert "Remove the file to go on without it." in refused.text

    secret = Reference.objects.get(title="secret.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        begun = as_admin.post(
            page.request["PATH_INFO"], _asked(job, decision="start", without=str(secret.pk))
        )
    assert begun.headers["Location"] == f"/panel/studio/{job.pk}/"
    assert work(job).status == "ready"
    assert job.references.count() == 1
    assert not default_storage.exists(str(secret.file.name))


def test_a_page_is_shown_as_a_picture_beside_its_text_to_administrators_alone(
    as_admin: Client, as_learner: Client, prepared: Job
) -> None:
    reference = prepared.references.get()
    path = f"/panel/studio/references/{reference.pk}/"

    page = as_admin.get(path)
    picture = as_admin.get(f"{path}pages/1/small/")
    again = as_admin.get(f"{path}pages/1/small/")

    assert titles(page, "h2")[:2] == ["Page 1", "Page 2"]
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["Cache-Control"].startswith("private, no-cache")
    assert b"".join(picture).startswith(b"\xff\xd8\xff")
    assert again.headers["ETag"] == picture.headers["ETag"]
    for wrong in ("pages/0/small/", "pages/999/small/", "pages/1/huge/"):
        assert as_admin.get(path + wrong).status_code == 404
    assert as_learner.get(f"{path}pages/1/small/").status_code == 403


def test_what_may_cost_more_than_the_threshold_is_begun_only_once_the_amount_is_approved(
    as_admin: Client, prepared: Job, site_settings: Any
) -> None:
    site_settings(GenerationSettings, approval_above_usd=0)
    path = f"/panel/studio/{prepared.pk}/preparation/"
    upper = 2 * PRICE * 5  # an outline, briefs and three lessons

    page = as_admin.get(path)
    assert "I approve up to $0.01 for this course." in words(main(page))
    refused = as_admin.post(path, _asked(prepared, decision="start", approved_micros=upper))
    assert refused.status_code == 422
    less = as_admin.post(path, _asked(prepared, decision="start", approved="on", approved_micros=upper - 1))
    assert less.status_code == 422
    assert Job.objects.get().status == "prepared"

    begun = as_admin.post(path, _asked(prepared, decision="start", approved="on", approved_micros=upper))

    assert begun.status_code == 302
    job = work(prepared)
    assert (job.status, job.approved_micros) == ("ready", upper)


def test_a_table_of_contents_is_shown_as_one_on_its_page(as_admin: Client, prepared: Job) -> None:
    reference = prepared.references.get()
    document = reference.text.document
    document["pages"][0]["text"] = (
        "Contents\n\nForeword . . . . . . ix\n1. Bees ........ 1 2. Hives. . . . . 12\n\nWait .... what"
    )
    reference.text.save()

    page = main(as_admin.get(f"/panel/studio/references/{reference.pk}/"))

    first = page.select_one(".leaf__text")
    assert first is not None
    entries = [words(entry) for entry in first.select(".contents__entry")]
    assert entries == ["Foreword ix", "1. Bees 1", "2. Hives 12"]
    assert [words(one) for one in first.select("p")] == ["Contents", "Wait .... what"]


def test_days_that_are_left_open_are_as_many_as_the_documents_make_and_more_than_they_carry_are_refused(
    as_admin: Client, start: Start, shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "writer_named", lambda name: get_writer("extractive"))
    sent = {"references": _pdf(handbook()), "days": "", "category": str(shelf.pk), "level": "beginner"}
    answer = as_admin.post(START, {**sent, "writer": "extractive", "decision": "look"})
    assert answer.status_code == 302

    job = work(Job.objects.get())
    assert (job.status, job.days_open, job.days) == ("prepared", False, job.references.get().days)
    assert job.days > 0
    path = f"/panel/studio/{job.pk}/preparation/"
    refused = as_admin.post(path, _asked(job, days=60, decision="start"))

    assert refused.status_code == 422
    assert "Ask for fewer days or add a document." in words(main(refused))
    job.refresh_from_db()
    assert (job.status, job.asked_at) == ("prepared", None)
    assert (
        as_admin.post(path, _asked(job, days=job.references.get().days, decision="start")).status_code == 302
    )


def test_the_approved_amount_is_a_cap_while_the_course_is_written(
    as_admin: Client, prepared: Job, scribe: Scribe, site_settings: Any
) -> None:
    site_settings(GenerationSettings, approval_above_usd=0)
    path = f"/panel/studio/{prepared.pk}/preparation/"
    upper = 2 * PRICE * 5
    # Answers that aren't of use at once cost more than was estimated.
    for day in (1, 2, 3):
        scribe.meanwhile[f"lesson {day}"] = lambda: None
        scribe.price = 3 * PRICE

    assert (
        as_admin.post(
            path, _asked(prepared, decision="start", approved="on", approved_micros=upper)
        ).status_code
        == 302
    )
    waiting = work(prepared)

    assert waiting.status == "prepared"
    spent = ModelCall.objects.filter(job=waiting).usd_micros()
    assert 0 < spent <= upper
    assert any("were approved for this course" in line.text for line in waiting.log.all())
    assert [mail.subject for mail in mailbox] == [f"Waiting for you: {waiting.shown_title}"]
    page = main(as_admin.get(path))
    assert "What is written so far is kept." in words(page)
    more = int(fields(page.select_one("form.stack"))["approved_micros"])
    assert more > upper

    written = waiting.lessons.filter(status="done").count()
    asked = _asked(waiting, decision="start", approved="on", approved_micros=10 * more)
    assert as_admin.post(path, asked).status_code == 302
    assert work(waiting).status == "ready"
    assert written >= 1


def test_a_course_that_was_begun_at_once_waits_where_it_turns_out_expensive(
    start: Start, scribe: Scribe, admin: Any, site_settings: Any
) -> None:
    site_settings(GenerationSettings, approval_above_usd=0)
    job = work(start().job)
    assert (job.status, scribe.calls) == ("prepared", [])
    assert [mail.subject for mail in mailbox] == ["Waiting for you: Tides"]

    begun = actions.begin_writing(actor=admin, job=job, approved_micros=1_000_000)

    assert work(begun).status == "ready"


def test_looking_counts_against_no_limit_and_beginning_does_and_nothing_typed_is_lost(
    as_admin: Client, start: Start, scribe: Scribe, shelf: Any, site_settings: Any
) -> None:
    site_settings(GenerationSettings, courses_per_day=1)
    first = work(start(look_first=True).job)
    second = work(start(request={"topic": "Waves"}, look_first=True).job)
    path = "/panel/studio/{}/preparation/"

    assert as_admin.post(path.format(first.pk), _asked(first, decision="start")).status_code == 302
    refused = as_admin.post(path.format(second.pk), _asked(second, title="High waves", decision="start"))

    assert refused.status_code == 422
    assert "You’ve reached today’s limit of 1 started course." in refused.text
    assert fields(main(refused))["title"] == "High waves"
    second.refresh_from_db()
    assert second.status == "prepared"

    direct = {
        "days": "3",
        "category": str(shelf.pk),
        "level": "beginner",
        "writer": "extractive",
        "title": "Mine",
    }
    direct_refused = as_admin.post(START, direct | {"references": _pdf(short())})
    assert direct_refused.status_code == 422
    assert fields(main(direct_refused))["title"] == "Mine"


def test_a_failed_job_goes_on_with_another_writer_and_keeps_what_is_written(
    as_admin: Client, start: Start, scribe: Scribe, site_settings: Any
) -> None:
    site_settings(GenerationSettings, draft_writer="openai:other")
    scribe.fails["lesson 2"] = [lasting()]
    job = work(start().job)
    assert job.status == "failed"

    page = as_admin.get(f"/panel/studio/{job.pk}/preparation/")
    assert "Other days, documents" in page.text
    changed = as_admin.post(
        f"/panel/studio/{job.pk}/preparation/",
        _asked(job, writer="openai:other", title="Sea", decision="start"),
    )

    assert changed.headers["Location"] == f"/panel/studio/{job.pk}/"
    done = work(job)
    assert (done.status, done.writer, done.course and done.course.title) == ("ready", "openai:other", "Sea")
    assert [scribe.calls.count(f"lesson {day}") for day in (1, 2, 3)] == [1, 2, 1]
    assert scribe.calls.count("outline") == 1


def test_other_days_make_a_new_plan_and_documents_that_were_read_are_kept(
    start: Start, scribe: Scribe, admin: Any, shelf: Any
) -> None:
    scribe.fails["lesson 2"] = [lasting()]
    job = work(start(references=[ContentFile(handbook(), name="guide.pdf")]).job)
    read = job.references.get().updated_at

    actions.change_job(
        actor=admin,
        job=job,
        request=job.request().model_copy(update={"days": 2}),
        category=shelf,
        writer=NAME,
    )
    done = work(actions.resume_job(actor=admin, job=job))

    assert (done.status, done.days) == ("ready", 2)
    assert done.course is not None
    assert done.course.lessons.count() == 2
    assert scribe.calls.count("outline") == 2
    assert done.references.get().updated_at == read


def test_new_documents_of_a_prepared_course_are_read_before_it_is_begun(
    as_admin: Client, prepared: Job
) -> None:
    path = f"/panel/studio/{prepared.pk}/preparation/"
    sent = _asked(prepared, decision="start") | {"references": _pdf(short(), "more.pdf")}

    assert as_admin.post(path, sent).headers["Location"] == f"/panel/studio/{prepared.pk}/"

    job = work(prepared)
    assert job.status == "prepared"
    assert list(job.references.values_list("position", "title")) == [(0, "guide.pdf"), (1, "more.pdf")]
    assert all(job.references.values_list("pages", flat=True))


def test_what_is_under_way_or_over_is_changed_no_more_and_nobody_else_changes_anything(
    start: Start, scribe: Scribe, admin: Any, learner: Any, shelf: Any
) -> None:
    job = start().job
    asked = {"request": job.request(), "category": shelf, "writer": NAME}
    with pytest.raises(ConflictError):
        actions.change_job(actor=admin, job=job, **asked)
    ready = work(job)
    with pytest.raises(ConflictError):
        actions.change_job(actor=admin, job=ready, **asked)
    with pytest.raises(ConflictError):
        actions.begin_writing(actor=admin, job=ready)
    with pytest.raises(ForbiddenError):
        actions.change_job(actor=learner, job=job, **asked)
    with pytest.raises(ForbiddenError):
        actions.begin_writing(actor=learner, job=job)
    waiting = work(start(request={"topic": "Wind"}, look_first=True).job)
    with pytest.raises(InvalidError):
        actions.change_job(
            actor=admin,
            job=waiting,
            request=waiting.request().model_copy(update={"topic": ""}),
            category=shelf,
            writer=NAME,
        )


def test_what_nobody_comes_back_for_is_removed_with_its_files(
    prepared: Job, start: Start, django_capture_on_commit_callbacks: Any
) -> None:
    name = str(prepared.references.get().file.name)
    begun = start(request={"topic": "Waves"}).job
    assert remove_abandoned(timezone.now() + timedelta(days=13)) == 0

    with django_capture_on_commit_callbacks(execute=True):
        assert remove_abandoned(timezone.now() + timedelta(days=15)) == 1

    assert list(Job.objects.all()) == [begun]
    assert not default_storage.exists(name)
