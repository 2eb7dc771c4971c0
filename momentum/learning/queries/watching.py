"""What stands below a video: its chapters, and what is said in it."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

from momentum.catalog.domain.transcripts import Chapter, Paragraph, chapters_of, transcript
from momentum.catalog.models import Video


@dataclass(frozen=True)
class Watching:
    """`paragraphs` are what is said; none where there are no captions, or their file is gone."""

    video: Video
    chapters: list[Chapter]
    paragraphs: list[Paragraph]


def watching(video: Video) -> Watching:
    """Gather it; reads the file of the captions."""
    chapters = chapters_of(video.chapters)
    return Watching(video, chapters, transcript(_captions(video), chapters))


def _captions(video: Video) -> bytes:
    if not video.captions:
        return b""
    try:
        with default_storage.open(str(video.captions.name)) as file:
            return bytes(file.read())
    except OSError:
        return b""
