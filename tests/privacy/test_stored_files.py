"""Files that a killed process left behind go; whatever a row names stays."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField, Model

from momentum.accounts.actions import avatars
from momentum.accounts.models import User
from momentum.catalog.actions import edit_lesson, remove_video, set_video, withdraw_course
from momentum.catalog.actions.generated_videos import keep_generated_video, store_video
from momentum.catalog.actions.pictures import as_stored, keep_cover
from momentum.catalog.models import Course, Edition
from momentum.privacy.actions.stored_files import DAY, FOLDERS, forget_unnamed
from momentum.privacy.models import Export
from momentum.providers.writer import CourseRequest
from momentum.studio.actions import start_generation
from momentum.studio.models import Reference
from tests.catalog.videos import generated_files
from tests.factories import make_category, make_course, make_picture
from tests.studio.scribe.writer import NAME

pytestmark = pytest.mark.django_db

_FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(64)
_CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\nLow tide.\n"


def _age(seconds: float = DAY + 60, *names: str) -> None:
    then = time.time() - seconds
    for path in [Path(default_storage.path(name)) for name in names] or _all():
        os.utime(path, (then, then))


def _all() -> list[Path]:
    return [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


def _fields() -> list[tuple[type[Model], str]]:
    """Every column of every table that holds a stored file."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]


@pytest.fixture
def reference(admin: User) -> Reference:
    start_generation(
        actor=admin,
        request=CourseRequest(topic="Tides", days=3),
        category=make_category(),
        references=[ContentFile(b"%PDF-1.7 on tides", name="tides.pdf")],
        writer=NAME,
    )
    return Reference.objects.get()


@pytest.fixture
def course(admin: User, learner: User, reference: Reference, tmp_path: Path) -> Course:
    """A course with everything that can be stored, taken back and then changed, and its learner's own files."""
    reference.figures.create(name="tides.png", file=ContentFile(make_picture(), name="tides.png"))
    course = make_course(days=2, published=False)
    for day, lesson in enumerate(course.lessons.order_by("day"), start=1):
        set_video(
            actor=admin,
            lesson=lesson,
            video=SimpleUploadedFile(f"{day}.mp4", _FILM),
            captions=SimpleUploadedFile(f"{day}.vtt", _CAPTIONS),
        )
    name, data = as_stored(make_picture(), called="pictures/low tide.png")
    default_storage.save(name, ContentFile(data))
    lesson = course.lessons.get(day=1)
    edit_lesson(
        actor=admin, lesson=lesson, content=f'<p>See</p><p><img src="/media/{name}" alt="Low tide"></p>'
    )
    Course.objects.filter(pk=course.pk).update(
        thumbnail=keep_cover(make_picture(size=(1700, 1000)), called="tides")
    )
    course.refresh_from_db()
    course.publish()
    withdraw_course(actor=admin, course=course)
    # From here on the edition that learners read on is all that names the first picture and the second video.
    edit_lesson(actor=admin, lesson=course.lessons.get(day=1), content="<p>Nothing to see.</p>")
    remove_video(actor=admin, lesson=course.lessons.get(day=2))
    User.objects.filter(pk=learner.pk).update(avatar=avatars.keep_avatar(make_picture()))
    default_storage.save(Export.objects.create(user=learner).file, ContentFile(b"PK"))
    keep_generated_video(place=course, made=store_video(generated_files(tmp_path)), generated_by="local")
    return course


def test_whatever_a_row_names_stays(course: Course) -> None:
    _age()
    before = _all()
    assert {path.parent.name for path in before} == set(FOLDERS)

    assert forget_unnamed(older=DAY) == 0

    assert _all() == before
    for model, field in _fields():
        held = model._default_manager.exclude(**{field: ""}).values_list(field, flat=True)
        assert held, f"nothing here is stored in {model.__name__}.{field}: store something above"
        assert all(default_storage.exists(name) for name in held)
        assert {name.partition("/")[0] for name in held} <= set(FOLDERS)


def test_what_only_a_kept_edition_names_goes_with_it(course: Course) -> None:
    Edition.objects.all().delete()
    _age()

    assert forget_unnamed() == 3

    assert default_storage.listdir("pictures")[1] == []
    assert len(default_storage.listdir("videos")[1]) == 2 + len(course.intro_video.names)


LEFT = (
    "avatars/Zm9yZ290dGVuLWZvcmV2ZXI-96.webp", "covers/lost-0123456789ab-960.webp", "exports/lost.part",
    "exports/lost.zip", "pictures/lost-0123456789abcdef.webp", "references/lost.pdf", "videos/lost-0123.mp4",
    "videos/lost-0123.vtt",
)  # fmt: skip


def test_what_nothing_names_goes_once_it_is_a_day_old(course: Course, settings: Any) -> None:
    kept = _all()
    halves = [settings.MAIL_DIRECTORY / "0198.part", settings.MAIL_DIRECTORY / "0199.part"]
    settings.MAIL_DIRECTORY.mkdir(exist_ok=True)
    (settings.MAIL_DIRECTORY / "0197.eml").write_text("A whole one.")
    for name in (*LEFT, "videos/new.mp4", "elsewhere/lost.pdf"):
        default_storage.save(name, ContentFile(b"half of it"))
    for half in halves:
        half.write_text("half of")
    _age(DAY + 60, *LEFT, "elsewhere/lost.pdf")
    for old in (halves[0], settings.MAIL_DIRECTORY / "0197.eml"):
        os.utime(old, (time.time() - DAY - 60,) * 2)

    assert forget_unnamed() == len(LEFT) + 1

    left = {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in set(_all()) - set(kept)}
    assert left == {"videos/new.mp4", "elsewhere/lost.pdf"}
    assert set(kept) <= set(_all())
    assert sorted(path.name for path in settings.MAIL_DIRECTORY.iterdir()) == ["0197.eml", "0199.part"]


def test_a_file_goes_when_its_row_is_gone(reference: Reference) -> None:
    _age()
    assert forget_unnamed() == 0

    Reference.objects.all().delete()

    assert forget_unnamed() == 1
    assert _all() == []
