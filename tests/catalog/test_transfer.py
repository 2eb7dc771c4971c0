"""Courses in and out of the database."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from momentum.accounts.models import User
from momentum.catalog.actions import (
    attachments,
    duplicate_course,
    edit_course,
    export_course,
    import_course,
    missing_pictures,
    set_video,
)
from momentum.catalog.domain import markdown_format, packaging
from momentum.catalog.domain.rich_text import images
from momentum.catalog.models import Course, Video
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError
from momentum.events.models import Event
from tests.catalog.test_folder import COURSE, LESSON, _course
from tests.catalog.zips import zipped
from tests.factories import make_course, make_picture, make_user
from tests.seeds import seeds

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", seeds(1, 3))
def test_import_and_export_give_back_the_same_files(admin: User, seed: int) -> None:
    entry = _course(seed).model_copy(update={"status": "draft", "cover": "cover.webp"})
    files = markdown_format.to_files(entry, {"cover.webp": make_picture("WEBP")})

    course = import_course(actor=admin, source=zipped(files))

    assert export_course(actor=admin, course=course) == files


def test_an_export_can_be_imported_under_another_address(admin: User) -> None:
    course = make_course()
    edit_course(actor=admin, course=course, thumbnail=ContentFile(make_picture("JPEG"), name="My cover.PNG"))
    course.refresh_from_db()
    files = export_course(actor=admin, course=course)

    copy = import_course(actor=admin, source=zipped(files), slug_taken="rename")

    assert copy.slug == f"{course.slug}-2"
    assert copy.status == Course.Status.DRAFT
    with copy.thumbnail.open("rb") as kept:
        assert kept.read() == files["cover.webp"]
    assert copy.thumbnail.name != course.thumbnail.name
    again = export_course(actor=admin, course=copy)
    front = {name: data for name, data in again.items() if name != "course.md"}
    assert front == {name: data for name, data in files.items() if name != "course.md"}


def test_the_rhythm_goes_along_into_a_file_and_into_a_copy(admin: User) -> None:
    course = make_course(rhythm="one_a_day")
    files: Any = export_course(actor=admin, course=course)

    again = import_course(actor=admin, source=zipped(files), slug_taken="rename")
    copy = duplicate_course(actor=admin, course=course)
    plain = import_course(
        actor=admin,
        source=zipped(files | {"course.md": files["course.md"].replace(b"rhythm: one_a_day\n", b"")}),
        slug_taken="rename",
    )

    assert b"rhythm: one_a_day" in files["course.md"]
    assert [one.rhythm for one in (again, copy, plain)] == ["one_a_day", "one_a_day", "all_at_once"]


@pytest.mark.parametrize("said", ["weekly", "3", ""])
def test_an_unknown_rhythm_is_refused(admin: User, said: str) -> None:
    files: Any = export_course(actor=admin, course=make_course(rhythm="one_a_day"))
    files["course.md"] = files["course.md"].replace(b"one_a_day", said.encode())

    with pytest.raises(InvalidError) as refused:
        import_course(actor=admin, source=zipped(files), slug_taken="rename")

    assert "rhythm" in str(refused.value)
    assert Course.objects.count() == 1


CLIP = (Path(__file__).parents[1] / "files" / "clip.webm").read_bytes()
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:04.000\nThe tide turns.\n"


def _filmed(admin: User) -> Course:
    """Two days; the second has a video with captions."""
    course = make_course(days=2)
    film, told = ContentFile(CLIP, name="a.webm"), ContentFile(CAPTIONS, name="a.vtt")
    set_video(actor=admin, lesson=course.lessons.get(day=2), video=film, captions=told)
    return course


def _stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def _films(course: Course) -> list[tuple[int, str, bytes, bytes]]:
    """Return day, type, video and captions of each lesson that has them."""
    videos = Video.objects.filter(lesson__course=course).select_related("lesson")
    read = [tuple(_stored(name) for name in video.names) for video in videos]
    return [(video.lesson.day, video.media_type, *files) for video, files in zip(videos, read, strict=True)]


def test_videos_and_captions_go_out_and_come_back(admin: User, tmp_path: Path) -> None:
    course = _filmed(admin)
    films = [(2, "video/webm", CLIP, CAPTIONS)]

    files = export_course(actor=admin, course=course)
    packaging.to_directory(files, tmp_path / "out")
    with zipped(files) as source:
        from_zip = import_course(actor=admin, source=source, slug_taken="rename")
    from_folder = import_course(actor=admin, source=tmp_path / "out", slug_taken="rename")
    copy = duplicate_course(actor=admin, course=course)

    assert [name for name in files if name.startswith("videos/")] == ["videos/02.webm", "videos/02.vtt"]
    assert (tmp_path / "out" / "videos" / "02.webm").read_bytes() == CLIP
    assert [_films(one) for one in (course, from_zip, from_folder, copy)] == [films] * 4
    assert len({name for video in Video.objects.all() for name in video.names}) == 8


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"videos/02.webm": b"<html>"}, "MP4 or WebM"),
        ({"videos/02.vtt": b"no captions"}, "videos/02.vtt: Line 1: captions begin"),
        ({"videos/02.vtt": CAPTIONS + os.urandom(1024**2)}, "videos/02.vtt': it is too large"),
        ({"videos/02.webm": None}, "videos/02.webm is missing"),
        ({"videos/03.webm": CLIP}, "videos/03.webm: no lesson refers to it"),
        ({"videos/../x.webm": CLIP}, "points outside the course"),
    ],
    ids=["no video", "No captions", "long captions", "missing", "not named", "elsewhere"],
)
def test_a_video_that_is_none_or_that_nobody_names_is_refused_and_nothing_kept(
    admin: User, tmp_path: Path, changes: dict[str, bytes | None], sentence: str
) -> None:
    files = dict(export_course(actor=admin, course=_filmed(admin))) | changes
    stored = set(default_storage.listdir("videos")[1])
    given = {name: data for name, data in files.items() if data is not None}

    with zipped(given) as source, pytest.raises(InvalidError) as refused:
        import_course(actor=admin, source=source, slug_taken="rename")

    fields = (refused.value.data or {}).get("fields", {})
    assert sentence in f"{refused.value} {fields}"
    assert Course.objects.count() == 1
    assert set(default_storage.listdir("videos")[1]) == stored


def test_an_address_that_is_taken_is_refused(admin: User) -> None:
    files = export_course(actor=admin, course=make_course())
    events = Event.objects.count()

    with pytest.raises(ConflictError) as refused:
        import_course(actor=admin, source=zipped(files))

    assert refused.value.code == "slug_taken"
    assert Course.objects.count() == 1
    assert Event.objects.count() == events


def test_where_a_course_comes_from_is_kept_or_imported(admin: User, tmp_path: Path) -> None:
    packaging.to_directory({"course.md": COURSE, "lessons/01-one.md": LESSON}, tmp_path)

    assert import_course(actor=admin, source=tmp_path).provenance == "imported"
    assert import_course(actor=admin, source=tmp_path, provenance="human").provenance == "human"
    ai = markdown_format.to_files(_course(5))
    assert import_course(actor=admin, source=zipped(ai)).provenance == "ai"


def test_the_status_of_a_file_counts_only_when_asked_for(admin: User) -> None:
    files = export_course(actor=admin, course=make_course())
    Course.objects.all().delete()

    draft = import_course(actor=admin, source=zipped(files))
    published = import_course(actor=admin, source=zipped(files), keep_status=True, slug_taken="rename")

    assert draft.status == Course.Status.DRAFT
    assert published.is_published
    assert published.reviewed_by == admin


def test_a_course_that_says_published_but_is_not_complete_leaves_nothing(admin: User) -> None:
    files = {"course.md": COURSE.replace(b"s: 2", b"s: 2\nstatus: published"), "lessons/01-one.md": LESSON}

    with pytest.raises(InvalidError, match="can’t be published"):
        import_course(actor=admin, source=zipped(files), keep_status=True)

    assert not Course.objects.exists()


def test_an_unknown_category_is_refused_with_those_there_are(admin: User) -> None:
    files = {"course.md": COURSE.replace(b"communication", b"gardening")}

    with pytest.raises(InvalidError, match="creative-skills"):
        import_course(actor=admin, source=zipped(files))

    assert not Course.objects.exists()


def test_nobody_but_an_administrator_imports(learner: User) -> None:
    with pytest.raises(ForbiddenError):
        import_course(actor=learner, source=zipped({"course.md": COURSE}))

    assert not Course.objects.exists()


def test_any_number_of_lessons_is_exported_in_the_same_number_of_queries(
    admin: User, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    long = make_course(days=12)
    reader = make_user(role="admin")
    long = Course.objects.select_related("category").get(pk=long.pk)

    with django_assert_num_queries(5):  # type: ignore[operator]  # pytest-django's
        files = export_course(actor=reader, course=long)

    assert len(files) == 13


def _illustrated(admin: User) -> Course:
    """A course that shows a stored picture in its description and in a lesson, and one that is gone."""
    course = make_course(days=1)
    name = default_storage.save("covers/low-tide.webp", ContentFile(make_picture("WEBP")))
    shown = f'<figure><img src="/media/{name}" alt="Low tide"><figcaption>Low tide.</figcaption></figure>'
    edit_course(actor=admin, course=course, description=shown)
    gone = '<p><img src="/media/covers/gone.webp" alt="Gone"></p>'
    course.lessons.update(content=f"<p>Wait for it.</p>{shown}{gone}")
    course.refresh_from_db()
    return course


def test_pictures_in_the_text_travel_and_stay_the_same_however_often_they_do(admin: User) -> None:
    course = _illustrated(admin)

    files = export_course(actor=admin, course=course)
    course.delete()
    default_storage.delete("covers/low-tide.webp")
    copy = import_course(actor=admin, source=zipped(files))
    again = export_course(actor=admin, course=copy)
    third = import_course(actor=admin, source=zipped(again), slug_taken="rename")

    assert files["pictures/low-tide.webp"] == make_picture("WEBP")
    (address, gone) = images(copy.lessons.get().content)
    assert images(copy.description) == [address]
    assert address.startswith("/media/pictures/low-tide-")
    assert _stored(address.removeprefix("/media/")) == make_picture("WEBP")
    assert gone == "/media/covers/gone.webp"
    assert missing_pictures(copy) == [gone]
    assert images(third.lessons.get().content) == [address, gone]
    assert len(default_storage.listdir("pictures")[1]) == 1


def test_a_picture_written_in_markdown_is_stored_as_webp_and_shown(admin: User) -> None:
    files: Any = export_course(actor=admin, course=make_course(days=1))
    lesson = next(name for name in files if name.startswith("lessons/"))
    files[lesson] += b"\n![Low tide](pictures/Low_tide.jpg)\n"
    files["pictures/Low_tide.jpg"] = make_picture("JPEG")

    course = import_course(actor=admin, source=zipped(files), slug_taken="rename")

    (address,) = images(course.lessons.get().content)
    assert address.startswith("/media/pictures/low_tide-")
    assert _stored(address.removeprefix("/media/"))[8:12] == b"WEBP"


def _with_pictures(admin: User, *pictures: bytes) -> dict[str, Any]:
    """The files of a course whose lesson shows these."""
    files: Any = export_course(actor=admin, course=make_course(days=1))
    lesson = next(name for name in files if name.startswith("lessons/"))
    for number, picture in enumerate(pictures):
        files[lesson] += f"\n![A tide](pictures/tide-{number}.jpg)\n".encode()
        files[f"pictures/tide-{number}.jpg"] = picture
    return files


@pytest.mark.parametrize(("bound", "most"), [("PIXELS_TOGETHER", 900_000), ("SECONDS_TOGETHER", 0.01)])
def test_pictures_that_are_too_large_together_are_refused_and_nothing_kept(
    admin: User, monkeypatch: pytest.MonkeyPatch, bound: str, most: float
) -> None:
    files = _with_pictures(admin, make_picture("JPEG", (800, 600)), make_picture("JPEG", (600, 800)))
    monkeypatch.setattr(attachments, bound, most)

    with pytest.raises(InvalidError) as refused:
        import_course(actor=admin, source=zipped(files), slug_taken="rename")

    assert str(refused.value) == "These pictures are too large together. Use fewer or smaller ones."
    assert Course.objects.count() == 1
    assert not default_storage.exists("pictures")


def test_a_course_comes_back_to_where_its_pictures_are_stored_however_many_they_are(
    admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = make_picture("JPEG", (800, 600))
    course = import_course(actor=admin, source=zipped(_with_pictures(admin, picture)), slug_taken="rename")
    monkeypatch.setattr(attachments, "PIXELS_TOGETHER", 1)

    copy = import_course(
        actor=admin, source=zipped(export_course(actor=admin, course=course)), slug_taken="rename"
    )

    assert images(copy.lessons.get().content) == images(course.lessons.get().content)


@pytest.mark.parametrize(
    ("added", "text", "sentence"),
    [
        ({}, b"![x](pictures/none.png)", "pictures/none.png is missing"),
        (
            {"pictures/x.png": b"<svg>"},
            b"![x](pictures/x.png)",
            "pictures/x.png: This file isn’t a valid picture",
        ),
        ({"pictures/y.webp": b"x"}, b"", "pictures/y.webp: no lesson refers to it"),
        ({"pictures/x.svg": b"<svg>"}, b"", "pictures/x.svg: a course has no such file"),
    ],
)
def test_a_picture_that_is_none_or_is_missing_is_refused_and_nothing_kept(
    admin: User, added: dict[str, bytes], text: bytes, sentence: str
) -> None:
    files: Any = export_course(actor=admin, course=make_course(days=1))
    lesson = next(name for name in files if name.startswith("lessons/"))
    files[lesson] += b"\n" + text + b"\n"

    with zipped(files | added) as source, pytest.raises(InvalidError, match=re.escape(sentence)):
        import_course(actor=admin, source=source, slug_taken="rename")

    assert Course.objects.count() == 1
    assert not default_storage.exists("pictures")


def test_the_panel_tells_of_pictures_that_did_not_come_along(as_admin: Client, admin: User) -> None:
    files = export_course(actor=admin, course=_illustrated(admin))

    page = as_admin.post("/panel/courses/import/", {"file": zipped(files)}, follow=True).content.decode()

    assert "A picture in its text isn’t in the file and isn’t stored here: /media/covers/gone.webp." in page
