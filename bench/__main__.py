"""`make bench`: what a page costs, beside the same SQL behind a bare handler, by turns: in one process, and served.

The figures are of this machine at this moment; quote the ratio. It runs on a database of its own.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bench.database import folder, opened, say
from bench.evaluate import evaluate
from bench.growth import measure_growth
from bench.idle import measure_idle
from bench.kept import keep
from bench.measure import Figures, compare, statements_of
from bench.models import measure_models
from bench.pages import pages
from bench.ratios import measure_ratios
from bench.reminders import measure_reminders
from bench.search import measure_search
from bench.served import measure_served
from bench.support import judged, table
from bench.world import BIG, SMALL, Size

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SIZES = {size.name: size for size in (BIG, SMALL)}
_LAYOUT = "{:<36}{:>5}{:>9}{:>8}{:>8}{:>8}{:>8}{:>9}{:>13}\n"


def measure_pages(number: int, only: str) -> list[Figures]:
    """Measure the pages whose name contains `only`; print a line for each."""
    from momentum.wsgi import application

    behind = getattr(application, "application", application)
    sys.stdout.write(
        _LAYOUT.format(
            "page", "SQL", "req/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "of bare", "of prepared"
        )
    )
    made = []
    for page in pages(number):
        if only not in page.name or not page.alone:
            continue
        asked = application if page.cached else behind
        if not page.writes:  # what a first visit notes is noted before the second is looked at
            for request in page.requests:
                statements_of(behind, request)
        statements = [statements_of(behind, request, writes=page.writes) for request in page.requests]
        figures = compare(page.name, asked, page.requests, statements, number=number, writes=page.writes)
        made.append(figures)
        numbers = (figures.per_second, figures.p50, figures.p95, figures.p99, figures.cpu)
        shown = [f"{value:.2f}" for value in numbers[1:]]
        sys.stdout.write(
            _LAYOUT.format(
                page.name,
                figures.queries,
                f"{numbers[0]:.0f}",
                *shown,
                f"{figures.of_bare:.2f}",
                f"{figures.of_prepared:.2f}",
            )
        )
        sys.stdout.flush()
    return made


def print_evaluation() -> None:
    """Say how good the recommendations are."""
    found = evaluate()
    sys.stdout.write(
        f"recommendations: the last course of {found.learners} learners, hidden ({found.seconds:.0f} s)\n"
    )
    for score in found.scores:
        sys.stdout.write(
            f"{score.name:<22} hit@5 {score.hit5:.3f}   hit@10 {score.hit10:.3f}   MRR {score.mrr:.3f}\n"
        )


def main() -> None:
    """Open the world, loading it the first time, then measure."""
    options = _options()
    size: Size = SIZES[options.size]
    seconds = options.seconds or (2.0 if size is BIG else 1.0)
    match options.what:
        case "support":
            sys.stdout.write(table(list(judged())))
        case "idle":
            _write("idle", size, measure_idle(options.seconds or 60.0))
        case "models":
            _write("models", size, measure_models())
        case "reminders":
            _write("reminders", size, measure_reminders(options.sent))
        case "growth":
            _write("growth", size, measure_growth(options.page, seconds=seconds))
        case "ratios":
            found = measure_ratios(size, options.against, options.page, seconds=seconds)
            _write("ratios", size, found)
            if options.keep:
                keep("ratios", size.name, found, against=options.against)
        case what:
            _measure(what, size, options, seconds)
            if what == "all" and size is BIG and not options.page:
                subprocess.run([sys.executable, "-m", "bench", "load", "--small"], check=True)
                _write("growth", size, measure_growth("", seconds=seconds / 2))


def _measure(what: str, size: Size, options: argparse.Namespace, seconds: float) -> None:
    """Measure what needs one world."""
    with opened(size, anew=options.anew) as server:
        if what in {"all", "evaluate"} and not options.page:
            print_evaluation()
        if what in {"all", "pages"}:
            _write("pages", size, measure_pages(options.requests, options.page))
        if what in {"all", "search"} and not options.page:
            _write("search", size, measure_search(options.requests))
        if what in {"all", "served"}:
            found = measure_served(server, size.name, options.page, seconds=seconds)
            _write("served", size, found)
            if options.keep:
                keep("served", size.name, found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure what pages cost.")
    choices = (
        "all",
        "pages",
        "served",
        "search",
        "evaluate",
        "growth",
        "ratios",
        "idle",
        "models",
        "reminders",
        "support",
        "load",
    )
    parser.add_argument("what", nargs="?", default="all", choices=choices)
    parser.add_argument("--size", default=BIG.name, choices=SIZES, help="how large a world (default: big)")
    parser.add_argument("--small", dest="size", action="store_const", const=SMALL.name, help="a small world")
    parser.add_argument("--anew", action="store_true", help="make the world again")
    parser.add_argument("--requests", type=int, default=300, help="requests per page in one process")
    parser.add_argument("--seconds", type=float, default=0.0, help="how long each turn over HTTP takes")
    parser.add_argument("--sent", type=int, default=20_000, help="reminders: how many mails to send")
    parser.add_argument("--page", default="", help="only pages with this in their name, such as 'course'")
    parser.add_argument("--against", default="", metavar="COMMIT", help="ratios: to the code of this commit")
    parser.add_argument(
        "--keep", action="store_true", help="served, ratios: show these figures in docs/speed.md"
    )
    options = parser.parse_args()
    if (options.what == "ratios") != bool(options.against):
        parser.error("'ratios' and '--against COMMIT' go together")
    if options.keep and options.page:
        parser.error("only the figures of all pages are kept")
    return options


def _write(what: str, size: Size, figures: "Sequence[DataclassInstance]") -> None:
    rows: list[dict[str, Any]] = [asdict(row) for row in figures]
    written = folder() / f"{what}-{size.name}.json"
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_text(json.dumps(rows, indent=2) + "\n")
    say(f"Written to {written}")


if __name__ == "__main__":
    main()
