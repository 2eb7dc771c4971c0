"""`momentum write FILE`: the studio's workflow from the shell; the course becomes a folder of Markdown."""

import argparse
import sys
from pathlib import Path

from momentum.cli.progress import progress
from momentum.cli.refusal import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="source document: PDF, DOCX, PPTX, EPUB, HTML, Markdown, text, VTT or SRT"
    )
    parser.add_argument("--days", type=int, default=7, help="lessons, one a day (1 to 60; default 7)")
    parser.add_argument("--out", type=Path, required=True, help="output folder; must be new or empty")
    parser.add_argument("--title", default="", help="course title; chosen by the writer if not given")
    parser.add_argument(
        "--writer", default="", help="extractive, or a model's name; default: MOMENTUM_WRITER"
    )
    parser.add_argument(
        "--no-preview",
        action="store_true",
        help="only who takes the course reads its first lesson; otherwise anyone can",
    )


def main(options: argparse.Namespace) -> None:
    from momentum.cli.course_writing import write_course
    from momentum.cli.migrate import make_tables

    if not options.file.is_file():
        raise RefusedError(f"File not found: {options.file}.")
    if options.out.exists() and (not options.out.is_dir() or any(options.out.iterdir())):
        raise RefusedError(f"{options.out} is not an empty folder. Choose a new one, or remove it first.")
    make_tables()
    with progress("Writing the course") as step:
        folder = write_course(
            source=options.file,
            days=options.days,
            title=options.title,
            writer=options.writer or None,
            free_preview=not options.no_preview,
            out=options.out,
            progress=step.say,
        )
    sys.stdout.write(f"{folder}\n")
