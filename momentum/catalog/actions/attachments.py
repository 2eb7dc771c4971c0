"""The files that go with a course when it leaves or comes: its cover, its lessons' videos, captions and pictures."""

import os
import re
from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import unquote

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile

from momentum.accounts.models import User
from momentum.catalog.actions.pictures import as_stored
from momentum.catalog.actions.videos import keep_video
from momentum.catalog.domain.packaging import Content, Stream
from momentum.catalog.domain.rich_text import BESIDE, images
from momentum.catalog.models import Course, Lesson, Video
from momentum.catalog.schemas import LessonFile
from momentum.core.errors import InvalidError
from momentum.core.pictures import Allowance, PictureError

# Of the pictures of one course: those of sixty lessons with three in each, as they are stored.
PIXELS_TOGETHER = 300 * 1024 * 1024
SECONDS_TOGETHER = 45
_PICTURE = re.compile(r"(?:covers|pictures)/[-\w.]+\.(?:png|jpe?g|webp|avif)")


def attached_to_course(course: Course) -> dict[str, Content]:
    """Return the cover that was uploaded, by its name beside course.md; nothing where it is a drawn one."""
    if not course.thumbnail:
        return {}
    return {f"cover.{_ending(course.thumbnail)}": _bytes_of(course.thumbnail)}


def attached_to_lesson(lesson: Lesson) -> dict[str, Content]:
    """Return a lesson's video and captions by the names that `names_of` gives them."""
    video, files = _video_of(lesson), dict[str, Content]()
    if video is None:
        return files
    film, captions = names_of(lesson)
    files[film] = Stream(video.file.size, partial(default_storage.open, str(video.file.name)))
    if captions:
        files[captions] = _bytes_of(video.captions)
    return files


def pictures_of(texts: Iterable[str]) -> tuple[dict[str, str], dict[str, Content]]:
    """Return the pictures in these texts: their names beside course.md by their address, and their files by name.

    What isn't stored here any more is left out.
    """
    names: dict[str, str] = {}
    files: dict[str, Content] = {}
    for address in dict.fromkeys(address for text in texts for address in images(text)):
        stored = _stored_under(address)
        if not stored or not default_storage.exists(stored):
            continue
        name = f"pictures/{stored.rpartition('/')[2]}"
        if name in files:  # a cover and a picture may be called the same
            name = f"pictures/cover-{stored.rpartition('/')[2]}"
        names[address] = name
        with default_storage.open(stored) as stream:
            files[name] = bytes(stream.read())
    return names, files


def missing_pictures(course: Course) -> list[str]:
    """Return the addresses of pictures in a course's texts that aren't stored here."""
    texts = [course.description, *course.lessons.order_by("day").values_list("content", flat=True)]
    addresses = dict.fromkeys(address for text in texts for address in images(text))
    return [
        address
        for address in addresses
        if not (stored := _stored_under(address)) or not default_storage.exists(stored)
    ]


def as_stored_pictures(files: Mapping[str, Content]) -> dict[str, tuple[str, bytes]]:
    """Return the pictures of a course's texts by their names beside course.md: what each is stored as, and its data.

    Raises:
        InvalidError: naming the file, when one is no picture or too large; or when they are too large together.
    """
    ready, together = {}, Allowance(PIXELS_TOGETHER, SECONDS_TOGETHER)
    for name, data in files.items():
        if BESIDE.fullmatch(name) and isinstance(data, bytes):
            try:
                ready[name] = as_stored(data, called=name, together=together)
            except PictureError as error:
                raise InvalidError(
                    f"{name}: {error.sentence}", code="course_file_invalid", data={"file": name}
                ) from None
    return ready


def addresses_of(pictures: Mapping[str, tuple[str, bytes]]) -> dict[str, str]:
    """Return where pages find these pictures, by their names beside course.md."""
    return {name: f"{settings.MEDIA_URL}{stored}" for name, (stored, _data) in pictures.items()}


def keep_pictures(pictures: Mapping[str, tuple[str, bytes]]) -> None:
    """Store these pictures, but for those that are stored already."""
    for stored, data in pictures.values():
        if default_storage.exists(stored):
            # So that it isn't swept as one that nothing names, before the text that names it is committed.
            os.utime(default_storage.path(stored))
        else:
            default_storage.save(stored, ContentFile(data))


def _stored_under(address: str) -> str:
    """Return the name in the storage of a picture that anybody may see; "" for every other address."""
    name = unquote(address.removeprefix(settings.MEDIA_URL))
    return name if _PICTURE.fullmatch(name) else ""


def names_of(lesson: Lesson) -> tuple[str, str]:
    """Return the names of a lesson's video and of its captions beside course.md; "" for what it hasn't."""
    video = _video_of(lesson)
    if video is None:
        return "", ""
    stem = f"videos/{lesson.day:02d}"
    return f"{stem}.{_ending(video.file)}", f"{stem}.vtt" if video.captions else ""


def attach_to_lesson(actor: User, lesson: Lesson, entry: LessonFile, files: Mapping[str, Content]) -> None:
    """Give the lesson the video and the captions (WebVTT) that its entry names, if it names any.

    Raises:
        InvalidError: when they aren't what they should be.
    """
    video, captions = files.get(entry.video), files.get(entry.captions)
    if not isinstance(video, Stream):
        return
    with video.open() as stream:
        upload = File(stream, name=entry.video)
        upload.size = video.size  # which it would look for on this disk, by its name
        told = captions if isinstance(captions, bytes) else None
        keep_video(actor=actor, lesson=lesson, video=upload, webvtt=told)


def _video_of(lesson: Lesson) -> Video | None:
    return getattr(lesson, "video", None)


def _ending(file: FieldFile) -> str:
    return str(file.name).rpartition(".")[2].lower()


def _bytes_of(file: FieldFile) -> bytes:
    with file.open("rb") as stream:
        return bytes(stream.read())
