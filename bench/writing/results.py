"""What was measured, document by document, below the bench's folder: a run that was ended loses nothing."""

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from bench.database import folder
from bench.writing.corpus import Source
from bench.writing.measures import Measured

_HERE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Result:
    """The figures of a document, or why it was refused, and the commit they are of; `day` is one to read."""

    commit: str
    figures: Measured | str
    day: str = ""


def put(source: Source, result: Result) -> None:
    """Keep the document's result in the place of the one before."""
    _place(source).write_bytes(TypeAdapter(Result).dump_json(result, indent=1))


def get(sources: Iterable[Source]) -> dict[Source, Result]:
    """Return the results of those documents that have been measured."""
    return {
        source: TypeAdapter(Result).validate_json(_place(source).read_bytes())
        for source in sources
        if _place(source).exists()
    }


def course_path(source: Source) -> Path:
    """Return where its course is kept, as Markdown."""
    return _place(source).with_suffix(".md")


def commit() -> str:
    """Return the commit that the working copy is at, and whether what is measured has been changed since."""
    changed = _git("status", "--porcelain", "--", "momentum", "bench", "requirements.lock")
    return _git("rev-parse", "--short=8", "HEAD") + (" with changes" if changed else "")


def _place(source: Source) -> Path:
    made = folder() / "courses"
    made.mkdir(parents=True, exist_ok=True)
    return made / f"{re.sub(r'\W+', '-', source.name.casefold())}.json"


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=_HERE, check=True, capture_output=True, text=True
    ).stdout.strip()
