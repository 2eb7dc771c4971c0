"""Everything about me, as a file."""

import io
import json
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from momentum.catalog.models import ActionItem, Course, Edition, Lesson, Question
from momentum.core import durable
from momentum.core.errors import LimitError
from momentum.learning.models import Answer, Tick
from momentum.privacy.actions.export import write_export
from momentum.privacy.actions.requests import ask_export, forget_exports
from momentum.privacy.models import Export
from momentum.privacy.queries.registry import personal, tables
from tests.pages import link, words
from tests.privacy.traces import CANARY, leave_traces

PAGE = "/account/data/"
# Where `leave_traces` leaves some.
FILLED = {
    "accounts.User", "accounts.Session", "account.EmailAddress", "account.EmailConfirmation", "learning.Enrolment",
    "learning.Progress", "learning.Tick", "learning.Answer", "learning.IdempotencyKey", "learning.LearningDay",
    "learning.ReadingClock", "learning.Review", "learning.Certificate", "engagement.LearnerStats", "engagement.Award",
    "recommendation.Recommendation", "search.Search", "search.Click", "events.Event",
}  # fmt: skip


@pytest.fixture
def exported(lea: Any) -> zipfile.ZipFile:
    leave_traces("dimetrodon")
    write_export(user=lea, name="exports/lea.zip")
    with default_storage.open("exports/lea.zip") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def _table(archive: zipfile.ZipFile, label: str) -> Any:
    return json.loads(archive.read(f"data/{label.replace('.', '/').lower()}.json"))


def test_it_has_every_table_about_somebody(exported: Any) -> None:
    data = {name for name in exported.namelist() if name.startswith("data/")}

    assert data == {f"data/{label.replace('.', '/').lower()}.json" for label in personal()}
    assert {label for label in personal() if _table(exported, label)} >= FILLED


def test_each_row_has_what_the_registry_calls_mine(exported: Any) -> None:
    for label, table in personal().items():
        for row in _table(exported, label):
            assert set(row) == set(table.mine.split()), label


def test_it_says_what_somebody_wrote_and_did(exported: Any, lea: Any) -> None:
    (account,) = _table(exported, "accounts.User")
    (review,) = _table(exported, "learning.Review")

    assert (account["email"], account["bio"]) == (lea.email, f"I like the {CANARY}.")
    assert (review["course"]["name"], review["stars"]) == ("Tides", 4)
    assert [row["course"]["name"] for row in _table(exported, "learning.Enrolment")] == ["Tides", "Waves"]
    assert {row["name"] for row in _table(exported, "events.Event")} >= {"lesson.completed", "badge.earned"}
    assert _table(exported, "search.Search")[0]["text"] == f"where is the {CANARY}"


def test_it_names_questions_and_things_to_do_by_their_text(lea: Any) -> None:
    item, question = Tick.objects.get().action_item, Answer.objects.get().question
    Question.objects.filter(pk=question.pk).update(updated_at=timezone.now())

    write_export(user=lea, name="exports/lea.zip")

    with default_storage.open("exports/lea.zip") as file, zipfile.ZipFile(file) as archive:
        (ticked,), (answered,) = _table(archive, "learning.Tick"), _table(archive, "learning.Answer")
    assert ticked["action_item"] == {"id": str(item.pk), "name": item.text, "lesson": str(item.lesson)}
    assert answered["question"] == {
        "id": str(question.pk),
        "name": question.prompt,
        "lesson": str(question.lesson),
        "edited_since": True,
    }


def test_of_a_course_that_was_taken_back_it_says_what_was_read_there(lea: Any) -> None:
    item, question = Tick.objects.get().action_item, Answer.objects.get().question
    course = item.lesson.course
    Edition.objects.keep(course)
    course.withdraw()
    Course.objects.filter(pk=course.pk).update(title="Tides, anew")
    Lesson.objects.filter(course=course).update(title="Not yet said")
    ActionItem.objects.filter(pk=item.pk).update(text="Not yet to do")
    Question.objects.filter(pk=question.pk).update(prompt="Not yet asked", updated_at=timezone.now())

    write_export(user=lea, name="exports/lea.zip")

    with default_storage.open("exports/lea.zip") as file, zipfile.ZipFile(file) as archive:
        (ticked,), (answered,) = _table(archive, "learning.Tick"), _table(archive, "learning.Answer")
        (review,), progress = _table(archive, "learning.Review"), _table(archive, "learning.Progress")
        said = b"".join(archive.read(name) for name in archive.namelist())
    assert ticked["action_item"] == {"id": str(item.pk), "name": item.text, "lesson": str(item.lesson)}
    assert (answered["question"]["name"], answered["question"]["edited_since"]) == (question.prompt, False)
    assert review["course"]["name"] == "Tides"
    assert str(item.lesson) in {row["lesson"]["name"] for row in progress}
    assert b"Not yet" not in said
    assert b"anew" not in said


def test_it_has_the_files(exported: Any) -> None:
    files = [name for name in exported.namelist() if name.startswith("files/")]

    assert "files/picture.webp" in files
    (paper,) = [name for name in files if name.endswith(".pdf")]
    assert exported.read(paper).startswith(b"%PDF")
    assert "all the data Momentum has about you" in exported.read("README.txt").decode()


def test_it_has_nothing_of_anybody_else_and_no_secret(exported: Any, lea: Any) -> None:
    everything = b"".join(exported.read(name) for name in exported.namelist() if name.endswith(".json"))

    assert b"dimetrodon" not in everything
    assert lea.password.encode() not in everything
    assert b"key_hash" not in everything
    assert not [row for row in tables() if b"$" in row.encode()]


def test_asking_twice_asks_once(as_learner: Any, learner: Any) -> None:
    as_learner.post("/account/data/export/")
    as_learner.post("/account/data/export/")

    export = Export.objects.get()
    assert durable.status(f"privacy.export_data/{export.id}") == "ENQUEUED"
    assert "Preparing" in words(as_learner.get(PAGE))


def test_three_a_day_are_enough(learner: Any) -> None:
    for _again in range(3):
        ask_export(user=learner).finish()

    with pytest.raises(LimitError):
        ask_export(user=learner)
    assert Export.objects.count() == 3


def test_one_that_failed_says_so_and_stands_in_nobodys_way(as_learner: Any, learner: Any) -> None:
    failed = ask_export(user=learner)
    failed.fail()

    assert "Something went wrong on our side." in words(as_learner.get(PAGE))
    assert as_learner.get(f"/account/data/export/{failed.id}/").status_code == 404
    assert ask_export(user=learner) != failed


def test_the_file_is_for_whom_it_is_about(as_learner: Any, learner: Any, as_other_learner: Any) -> None:
    export = ask_export(user=learner)
    default_storage.save(export.file, ContentFile(b"a zip"))
    address = f"/account/data/export/{export.id}/"
    assert as_learner.get(address).status_code == 404
    export.finish()

    assert link(as_learner.get(PAGE), "Download") == address
    answer = as_learner.get(address)
    assert (answer.status_code, answer.content) == (200, b"a zip")
    assert answer.headers["Cache-Control"].startswith("private")
    assert as_other_learner.get(address).status_code == 404
    assert Client().get(address).headers["Location"].startswith("/account/login/")


def test_after_a_day_it_is_gone(as_learner: Any, learner: Any) -> None:
    old, fresh = Export.objects.create(user=learner, failed=True), Export.objects.create(user=learner)
    for export in (old, fresh):
        default_storage.save(export.file, ContentFile(b"a zip"))
        export.finish()
    assert fresh.expires_at is not None
    assert fresh.expires_at - timezone.now() <= timedelta(hours=24)
    Export.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert as_learner.get(f"/account/data/export/{old.id}/").status_code == 404

    forget_exports()

    assert not default_storage.exists(old.file)
    assert list(Export.objects.all()) == [fresh]
    assert default_storage.exists(fresh.file)


def test_it_is_fetched_once(as_learner: Any, learner: Any) -> None:
    export = Export.objects.create(user=learner)
    default_storage.save(export.file, ContentFile(b"a zip"))
    export.finish()
    address = f"/account/data/export/{export.id}/"
    assert as_learner.head(address).status_code == 200

    # A part of it would be all that they get.
    first = as_learner.get(address, headers={"Range": "bytes=0-1", "If-None-Match": "*"})
    second = as_learner.get(address)

    assert (first.status_code, first.content) == (200, b"a zip")
    assert "no-store" in first.headers["Cache-Control"]
    assert (second.status_code, as_learner.head(address).status_code) == (404, 404)
    assert "already downloaded or has expired" in words(second)
    assert "Downloaded" in words(as_learner.get(PAGE))


def test_what_was_fetched_does_not_lie_about(as_learner: Any, learner: Any) -> None:
    export = Export.objects.create(user=learner)
    default_storage.save(export.file, ContentFile(b"a zip"))
    export.finish()
    as_learner.get(f"/account/data/export/{export.id}/")
    forget_exports()
    assert default_storage.exists(export.file)  # it may still be under way

    Export.objects.update(fetched_at=timezone.now() - timedelta(hours=1))
    forget_exports()

    assert not default_storage.exists(export.file)
    assert Export.objects.count() == 1


def test_nobody_else_on_the_machine_may_read_it(learner: Any) -> None:
    folder = Path(default_storage.path("exports"))
    folder.mkdir(parents=True, mode=0o755)

    for _again in range(2):
        write_export(user=learner, name="exports/lea.zip")

    assert [path.name for path in folder.iterdir()] == ["lea.zip"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "lea.zip").stat().st_mode) == 0o600
