"""A video that was made for a lesson or a course stands where learners watch, and takes the old one's files away."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from momentum.accounts.models import User
from momentum.catalog.actions import withdraw_course
from momentum.catalog.actions.generated_videos import StoredVideo, keep_generated_video, store_video
from momentum.catalog.models import Course, Lesson, Video
from tests.catalog.videos import generated_files
from tests.factories import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return make_course(days=2)


@pytest.mark.parametrize("of", ["lesson", "course"])
def test_a_made_video_replaces_the_one_before(
    of: str, course: Course, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    place: Lesson | Course = course.lessons.get(day=1) if of == "lesson" else course
    first = store_video(generated_files(tmp_path))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        keep_generated_video(place=place, made=first, generated_by="local")

    second = store_video(generated_files(tmp_path, said=b"High tide"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        kept = keep_generated_video(place=place, made=second, generated_by="heygen")

    assert Video.objects.get() == kept
    assert (kept.seconds, kept.generated_by, kept.media_type) == (61, "heygen", "video/mp4")
    assert [chapter["title"] for chapter in kept.chapters] == ["Tides", "Why they come late"]
    assert [made["height"] for made in kept.renditions] == [1080]
    assert sorted(kept.names) == sorted(second.names)
    assert all(default_storage.exists(name) for name in second.names)
    assert not any(default_storage.exists(name) for name in first.names)


def test_learners_of_a_withdrawn_course_keep_the_video_they_had(
    admin: User, course: Course, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    lesson = course.lessons.get(day=1)
    shown = _kept(lesson, tmp_path, b"Low tide")
    withdraw_course(actor=admin, course=course)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        _kept(lesson, tmp_path, b"High tide")

    assert all(default_storage.exists(name) for name in shown.names)
    course.refresh_from_db()
    edition = course.kept
    assert edition is not None
    assert set(shown.names) <= edition.files


def _kept(lesson: Lesson, folder: Path, said: bytes) -> StoredVideo:
    made = store_video(generated_files(folder, said=said))
    keep_generated_video(place=lesson, made=made, generated_by="local")
    return made


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (b"1\n00:00:00,000 --> 00:00:02,500\nTides\n", b"WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nTides"),
        (b"<html>no captions</html>", b""),
    ],
)
def test_captions_are_kept_as_webvtt_and_none_that_can_not_be_read(
    tmp_path: Path, written: bytes, kept: bytes
) -> None:
    captions = tmp_path / "captions.srt"
    captions.write_bytes(written)

    made = store_video(replace(generated_files(tmp_path), captions=captions))

    assert default_storage.exists(made.file)
    stored = b""
    if made.captions:
        with default_storage.open(made.captions) as stream:
            stored = stream.read().strip()
    assert stored == kept
