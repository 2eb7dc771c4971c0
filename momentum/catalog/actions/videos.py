"""The video of a lesson."""

import secrets

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.actions.locks import lock_lesson
from momentum.catalog.domain.captions import MAX_BYTES as CAPTIONS_BYTES
from momentum.catalog.domain.captions import CaptionsError, as_webvtt
from momentum.catalog.models import Course, Lesson, Video
from momentum.core.errors import InvalidError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record

MAX_BYTES = 500 * 1024 * 1024


@transaction.atomic
def set_video(
    *, actor: User, lesson: Lesson, video: "File[bytes] | None" = None, captions: "File[bytes] | None" = None
) -> Video:
    """Give the lesson a video (MP4 or WebM), captions (WebVTT or SubRip), or both; what is left out stays.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: when a file isn't what it should be, or captions come with no video to belong to.
    """
    require_admin(actor)
    return keep_video(
        actor=actor, lesson=lesson, video=video, webvtt=_webvtt_of(captions) if captions else None
    )


@transaction.atomic
def keep_video(
    *, actor: User, lesson: Lesson, video: "File[bytes] | None" = None, webvtt: bytes | None = None
) -> Video:
    """Do the same with captions that `as_webvtt` has given back, which takes a second of a large file.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: when the video isn't what it should be, or captions come with no video to belong to.
    """
    require_admin(actor)
    locked = lock_lesson(lesson)
    found = Video.objects.filter(lesson=locked).first()
    if video is None and found is None:
        raise _refused("video", _("Choose a video first."))
    kind = _kind_of(video) if video else None
    kept = found or Video(lesson=locked)
    old = list(kept.names) if found else []
    # Last of all: files know no rollback. The names can't be guessed, though access is checked anyway.
    stem = f"videos/{locked.id.hex}-{secrets.token_hex(6)}"
    if video and kind:
        kept.file.name = default_storage.save(f"{stem}.{kind}", video)
        kept.media_type = f"video/{kind}"
        # What was known of the one before isn't true of this one.
        kept.poster.name, kept.generated_by, kept.chapters, kept.renditions = "", "", [], []
        kept.seconds = kept.width = kept.height = None
    if webvtt:
        kept.captions.name = default_storage.save(f"{stem}.vtt", ContentFile(webvtt))
    kept.save()
    forget_files(locked.course, [name for name in old if name not in kept.names])
    record("video.added", actor_id=actor.id, subject_id=locked.id, course=str(locked.course_id))
    return kept


@transaction.atomic
def remove_video(*, actor: User, lesson: Lesson) -> None:
    """Take the video and its captions away. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    require_admin(actor)
    locked = lock_lesson(lesson)
    if found := Video.objects.filter(lesson=locked).first():
        names = found.names
        found.delete()
        forget_files(locked.course, names)
        record("video.removed", actor_id=actor.id, subject_id=locked.id, course=str(locked.course_id))


def forget_files(course: Course, names: list[str]) -> None:
    """Remove files of the course's videos once this is committed, but for those that learners are still shown."""
    kept = course.kept.files if course.kept else set()

    def remove() -> None:
        for name in set(names) - kept:
            default_storage.delete(name)

    transaction.on_commit(remove)


def _kind_of(video: "File[bytes]") -> str:
    if video.size > MAX_BYTES:
        raise _refused("video", _("This video is too large. The limit is 500 MB."))
    head = video.read(16)
    video.seek(0)
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    raise _refused("video", _("This video format isn’t supported. Use MP4 or WebM."))


def _webvtt_of(captions: "File[bytes]") -> bytes:
    try:
        return as_webvtt(captions.read(CAPTIONS_BYTES + 1))
    except CaptionsError as error:
        raise _refused("captions", str(error)) from None


def _refused(field: str, sentence: str) -> InvalidError:
    return InvalidError(data={"fields": {field: [sentence]}})
