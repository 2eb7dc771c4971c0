"""`make bench-writing`: courses from real documents, counted; see docs/writing.md."""

import argparse
import os
import sys
from pathlib import Path

from bench.database import say
from bench.writing import results
from bench.writing.corpus import SMALL, SOURCES, Source, files
from bench.writing.course import RefusedError, write
from bench.writing.measures import measure
from bench.writing.report import course_text, keep, lesson_text, table
from bench.writing.results import Result


def main() -> None:
    """Write the courses one after the other, then print the table."""
    options = _options()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "momentum.settings", "MOMENTUM_LOG_LEVEL": "ERROR"}
    wanted = [
        one for one in (SMALL if options.small else SOURCES) if options.only.casefold() in one.name.casefold()
    ]
    commit = results.commit()
    if options.resume:
        done = {source for source, one in results.get(wanted).items() if one.commit == commit}
        wanted = [source for source in wanted if source not in done]
    for source, path in files(wanted).items():
        say(source.name)
        results.put(source, _result(source, path, commit, options))
    kept = results.get(SMALL if options.small else SOURCES)
    sys.stdout.write(table({source: kept[source] for source in wanted if source in kept}))
    if options.keep:
        keep(kept)


def _result(source: Source, path: Path, commit: str, options: argparse.Namespace) -> Result:
    try:
        course = write(source, path, writer=options.writer)
    except RefusedError as refused:
        return Result(commit, str(refused))
    text = course_text(course)
    results.course_path(source).write_text(text)
    if options.read:
        sys.stdout.write(text + "\n")
    sample = course.lessons[source.sample - 1] if 0 < source.sample <= len(course.lessons) else None
    day = f"### {source.name}, day {source.sample}\n\n{lesson_text(sample)}\n" if sample else ""
    return Result(commit, measure(course), day)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.writing", description="Measure how good courses are.")
    parser.add_argument("--writer", default="extractive", help="extractive, or a model's name")
    parser.add_argument("--small", action="store_true", help="only our own documents")
    parser.add_argument("--only", default="", help="only documents with this in their name")
    parser.add_argument("--read", action="store_true", help="print the courses whole")
    parser.add_argument(
        "--resume", action="store_true", help="leave out what this commit has been measured on"
    )
    parser.add_argument("--keep", action="store_true", help="show all figures there are in docs/writing.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
