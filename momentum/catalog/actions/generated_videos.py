"""Videos that were made for a lesson or a course: from files of their maker to what learners watch."""

import logging
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from momentum.catalog.actions.locks import lock_course, lock_lesson
from momentum.catalog.actions.videos import forget_files
from momentum.catalog.domain.captions import CaptionsError, as_webvtt
from momentum.catalog.models import Course, Lesson, Video
from momentum.events.actions.record import record
from momentum.providers.video import Files

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class StoredVideo:
    """A made video whose files lie in the storage, by their names there."""

    file: str
    media_type: str
    captions: str = ""
    poster: str = ""
    renditions: list[dict[str, Any]] = field(default_factory=list)
    chapters: list[dict[str, Any]] = field(default_factory=list)
    seconds: int = 0
    width: int = 0
    height: int = 0

    @property
    def names(self) -> list[str]:
        """Its files."""
        own = (self.file, self.captions, self.poster, *(made["file"] for made in self.renditions))
        return [name for name in own if name]


def store_video(files: Files) -> StoredVideo:
    """Put the files of a finished video into the storage. Not in a transaction: it takes a while, and locks nothing."""
    stem = f"videos/{secrets.token_hex(14)}"
    return StoredVideo(
        file=_store(files.video, f"{stem}{files.video.suffix}"),
        media_type=files.media_type,
        captions=_store_captions(files.captions, f"{stem}.vtt") if files.captions else "",
        poster=_store(files.poster, f"{stem}{files.poster.suffix}") if files.poster else "",
        renditions=[
            {"file": _store(path, f"{stem}-{height}{path.suffix}"), "height": height}
            for height, path in sorted(files.renditions.items())
        ],
        chapters=[{"at": round(chapter.at, 3), "title": chapter.title} for chapter in files.chapters],
        seconds=round(files.seconds),
        width=files.width,
        height=files.height,
    )


@transaction.atomic
def keep_generated_video(*, place: Lesson | Course, made: StoredVideo, generated_by: str) -> Video:
    """Let the lesson, or the course as its introduction, have this video instead of the one it had."""
    where: dict[str, Lesson | Course]
    if isinstance(place, Lesson):
        locked = lock_lesson(place)
        course, where = locked.course, {"lesson": locked}
    else:
        course = lock_course(place)
        where = {"course": course}
    found = Video.objects.filter(**where).first()
    kept = found or Video(**where)
    old = kept.names if found else []
    kept.file.name, kept.captions.name, kept.poster.name = made.file, made.captions, made.poster
    kept.media_type, kept.generated_by = made.media_type, generated_by
    kept.seconds, kept.width, kept.height = made.seconds or None, made.width or None, made.height or None
    kept.chapters, kept.renditions = made.chapters, made.renditions
    kept.save()
    forget_files(course, [name for name in old if name not in kept.names])
    record("video.added", actor_id=None, subject_id=place.pk, course=str(course.pk))
    return kept


def _store(path: Path, name: str) -> str:
    with path.open("rb") as stream:
        return default_storage.save(name, File(stream))


def _store_captions(path: Path, name: str) -> str:
    try:
        captions = as_webvtt(path.read_bytes())
    except CaptionsError as error:
        # The video was paid for, and is worth watching without them.
        logger.warning("The captions of a generated video can't be read, and aren't kept: %s", error)
        return ""
    return default_storage.save(name, ContentFile(captions))
