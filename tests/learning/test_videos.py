"""Videos: who puts them there, who may see them, and where a learner goes on."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from momentum.catalog import actions
from momentum.catalog.actions.generated_videos import keep_generated_video, store_video
from momentum.catalog.models import Course, Lesson, Video
from momentum.core.errors import ForbiddenError
from momentum.learning.models import Progress
from tests.catalog.videos import generated_files
from tests.factories import make_course, make_enrolment
from tests.pages import words

CLIP = (Path(__file__).parents[1] / "files" / "clip.webm").read_bytes()
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:04.000\nThe tide turns.\n"


def _file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


@pytest.fixture
def course(db: None) -> Course:
    return make_course(title="Tides", slug="tides")


@pytest.fixture
def lesson(course: Course, admin: Any) -> Lesson:
    """Day 1, with a video and captions."""
    made: Lesson = course.lessons.get(day=1)
    actions.set_video(
        actor=admin, lesson=made, video=_file("a.webm", CLIP), captions=_file("a.vtt", CAPTIONS)
    )
    return made


@pytest.fixture
def place(lesson: Lesson, learner: Any) -> Any:
    return make_enrolment(learner, lesson.course)


def _address(lesson: Lesson, what: str) -> str:
    return f"/lessons/{lesson.id}/{what}/"


def test_an_administrator_uploads_a_video_and_later_its_captions(as_admin: Client, course: Course) -> None:
    lesson = course.lessons.get(day=1)
    address = f"/panel/lessons/{lesson.id}/video/"

    first = as_admin.post(address, {"video": _file("tide.webm", CLIP)})
    page = as_admin.get(address)
    second = as_admin.post(address, {"captions": _file("tide.vtt", CAPTIONS)})

    assert (first.status_code, second.status_code) == (302, 302)
    assert "No captions yet." in words(page)
    video = Video.objects.get()
    assert (video.lesson_id, video.media_type) == (lesson.id, "video/webm")
    assert [_stored(name) for name in video.names] == [CLIP, CAPTIONS]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"video": b"<html>no video</html>"}, "Use MP4 or WebM."),
        (
            {"video": CLIP, "captions": b"1\n00:00 --> 00:01\nno header"},
            "Line 1: captions begin with a line that says WEBVTT.",
        ),
        (
            {"video": CLIP, "captions": b"WEBVTT \xff --> "},
            "Captions are text in UTF-8. Save the file in that encoding.",
        ),
        ({"captions": CAPTIONS}, "Choose a video first."),
        ({}, "Choose a video first."),
    ],
    ids=["no video", "No captions", "not UTF-8", "captions alone", "nothing"],
)
def test_what_is_no_video_or_no_captions_is_refused_and_nothing_kept(
    as_admin: Client, course: Course, files: dict[str, bytes], sentence: str
) -> None:
    lesson = course.lessons.get(day=1)
    sent = {name: _file(f"{name}.bin", data) for name, data in files.items()}

    answer = as_admin.post(f"/panel/lessons/{lesson.id}/video/", sent)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Video.objects.exists()
    assert not default_storage.exists("videos")


@pytest.mark.django_db(transaction=True)
def test_a_new_video_replaces_the_old_one_and_removal_takes_the_files(admin: Any, lesson: Lesson) -> None:
    old = Video.objects.get().names

    actions.set_video(actor=admin, lesson=lesson, video=_file("b.webm", CLIP))
    new = Video.objects.get().names
    actions.remove_video(actor=admin, lesson=lesson)
    actions.remove_video(actor=admin, lesson=lesson)

    assert set(new) & set(old) == {old[1]}  # the captions stay
    assert not Video.objects.exists()
    assert [name for name in {*old, *new} if default_storage.exists(name)] == []


def test_a_learner_neither_sets_nor_removes_a_video(learner: Any, lesson: Lesson) -> None:
    with pytest.raises(ForbiddenError):
        actions.set_video(actor=learner, lesson=lesson, video=_file("b.webm", CLIP))
    with pytest.raises(ForbiddenError):
        actions.remove_video(actor=learner, lesson=lesson)

    assert Video.objects.count() == 1


def test_who_takes_the_course_sees_it_in_parts(as_learner: Client, lesson: Lesson, place: Any) -> None:
    page = as_learner.get("/courses/tides/lessons/1/")
    part = as_learner.get(_address(lesson, "video"), headers={"Range": "bytes=0-99"})
    captions = as_learner.get(_address(lesson, "captions"))

    assert f'src="{_address(lesson, "video")}"' in page.content.decode()
    assert (part.status_code, part["Content-Type"], b"".join(part)) == (206, "video/webm", CLIP[:100])
    assert part["Cache-Control"] == "private, no-cache, no-store"
    assert (captions["Content-Type"], b"".join(captions)) == ("text/vtt; charset=utf-8", CAPTIONS)


@pytest.mark.parametrize("what", ["video", "captions"])
def test_nobody_else_sees_it(client: Client, as_other_learner: Client, lesson: Lesson, what: str) -> None:
    assert client.get(_address(lesson, what)).status_code == 302
    assert as_other_learner.get(_address(lesson, what)).status_code == 403


def test_a_lesson_without_a_video_has_none(as_learner: Client, lesson: Lesson, place: Any) -> None:
    second = lesson.course.lessons.get(day=2)

    assert as_learner.get(_address(second, "video")).status_code == 404
    assert as_learner.get(_address(second, "captions")).status_code == 404
    assert b"<video" not in as_learner.get("/courses/tides/lessons/2/").content


def test_a_video_goes_on_where_the_learner_left_off(
    as_learner: Client, learner: Any, lesson: Lesson, place: Any
) -> None:
    first = as_learner.post(_address(lesson, "position"), {"seconds": "95"})
    again = as_learner.post(_address(lesson, "position"), {"seconds": "12"})

    assert (first.json(), again.json()) == ({"seconds": 95}, {"seconds": 12})
    assert Progress.objects.get(user=learner, lesson=lesson).video_position == 12
    assert b'<lesson-video from="12"' in as_learner.get("/courses/tides/lessons/1/").content


@pytest.mark.parametrize("seconds", ["", "-1", "1.5", "abc", "100000", "²"])
def test_a_position_that_is_none_is_refused(
    as_learner: Client, lesson: Lesson, place: Any, seconds: str
) -> None:
    answer = as_learner.post(_address(lesson, "position"), {"seconds": seconds})

    assert answer.status_code == 422
    assert not Progress.objects.exists()


def test_a_stranger_keeps_no_position(as_other_learner: Client, lesson: Lesson) -> None:
    answer = as_other_learner.post(_address(lesson, "position"), {"seconds": "5"})

    assert answer.status_code == 403
    assert not Progress.objects.exists()


def _generated(lesson: Lesson, folder: Path) -> Video:
    return keep_generated_video(place=lesson, made=store_video(generated_files(folder)), generated_by="local")


def test_a_made_video_has_its_poster_chapters_sizes_and_says_what_made_it(
    as_learner: Client, lesson: Lesson, place: Any, tmp_path: Path
) -> None:
    assert b"generated with AI" not in as_learner.get("/courses/tides/lessons/1/").content
    video = _generated(lesson, tmp_path)

    page = as_learner.get("/courses/tides/lessons/1/")

    markup = page.content.decode()
    assert f'poster="{_address(lesson, "video/poster")}"' in markup
    assert f'<source src="{_address(lesson, "video")}?height=1080"' in markup
    assert f'href="{_address(lesson, "video")}#t=41.5"' in markup
    assert "0:41 Why they come late" in words(page)
    assert "This video was generated with AI, and is spoken by a synthetic voice." in words(page)
    assert b"".join(as_learner.get(_address(lesson, "video/poster"))) == _stored(str(video.poster.name))
    larger = as_learner.get(f"{_address(lesson, 'video')}?height=1080")
    assert b"".join(larger) == _stored(video.renditions[0]["file"])
    assert as_learner.get(f"{_address(lesson, 'video')}?height=480").status_code == 404
    assert as_learner.get(f"{_address(lesson, 'video')}?height=..").status_code == 404


def test_what_is_said_can_be_read_in_paragraphs(as_learner: Client, lesson: Lesson, place: Any) -> None:
    page = as_learner.get("/courses/tides/lessons/1/")

    assert "Transcript" in words(page)
    assert '<span data-from="0.0" data-until="4.0">The tide turns.</span>' in page.content.decode()

    default_storage.delete(str(lesson.video.captions.name))
    lesson.course.publish()  # what is kept ends
    assert as_learner.get("/courses/tides/lessons/1/").status_code == 200


def test_an_upload_forgets_what_was_known_of_a_made_video(admin: Any, lesson: Lesson, tmp_path: Path) -> None:
    _generated(lesson, tmp_path)

    kept = actions.set_video(actor=admin, lesson=lesson, video=_file("b.webm", CLIP))

    assert (kept.generated_by, kept.chapters, kept.renditions, kept.seconds) == ("", [], [], None)
    assert not kept.poster
