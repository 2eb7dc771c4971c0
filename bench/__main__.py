"""`make bench`: what a page costs, beside the same SQL behind a bare handler, by turns: in one process, and served.

The figures are of this machine at this moment; quote the ratio. It runs on a database of its own.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from bench.database import folder, opened, say
from bench.evaluate import evaluate
from bench.measure import Figures, compare, statements_of
from bench.pages import pages
from bench.search import measure_search
from bench.served import Served, measure_served
from bench.world import BIG, SMALL, Size

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
        if only not in page.name:
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
    parser = argparse.ArgumentParser(prog="bench", description="Measure what pages cost.")
    parser.add_argument(
        "what", nargs="?", default="all", choices=("all", "pages", "served", "search", "evaluate", "load")
    )
    parser.add_argument("--size", default=BIG.name, choices=SIZES, help="how large a world (default: big)")
    parser.add_argument("--small", dest="size", action="store_const", const=SMALL.name, help="a small world")
    parser.add_argument("--anew", action="store_true", help="make the world again")
    parser.add_argument("--requests", type=int, default=300, help="requests per page")
    parser.add_argument("--page", default="", help="only pages with this in their name, such as 'course'")
    options = parser.parse_args()
    size: Size = SIZES[options.size]
    with opened(size, anew=options.anew):
        if options.what in {"all", "evaluate"} and not options.page:
            print_evaluation()
        if options.what in {"all", "pages"}:
            _write("pages", size, measure_pages(options.requests, options.page))
        if options.what in {"all", "served"}:
            _write("served", size, measure_served(options.page))
        if options.what in {"all", "search"} and not options.page:
            _write("search", size, measure_search(options.requests))


def _write(what: str, size: Size, figures: Sequence[Figures | Served]) -> None:
    written = folder() / f"{what}-{size.name}.json"
    written.write_text(json.dumps([asdict(row) for row in figures], indent=2) + "\n")
    say(f"Written to {written}")


if __name__ == "__main__":
    main()
