"""`make bench-writing`: courses from real documents, counted; see docs/writing.md."""

import argparse
import os
import sys

from bench.database import folder, say
from bench.writing.corpus import SMALL, SOURCES, Source, files
from bench.writing.course import RefusedError, write
from bench.writing.measures import Measured, measure
from bench.writing.report import course_text, keep, lesson_text, table


def main() -> None:
    """Write the courses one after the other, then print the table."""
    options = _options()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "momentum.settings", "MOMENTUM_LOG_LEVEL": "ERROR"}
    wanted = [
        one for one in (SMALL if options.small else SOURCES) if options.only.casefold() in one.name.casefold()
    ]
    measured: dict[Source, Measured | str] = {}
    samples: dict[str, str] = {}
    for source, path in files(wanted).items():
        say(source.name)
        try:
            course = write(source, path, writer=options.writer)
        except RefusedError as refused:
            measured[source] = str(refused)
            continue
        measured[source] = measure(course)
        text = course_text(course)
        (folder() / f"{path.stem}.md").write_text(text)
        if options.read:
            sys.stdout.write(text + "\n")
        middle = len(course.lessons) // 2
        samples[f"{source.name}, day {middle + 1}"] = lesson_text(course.lessons[middle])
    sys.stdout.write(table(measured))
    if options.keep:
        keep(measured, dict(list(samples.items())[:: max(1, len(samples) // 3)][:3]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.writing", description="Measure how good courses are.")
    parser.add_argument("--writer", default="extractive", help="extractive, or a model's name")
    parser.add_argument("--small", action="store_true", help="only our own documents")
    parser.add_argument("--only", default="", help="only documents with this in their name")
    parser.add_argument("--read", action="store_true", help="print the courses whole")
    parser.add_argument("--keep", action="store_true", help="show these figures in docs/writing.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
