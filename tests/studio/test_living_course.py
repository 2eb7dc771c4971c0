"""The living course: from a new version of its document to the mail that tells who read it before what changed."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from momentum.catalog.actions import edit_lesson
from momentum.catalog.models import Course, CourseUpdate, Lesson
from momentum.core.errors import ConflictError, ForbiddenError
from momentum.learning.actions.course_updates import tell_next
from momentum.notifications.models import Notification, Preferences
from momentum.providers.writer import get_writer
from momentum.studio import actions
from momentum.studio.actions import writers
from momentum.studio.actions.comparing import run_revision
from momentum.studio.models import Job, LessonChange, Reference, Revision
from tests.factories import make_enrolment, make_user
from tests.mailing import mailbox
from tests.pages import main, titles, words
from tests.studio import editions
from tests.studio.working import work

type Start = Callable[..., actions.Started]


@pytest.fixture
def job(start: Start, monkeypatch: pytest.MonkeyPatch, admin: Any) -> Job:
    """A published course of three days, written by the built-in writer."""
    monkeypatch.setattr(writers, "writer_named", lambda name: get_writer("extractive"))
    document = ContentFile(editions.first(), name="bees.md")
    done = work(start(references=[document], writer="extractive", request={"days": 3, "topic": ""}).job)
    assert done.course is not None, done.error
    for lesson in done.lessons.all():
        actions.note_reading(actor=admin, lesson=lesson, at=timezone.now(), longest=60)
    actions.approve_course(actor=admin, course=done.course, with_lessons=True)
    return done


def _put_in(client: Client, job: Job, data: bytes, name: str = "bees-2.md") -> Any:
    reference = job.references.get()
    file = SimpleUploadedFile(name, data)
    return client.post(f"/panel/studio/references/{reference.pk}/versions/", {"file": file})


def _compared(client: Client, job: Job, data: bytes) -> Revision:
    answer = _put_in(client, job, data)
    assert answer.status_code == 302, words(answer)
    revision = Revision.objects.latest("created_at")
    run_revision(str(revision.pk))
    revision.refresh_from_db()
    assert revision.status == "ready", revision.error
    return revision


def test_a_new_version_is_walked_from_its_upload_to_the_mail_that_tells_what_changed(
    as_admin: Client, job: Job, admin: Any
) -> None:
    course = Course.objects.get(generation_jobs=job)
    reader, beginner = make_user(name="Rea"), make_user(name="Ben")
    make_enrolment(reader, course, done=3)
    make_enrolment(beginner, course)
    # Mail is sent at whatever hour the test runs.
    Preferences.objects.update_or_create(
        user=reader, defaults={"quiet_from": time(0), "quiet_until": time(0)}
    )
    mailbox.clear()

    revision = _compared(as_admin, job, editions.second())
    page = as_admin.get(f"/panel/studio/revisions/{revision.pk}/")

    assert revision.changes.filter(kind="sentence", old__text=editions.NUMBER_BEFORE).count() == 1
    assert revision.changes.filter(kind="sentence", old__text=editions.LOST, new__isnull=True).count() == 1
    assert revision.changes.filter(kind="insertion", new__section__heading=editions.NEW_HEADING).count() == 1
    assert "Accepting a change takes the course back to draft." in words(main(page))
    mailed = [message for message in mailbox if "New version compared" in message.subject]
    assert [message.to for message in mailed] == [[admin.email]]

    for day in (1, 2, 3):
        path = f"/panel/studio/revisions/{revision.pk}/days/{day}/"
        chosen = [str(box["value"]) for box in main(as_admin.get(path)).select("input[name=change]")]
        if chosen:
            assert as_admin.post(path, {"change": chosen, "decision": "accept"}).status_code == 302
    course.refresh_from_db()
    texts = " ".join(course.lessons.values_list("content", flat=True))

    assert not revision.changes.filter(decision="open").exists()
    assert course.status == "draft"
    assert editions.NUMBER_AFTER in texts
    assert editions.NUMBER_BEFORE not in texts
    assert editions.LOST not in texts
    assert f"<h2>{editions.NEW_HEADING}</h2>" in texts
    # Who is in it still reads what was published.
    shown = "".join(_page(reader, course, day).text for day in (1, 2, 3))
    assert editions.NUMBER_BEFORE in shown
    assert not CourseUpdate.objects.exists()

    mailbox.clear()
    assert as_admin.post(f"/panel/studio/{job.pk}/publication/").status_code == 302
    update = CourseUpdate.objects.get()
    for _again in range(2):
        assert tell_next(update_id=update.pk, after=None) == reader.pk
    told = [message for message in mailbox if message.subject.startswith("Updated: ")]

    assert [message.to for message in told] == [[reader.email]]
    assert "passage changed" in told[0].body
    assert Notification.objects.filter(user=reader, kind="learning.course_updated").count() == 1
    assert not Notification.objects.filter(user=beginner, kind="learning.course_updated").exists()
    changed = [part.lesson for part in update.lessons.all()]
    for lesson in changed:
        assert "Updated on" in words(main(_page(reader, course, lesson.day)))
        assert "Updated on" not in words(main(_page(beginner, course, lesson.day)))
    # Published again without a change, nobody is told again.
    actions_twice = as_admin.post(f"/panel/courses/{course.pk}/status/", {"state": "draft"})
    assert actions_twice.status_code == 302
    as_admin.post(f"/panel/studio/{job.pk}/publication/")
    assert CourseUpdate.objects.count() == 1


def _page(user: Any, course: Course, day: int) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(f"/courses/{course.slug}/lessons/{day}/")


def test_files_that_are_no_new_version_are_refused_in_words(
    as_admin: Client, as_learner: Client, job: Job, start: Start
) -> None:
    same = _put_in(as_admin, job, editions.first())
    empty = _put_in(as_admin, job, b"")
    image = _put_in(as_admin, job, b"\x89PNG\r\n\x1a\n" + b"0" * 100, "bees.png")

    assert same.status_code == 422
    assert "This is the file that is there already, so nothing has changed." in words(main(same))
    assert empty.status_code == 422
    assert "is empty" in words(main(empty))
    assert image.status_code == 422
    assert _put_in(as_learner, job, editions.second()).status_code == 403
    assert Reference.everything.filter(job=job).count() == 1

    revision = _compared(as_admin, job, editions.second())
    before = _put_in(as_admin, job, editions.first())
    assert "This file was uploaded before, as version 1." in words(main(before))
    versions = as_admin.get(f"/panel/studio/references/{revision.reference_id}/")
    assert titles(versions, "#versions ~ * tbody th, table tbody th")[:2] == ["2", "1"]
    assert as_admin.get(f"/panel/studio/references/{revision.replaces_id}/").status_code == 200


def test_a_file_that_cannot_be_read_leaves_the_version_before_and_gives_way_to_the_next(
    as_admin: Client, job: Job
) -> None:
    old = job.references.get()
    assert _put_in(as_admin, job, b"%PDF-1.7\nbroken", "bees.pdf").status_code == 302
    revision = Revision.objects.get()
    waiting = _put_in(as_admin, job, editions.second())
    run_revision(str(revision.pk))

    page = as_admin.get(f"/panel/studio/revisions/{revision.pk}/")
    revision.refresh_from_db()

    assert "is being read" in words(main(waiting))
    assert revision.status == "failed"
    assert revision.error in words(main(page))
    assert job.references.get() == old
    assert _compared(as_admin, job, editions.second()).reference.version == 2
    assert Reference.everything.filter(job=job).count() == 2


def test_what_was_edited_by_hand_is_kept_and_the_rest_goes_in(as_admin: Client, job: Job, admin: Any) -> None:
    revision = _compared(as_admin, job, editions.second())
    change = revision.changes.get(kind="sentence", old__text=editions.NUMBER_BEFORE)
    lesson = Lesson.objects.get(written_by_job=change.job_lesson)
    by_hand = lesson.content.replace(editions.NUMBER_BEFORE, "A forager lives for six weeks, as we all know.")
    edit_lesson(actor=admin, lesson=lesson, content=by_hand)
    path = f"/panel/studio/revisions/{revision.pk}/days/{change.job_lesson.day}/"

    page = as_admin.get(path)
    refused = as_admin.post(path, {"change": [str(change.pk)], "decision": "accept"})

    assert "This place was edited by hand since" in words(main(page))
    assert refused.status_code == 409
    assert "This was edited by hand" in refused.text
    lesson.refresh_from_db()
    assert lesson.content == by_hand
    every = revision.changes.filter(job_lesson=change.job_lesson)
    as_admin.post(path, {"change": [str(one.pk) for one in every], "decision": "accept"})
    lesson.refresh_from_db()
    assert "as we all know" in lesson.content
    assert [one.pk for one in every.filter(decision="open")] == [change.pk]


def test_what_was_declined_stays_and_is_not_proposed_again(as_admin: Client, job: Job) -> None:
    first = _compared(as_admin, job, editions.second())
    change = first.changes.get(kind="sentence", old__text=editions.NUMBER_BEFORE)
    path = f"/panel/studio/revisions/{first.pk}/days/{change.job_lesson.day}/"
    content = Lesson.objects.get(written_by_job=change.job_lesson).content

    as_admin.post(path, {"change": [str(change.pk)], "decision": "decline"})
    third = _compared(
        as_admin, job, editions.second() + b"\n\nA last word on bees, which are worth the trouble.\n"
    )

    assert Lesson.objects.get(written_by_job=change.job_lesson).content == content
    assert LessonChange.objects.get(pk=change.pk).decision == "declined"
    assert not third.changes.filter(kind="sentence", old__text=editions.NUMBER_BEFORE).exists()
    assert third.changes.filter(kind="sentence", old__text=editions.LOST).exists()
    assert not first.changes.filter(decision="open").exists()
    superseded = first.changes.filter(decision="superseded").first()
    assert superseded is not None
    late = as_admin.post(
        f"/panel/studio/revisions/{first.pk}/days/{superseded.job_lesson.day}/",
        {"change": [str(superseded.pk)], "decision": "accept"},
    )
    assert late.status_code == 409


def test_accepting_twice_changes_a_lesson_once_and_others_may_not(
    as_admin: Client, as_learner: Client, job: Job, admin: Any, learner: Any
) -> None:
    revision = _compared(as_admin, job, editions.second())
    change = revision.changes.get(kind="sentence", old__text=editions.NUMBER_BEFORE)
    told = {"revision": revision, "lesson": change.job_lesson, "changes": [change.pk]}

    with pytest.raises(ForbiddenError):
        actions.accept_changes(actor=learner, **told)
    assert as_learner.get(f"/panel/studio/revisions/{revision.pk}/").status_code == 403
    first = actions.accept_changes(actor=admin, **told)
    version = Lesson.objects.get(written_by_job=change.job_lesson).version
    second = actions.accept_changes(actor=admin, **told)

    assert ([one.pk for one in first.done], second.done) == ([change.pk], [])
    assert Lesson.objects.get(written_by_job=change.job_lesson).version == version
    with pytest.raises(ConflictError):
        actions.decline_changes(actor=admin, **told)


def test_a_version_that_says_the_same_proposes_nothing(as_admin: Client, job: Job) -> None:
    revision = _compared(as_admin, job, editions.first().replace(b"\n\n", b"\n\n\n"))

    assert not revision.changes.exclude(kind="places").exists()
    assert {row["lost"] + row["changed"] for row in revision.lessons} == {0}
