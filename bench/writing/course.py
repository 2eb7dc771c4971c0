"""Has one course written, in a process of its own, so that its time and memory are known."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bench.writing.corpus import Source
from momentum.providers.documents import Document
from momentum.providers.language.writing import count_words
from momentum.providers.writer import CourseRequest, LessonDraft, Outline

_LONGEST = 3600


@dataclass(frozen=True)
class Course:
    """A course as it was written; seconds of a processor and megabytes at most, for reading and for writing."""

    document: Document
    outline: Outline
    lessons: list[LessonDraft]
    reading_seconds: float
    writing_seconds: float
    megabytes: float


class RefusedError(Exception):
    """The document was not made a course of; the message says why, as a person would be told."""


def write(source: Source, path: Path, *, writer: str) -> Course:
    """Read the document and write its course.

    Raises:
        RefusedError: where the reader or the writer refuses it, or crashes.
    """
    asked = json.dumps({"path": str(path), "days": source.days, "pages": source.pages, "writer": writer})
    done = subprocess.run(
        [sys.executable, "-m", "bench.writing.course", asked],
        capture_output=True, text=True, timeout=_LONGEST, check=False,
    )  # fmt: skip
    if done.returncode == _REFUSED:
        raise RefusedError(done.stdout.strip())
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise RefusedError(f"crashed: {done.stderr.strip().splitlines()[-1]}")
    return TypeAdapter(Course).validate_json(done.stdout)


_REFUSED = 3


def main(asked: dict[str, Any]) -> None:
    """Do it, in the process that was started for it."""
    import django

    django.setup()

    from momentum.providers.documents import DocumentError
    from momentum.providers.writer import WriterError

    try:
        course = _written(Path(asked["path"]), asked["days"], asked["pages"], asked["writer"])
    except (DocumentError, WriterError) as error:
        sys.stdout.write(error.message)
        sys.exit(_REFUSED)
    sys.stdout.write(TypeAdapter(Course).dump_json(course).decode())


def _written(path: Path, days: int, pages: Sequence[int], name: str) -> Course:
    from momentum.providers.documents.reading import read
    from momentum.providers.writer import get_writer, proposed_days

    begun = _seconds()
    document = _cut_out(read(path, name=path.name).document, pages)
    read_by = _seconds()
    references = [document]
    request = CourseRequest(days=days or proposed_days(references))
    writer = get_writer(name)
    outline = writer.outline(request, references).value
    briefs = writer.briefs(request, outline, references).value
    lessons = [writer.lesson(request, brief, references).value for brief in briefs]
    return Course(document, outline, lessons, read_by - begun, _seconds() - read_by, _megabytes())


def _cut_out(document: Document, pages: Sequence[int]) -> Document:
    """Return the chapters from the first to the last of these pages, or all where there are none."""
    if not pages:
        return document
    first, last = pages
    blocks = [block for block in document.blocks if first <= block.page <= last]
    outline = [entry for entry in document.outline if first <= entry.page <= last]
    words = sum(count_words(block.text) for block in blocks)
    return document.model_copy(update={"blocks": blocks, "outline": outline, "words": words})


def _seconds() -> float:
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _megabytes() -> float:
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / 1024


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
