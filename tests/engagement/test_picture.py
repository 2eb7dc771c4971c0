"""The picture of a profile: kept small, without what a camera adds, and for its owner alone."""

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from momentum.accounts.models import User
from tests.engagement.profiles import FORM, PAGE, make_picture
from tests.pages import words

pytestmark = pytest.mark.django_db


def _stored() -> list[str]:
    return sorted(default_storage.listdir("avatars")[1]) if default_storage.exists("avatars") else []


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_picture_is_kept_square_and_small(as_learner: Any, learner: User, kind: str) -> None:
    assert as_learner.post(PAGE, FORM | {"picture": make_picture(kind=kind)}).status_code == 302

    learner.refresh_from_db()
    assert _stored() == [f"{learner.avatar}-320.webp", f"{learner.avatar}-96.webp"]
    for size in (96, 320):
        sent = as_learner.get(f"/profile/picture/{learner.avatar}-{size}.webp")
        kept = Image.open(io.BytesIO(sent.content))
        assert (kept.format, kept.size, sent.headers["Content-Type"]) == ("WEBP", (size, size), "image/webp")
    assert f"/profile/picture/{learner.avatar}-96.webp" in as_learner.get("/today/").text


def test_what_a_camera_adds_is_not_kept(as_learner: Any, learner: User) -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera with a place in it"

    as_learner.post(PAGE, FORM | {"picture": make_picture(kind="JPEG", exif=exif)})

    learner.refresh_from_db()
    with default_storage.open(f"avatars/{learner.avatar}-320.webp") as file:
        data = file.read()
    assert b"A camera" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("me.png", b"not a picture"),
        SimpleUploadedFile("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"),
        SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n" + bytes(5 * 1024 * 1024)),
    ],
    ids=["text", "svg", "broken", "heavy"],
)
def test_what_is_no_picture_is_refused_with_a_reason(as_learner: Any, learner: User, upload: Any) -> None:
    upload.seek(0)

    response = as_learner.post(PAGE, FORM | {"picture": upload})

    assert response.status_code == 422
    assert "id_picture_error" in response.text
    learner.refresh_from_db()
    assert (learner.avatar, learner.name) == ("", "Lea Learner")
    assert _stored() == []


def test_uploads_are_counted(as_learner: Any, as_other_learner: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"upload": "2/h/user"}

    def post(client: Any) -> int:
        return int(
            client.post(PAGE, FORM | {"picture": SimpleUploadedFile("me.png", b"no picture")}).status_code
        )

    assert [post(as_learner) for _again in range(3)] == [422, 422, 429]
    assert post(as_other_learner) == 422
    # What is no upload is none.
    assert as_learner.post(PAGE, FORM).status_code == 302


def test_a_new_picture_replaces_the_old_one(
    as_learner: Any, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    as_learner.post(PAGE, FORM | {"picture": make_picture()})
    learner.refresh_from_db()
    before = learner.avatar

    with django_capture_on_commit_callbacks(execute=True):
        as_learner.post(PAGE, FORM | {"picture": make_picture(50, 90)})

    learner.refresh_from_db()
    assert learner.avatar != before
    assert _stored() == sorted([f"{learner.avatar}-320.webp", f"{learner.avatar}-96.webp"])


def test_a_picture_can_be_taken_away(
    as_learner: Any, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert "Remove profile picture" not in words(as_learner.get(PAGE))
    as_learner.post(PAGE, FORM | {"picture": make_picture()})
    assert "Remove profile picture" in words(as_learner.get(PAGE))

    with django_capture_on_commit_callbacks(execute=True):
        as_learner.post(PAGE, FORM | {"remove_picture": "on"})

    learner.refresh_from_db()
    assert (learner.avatar, _stored()) == ("", [])


def test_a_picture_is_for_its_owner(
    client: Any, as_learner: Any, as_other_learner: Any, as_admin: Any, learner: User
) -> None:
    as_learner.post(PAGE, FORM | {"picture": make_picture()})
    learner.refresh_from_db()
    address = f"/profile/picture/{learner.avatar}-96.webp"

    assert as_learner.get(address).status_code == 200
    assert "private" in as_learner.get(address).headers["Cache-Control"]
    assert client.get(address).status_code == 302
    assert as_other_learner.get(address).status_code == as_admin.get(address).status_code == 404
    assert as_learner.get(f"/profile/picture/{learner.avatar}-97.webp").status_code == 404
