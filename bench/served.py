"""What is really served: our pages over HTTP, beside a bare handler that is served the same way, by turns."""

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.database import copied, folder, surroundings
from bench.kept import Kept
from bench.measure import statements_of
from bench.mixed import Mixed, measure_mixed
from bench.pages import Page, served_pages
from bench.requests import Request, ask
from bench.sides import Asked, Side
from bench.site import PROCESSES, Site, Turn, serving, text_of

if TYPE_CHECKING:
    from momentum.core.postgres import Server

ROUNDS = 3
ONCE = 150
_LAYOUT = "{:<34}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>9}{:>9}{:>9}\n"


@dataclass(frozen=True)
class Served:
    """Medians of all rounds; processor time in milliseconds a request, of what serves and of PostgreSQL.

    `of_bare` is by processor time: 0.5 where a request costs twice what the bare handler takes; 0 where there is none,
    because what is written can't be written again.
    """

    name: str
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float
    database_cpu: float
    bare_cost: float
    of_bare: float


def measure_served(server: "Server", size: str, only: str, *, seconds: float) -> list[Served | Mixed]:
    """Measure the pages of visitors that are kept, and those of people who are signed in; print a line for each.

    The kept figures beside them are of another moment and perhaps another machine, so they are corrected by what the
    bare handler takes now and took then.
    """
    from django.db import connection

    chosen = [page for page in served_pages(ONCE * (ROUNDS + 1)) if only in page.name]
    sizes, statements = _what_they_take(chosen)
    connection.close()  # what is copied mustn't be in use
    with copied(server, "bench_served") as url, _floor(sizes, statements, url, server.pid) as floor:
        home = Path(os.environ["MOMENTUM_HOME"])
        site = Site(
            [sys.executable, "-m", "momentum", "web"],
            database=server.pid,
            surroundings=surroundings(url, home),
        )
        with serving(site):
            pages = {
                page.name: Asked(text_of(page.requests, page.status), page.once, page.share)
                for page in chosen
            }
            ours = Side(site, pages)
            made = list(_measured(chosen, ours, floor, Kept(size), seconds))
            if only:
                return [*made]
            costs = {one.name: one.cpu + one.database_cpu for one in made}
            return [*made, *measure_mixed({"as people ask": ours}, costs, seconds=seconds)]


def _what_they_take(chosen: Sequence[Page]) -> tuple[list[int], list[list[str]]]:
    """Return how long the answer to each request is that a bare handler can answer, and the SQL of it."""
    from momentum.wsgi import application

    behind = getattr(application, "application", application)
    sizes, statements = [], []
    for page in chosen:
        for request in () if page.writes else page.requests:
            statements_of(behind, request)  # what a first visit notes is noted before the second is looked at
            statements.append([] if page.cached else statements_of(behind, request))
            sizes.append(len(ask(application, request.environ()).body))
    return sizes, statements


@contextmanager
def _floor(sizes: list[int], statements: list[list[str]], url: str, database: int) -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as place:
        told = Path(place, "floor.json")
        told.write_text(json.dumps({"sizes": sizes, "statements": statements}))
        command = [sys.executable, "-m", "bench.floor", "$PORT", str(PROCESSES), str(told)]
        site = Site(command, database=database, surroundings=surroundings(url, folder()))
        with serving(site):
            yield site


def _measured(
    chosen: Sequence[Page], ours: Side, floor: Site, kept: Kept, seconds: float
) -> Iterator[Served]:
    heads = (
        "served",
        "req/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "web ms",
        "SQL ms",
        "bare ms",
        "of bare",
        "to kept",
    )
    sys.stdout.write(_LAYOUT.format(*heads))
    first = 0
    for page in chosen:
        path = "kept" if page.cached else "made"
        number = 0 if page.writes else len(page.requests)
        asked = text_of([Request(f"/{path}/{first + place}") for place in range(number)], 200)
        first += number
        pairs = []
        for turn in range(ROUNDS + 1):
            bare = floor.closed(asked, seconds if turn else seconds / 2) if asked else None
            mine = ours.turn(page.name, turn, seconds if turn else seconds / 2, ROUNDS + 1)
            if mine.wrong:
                raise SystemExit(f"{page.name}: answers that are not as expected: {mine.wrong}")
            if turn:  # the first warms up
                pairs.append((mine, bare))
        one = _figures(page.name, pairs)
        times = [f"{value:.1f}" for value in (one.p50, one.p95, one.p99)]
        costs = [f"{value:.2f}" for value in (one.cpu, one.database_cpu)]
        floors = [f"{one.bare_cost:.2f}", f"{one.of_bare:.2f}"] if one.of_bare else ["-", "-"]
        sys.stdout.write(
            _LAYOUT.format(one.name, f"{one.per_second:.0f}", *times, *costs, *floors, kept.change(one))
        )
        sys.stdout.flush()
        yield one


def _figures(name: str, pairs: Sequence[tuple[Turn, Turn | None]]) -> Served:
    ours = [mine for mine, _bare in pairs]
    bares = [(mine, bare) for mine, bare in pairs if bare is not None]
    return Served(
        name,
        **{
            what: statistics.median(getattr(turn, what) for turn in ours)
            for what in ("per_second", "p50", "p95", "p99", "cpu", "database_cpu")
        },
        bare_cost=statistics.median(bare.cost for _mine, bare in bares) if bares else 0.0,
        of_bare=statistics.median(bare.cost / mine.cost for mine, bare in bares) if bares else 0.0,
    )
