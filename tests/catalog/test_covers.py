"""Uploaded covers: what is kept of them, who may have them, and that nobody may have anything else."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from momentum.accounts.models import User
from momentum.catalog import actions
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, InvalidError
from momentum.ui.covers import cover_srcset, cover_url
from tests.catalog.zips import zipped
from tests.factories import make_course, make_picture

pytestmark = pytest.mark.django_db


def stored() -> set[str]:
    return set(default_storage.listdir("covers")[1]) if default_storage.exists("covers") else set()


def data_of(name: object) -> bytes:
    with default_storage.open(str(name), "rb") as stream:
        return bytes(stream.read())


def opened(name: object) -> Image.Image:
    return Image.open(io.BytesIO(data_of(name)))


def with_cover(admin: User, data: bytes, **fields: Any) -> Course:
    course = make_course(**fields)
    return actions.edit_course(
        actor=admin, course=course, thumbnail=ContentFile(data, name="../../evil.html")
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_cover_is_kept_as_webp_in_the_sizes_that_pages_need(admin: User, kind: str) -> None:
    course = with_cover(admin, make_picture(kind, (2000, 1500)), slug="tides")

    kept = {name: opened(f"covers/{name}") for name in stored()}
    assert sorted(picture.size for picture in kept.values()) == [(480, 360), (960, 720), (1600, 1200)]
    assert {picture.format for picture in kept.values()} == {"WEBP"}
    assert all(name.startswith("tides-") for name in kept)
    assert cover_url(course) == f"/media/{course.thumbnail.name}"
    assert cover_url(course).endswith("-1600.webp")
    assert [part.split()[1] for part in cover_srcset(course).split(", ")] == ["480w", "960w", "1600w"]
    for part in cover_srcset(course).split(", "):
        assert Client().get(part.split()[0]).status_code == 200


def test_a_small_picture_is_never_enlarged(admin: User) -> None:
    course = with_cover(admin, make_picture("PNG", (640, 480)))

    assert sorted(opened(f"covers/{name}").width for name in stored()) == [480, 640]
    assert cover_srcset(course).endswith(" 640w")


def test_what_a_camera_adds_is_left_out_and_the_picture_stands_upright(admin: User) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Somebody's camera"

    course = with_cover(admin, make_picture("JPEG", (1200, 800), exif=exif))

    kept = opened(course.thumbnail.name)
    assert kept.size == (800, 1200)
    assert not kept.getexif()
    assert b"camera" not in data_of(course.thumbnail.name)


def test_a_webp_that_needs_nothing_is_kept_byte_for_byte(admin: User) -> None:
    fitting, tagged = make_picture("WEBP"), make_picture("WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0")

    course, other = with_cover(admin, fitting), with_cover(admin, tagged)

    assert data_of(course.thumbnail.name) == fitting
    assert data_of(other.thumbnail.name) != tagged
    assert not opened(other.thumbnail.name).info.get("exif")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg onload='x()'/>", "This file isn’t a valid picture."),
        (b"<html>", "This file isn’t a valid picture."),
        (b"", "This file isn’t a valid picture."),
        (b"RIFF....AVI ", "This file isn’t a valid picture."),
        (b"\xff\xd8\xff" + bytes(99), "This file isn’t a valid picture."),
        (make_picture()[:-500], "This file isn’t a valid picture."),
        (make_picture("GIF"), "This file isn’t a valid picture."),
        (make_picture(size=(40, 30)), "This picture is 40 × 30 pixels."),
        (
            make_picture()[:16] + b"\0\0\x40\0\0\0\x40\0" + make_picture()[24:],
            "This file isn’t a valid picture.",
        ),
        (make_picture() + bytes(5 * 1024 * 1024), "This picture is too large."),
    ],
)
def test_what_is_no_sensible_picture_is_refused_whatever_it_is_called(
    admin: User, data: bytes, sentence: str
) -> None:
    course = with_cover(admin, make_picture())
    before = stored()

    with pytest.raises(InvalidError) as refused:
        actions.edit_course(actor=admin, course=course, thumbnail=ContentFile(data, name="cover.png"))

    assert refused.value.data["fields"]["thumbnail"][0].startswith(sentence)
    assert stored() == before
    course.refresh_from_db()
    assert course.version == 2


def test_the_old_files_go_when_the_change_has_held(
    admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    course = with_cover(admin, make_picture())
    old = stored()

    with django_capture_on_commit_callbacks(execute=True):
        actions.edit_course(actor=admin, course=course, thumbnail=ContentFile(make_picture("JPEG")))
        assert stored() > old
    new = stored()
    assert len(new) == 2
    assert not new & old

    with django_capture_on_commit_callbacks(execute=True):
        gone = actions.edit_course(actor=admin, course=course, thumbnail=None)
        assert stored() == new
    assert not stored()
    gone.refresh_from_db()
    assert not gone.thumbnail
    assert cover_url(gone).startswith("/covers/")


def test_the_files_of_a_deleted_course_go_and_a_copy_keeps_its_own(
    admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    course = with_cover(admin, make_picture(), published=False)
    copy = actions.duplicate_course(actor=admin, course=course)

    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_course(actor=admin, course=course)

    assert len(stored()) == 2
    assert opened(copy.thumbnail.name).size == (800, 600)


def test_a_refused_change_leaves_no_file(admin: User) -> None:
    course = make_course()

    with pytest.raises(ConflictError):
        actions.edit_course(
            actor=admin, course=course, summary="", thumbnail=ContentFile(make_picture(), name="a.png")
        )

    assert not stored()


def test_a_cover_survives_going_out_and_coming_in(admin: User) -> None:
    course = with_cover(admin, make_picture("AVIF", (3000, 2000)))
    files = actions.export_course(actor=admin, course=course)

    copy = actions.import_course(actor=admin, source=zipped(files), slug_taken="rename")

    assert actions.export_course(actor=admin, course=copy)["cover.webp"] == files["cover.webp"]
    assert opened(copy.thumbnail.name).size == (1600, 1067)


# The panel's form


def fields(course: Course, **changed: Any) -> dict[str, Any]:
    return {
        "title": course.title, "summary": course.summary, "description": course.description,
        "category": str(course.category_id), "duration_days": "3", "level": "beginner", "language": "en",
        "access": "free", "rhythm": "all_at_once", "version": str(course.version), **changed,
    }  # fmt: skip


def test_an_administrator_gives_a_course_a_cover_and_takes_it_away(as_admin: Client, admin: User) -> None:
    course = make_course()
    address = reverse("panel:catalog:course", args=[course.id])

    given = as_admin.post(address, fields(course, thumbnail=SimpleUploadedFile("c.png", make_picture())))
    course.refresh_from_db()
    page = as_admin.get(address).content.decode()

    assert given.status_code == 302
    assert course.thumbnail.url in page
    assert "Remove cover" in page
    assert course.thumbnail.url in Client().get(reverse("catalog:catalogue")).content.decode()

    as_admin.post(address, fields(course))
    course.refresh_from_db()
    assert course.thumbnail

    as_admin.post(address, fields(course, remove_cover="on"))
    course.refresh_from_db()
    assert not course.thumbnail
    assert "Remove cover" not in as_admin.get(address).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"thumbnail": SimpleUploadedFile("c.png", b"no picture")}, "This file isn’t a valid picture."),
        (
            {"thumbnail": SimpleUploadedFile("c.png", make_picture()), "remove_cover": "on"},
            "Upload a new cover or remove it, not both.",
        ),
    ],
)
def test_a_cover_that_cannot_be_used_comes_back_with_the_reason(
    as_admin: Client, changed: Any, sentence: str
) -> None:
    course = make_course()

    answer = as_admin.post(
        reverse("panel:catalog:course", args=[course.id]), fields(course, title="New", **changed)
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    course.refresh_from_db()
    assert course.title != "New"
    assert not stored()


def test_a_new_course_can_begin_with_a_cover(as_admin: Client) -> None:
    upload = SimpleUploadedFile("c.jpg", make_picture("JPEG"))

    as_admin.post(reverse("panel:catalog:course-new"), fields(make_course(), title="Tides", thumbnail=upload))

    assert Course.objects.get(title="Tides").thumbnail


# Who may have them


def test_an_uploaded_cover_may_be_kept_for_ever_and_sets_no_cookie(client: Client) -> None:
    name = default_storage.save("covers/tides.webp", ContentFile(b"a picture"))

    answer = client.get(f"/media/{name}")

    assert answer.status_code == 200
    assert answer.content == b"a picture"
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    assert client.get(f"/media/{name}", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(f"/media/{name}", headers={"Range": "bytes=2-4"}).content == b"pic"


@pytest.mark.parametrize(
    "path",
    [
        "/media/references/report.pdf",
        "/media/covers/../references/report.pdf",
        "/media/covers/..%2Freferences%2Freport.pdf",
        "/media/covers/%2e%2e/references/report.pdf",
        "/media/covers/..\\references\\report.pdf",
        "/media/covers/%2Fetc%2Fpasswd",
        "/media/covers/",
        "/media/covers",
        "/media/",
    ],
)
def test_no_other_stored_file_can_be_had(as_admin: Client, path: str) -> None:
    default_storage.save("references/report.pdf", ContentFile(b"%PDF-secret"))
    default_storage.save("covers/tides.webp", ContentFile(b"a picture"))

    assert as_admin.get(path).status_code == 404
