"""The files that go with a course when it leaves or comes: its cover, its lessons' videos and captions."""

from collections.abc import Mapping
from functools import partial

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile

from momentum.accounts.models import User
from momentum.catalog.actions.videos import set_video
from momentum.catalog.archive import Content, Stream
from momentum.catalog.models import Course, Lesson, Video
from momentum.catalog.schemas import LessonFile


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


def names_of(lesson: Lesson) -> tuple[str, str]:
    """Return the names of a lesson's video and of its captions beside course.md; "" for what it hasn't."""
    video = _video_of(lesson)
    if video is None:
        return "", ""
    stem = f"videos/{lesson.day:02d}"
    return f"{stem}.{_ending(video.file)}", f"{stem}.vtt" if video.captions else ""


def attach_to_lesson(actor: User, lesson: Lesson, entry: LessonFile, files: Mapping[str, Content]) -> None:
    """Give the lesson the video and the captions that its entry names, if it names any.

    Raises:
        InvalidError: when they aren't what they should be.
    """
    video, captions = files.get(entry.video), files.get(entry.captions)
    if not isinstance(video, Stream):
        return
    with video.open() as stream:
        upload = File(stream, name=entry.video)
        upload.size = video.size  # which it would look for on this disk, by its name
        told = ContentFile(captions, name=entry.captions) if isinstance(captions, bytes) else None
        set_video(actor=actor, lesson=lesson, video=upload, captions=told)


def _video_of(lesson: Lesson) -> Video | None:
    return getattr(lesson, "video", None)


def _ending(file: FieldFile) -> str:
    return str(file.name).rpartition(".")[2].lower()


def _bytes_of(file: FieldFile) -> bytes:
    with file.open("rb") as stream:
        return bytes(stream.read())
