"""What requests cost: ours and a bare handler's with the same SQL, by turns, so that noise hits both alike."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from bench.requests import Application, Request, ask

ROUNDS = 5
_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Figures:
    """Latencies in milliseconds, CPU of this process in milliseconds a request, and the ratios to the floors.

    `of_bare` is to a handler that sends the statements as text, as any would that does nothing about it; `of_prepared`
    to one that has PostgreSQL keep their plans, which is the least that they can take.
    """

    name: str
    queries: float
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float
    of_bare: float
    of_prepared: float
    bare_per_second: float


@dataclass(frozen=True)
class Measured:
    """One side of a comparison: how long each request took, and the CPU of all."""

    latencies: list[float]
    cpu: float

    @property
    def per_second(self) -> float:
        return len(self.latencies) / sum(self.latencies)


def compare(
    name: str,
    application: Application,
    requests: Sequence[Request],
    statements: Sequence[Sequence[str]],
    *,
    number: int,
    writes: bool = False,
) -> Figures:
    """Make `number` requests of each side, going round `requests`.

    `statements` is the SQL of each request. Where it writes, each request is made once, and the bare handler, whose
    turn comes first, takes back what it wrote.
    """
    floors = [bare(statements, prepare=prepare, writes=writes) for prepare in (False, True)]
    rounds = 1 if writes else ROUNDS
    each = min(number, len(requests)) if writes else max(1, number // rounds)
    if not writes:
        _times(application, requests, max(3, len(requests)))
    for floor in floors:
        _times(floor, requests, len(requests))
    theirs: list[list[Measured]] = [[], []]
    ours = []
    for _ in range(rounds):
        for floor, measured in zip(floors, theirs, strict=True):
            measured.append(_times(floor, requests, each))
        ours.append(_times(application, requests, each, expect=302 if writes else 0))
    latencies = [1000 * one for round_ in ours for one in round_.latencies]
    cuts = statistics.quantiles(latencies, n=100)
    ratios = [
        statistics.median(
            mine.per_second / other.per_second for mine, other in zip(ours, measured, strict=True)
        )
        for measured in theirs
    ]
    return Figures(
        name=name,
        queries=max(len([one for one in sql if not one.startswith(_CONTROL)]) for sql in statements),
        per_second=statistics.median(round_.per_second for round_ in ours),
        p50=cuts[49],
        p95=cuts[94],
        p99=cuts[98],
        cpu=1000 * sum(round_.cpu for round_ in ours) / len(latencies),
        of_bare=ratios[0],
        of_prepared=ratios[1],
        bare_per_second=statistics.median(round_.per_second for round_ in theirs[0]),
    )


def _times(
    application: Application, requests: Sequence[Request], number: int, *, expect: int = 0
) -> Measured:
    # Environments are made before the clock runs: a server does that, not we.
    prepared = [requests[turn % len(requests)].environ() for turn in range(number)]
    latencies = []
    gc.collect()
    cpu = time.process_time()
    for turn, environ in enumerate(prepared):
        environ["bench.turn"] = turn % len(requests)
        before = time.perf_counter()
        answer = ask(application, environ)
        latencies.append(time.perf_counter() - before)
        if expect and answer.status not in {expect, 200}:
            raise SystemExit(f"{environ['PATH_INFO']} answered {answer.status}.")
    return Measured(latencies, time.process_time() - cpu)


def bare(statements: Sequence[Sequence[str]], *, prepare: bool = False, writes: bool = False) -> Application:
    """Return a handler that runs the statements of a request on psycopg and answers with how many rows there were.

    Args:
        statements: the SQL of each request, values filled in.
        prepare: whether PostgreSQL is to keep their plans.
        writes: whether what they write is to be taken back.
    """
    from django.db import connection

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        rows = 0
        with connection.connection.cursor() as cursor:
            if writes:
                cursor.execute("BEGIN")
            for statement in statements[environ.get("bench.turn", 0)]:
                cursor.execute(statement, prepare=prepare)
                rows += len(cursor.fetchall()) if cursor.description else 0
            if writes:
                cursor.execute("ROLLBACK")
        body = str(rows).encode()
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    return application


def statements_of(application: Application, request: Request, *, writes: bool = False) -> list[str]:
    """Return the SQL of one request, values filled in; where it `writes`, that is taken back."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    reset_queries()  # of all together Django keeps the last few thousand only
    with _taken_back() if writes else nullcontext(), CaptureQueriesContext(connection) as captured:
        answer = ask(application, request.environ())
    if answer.status not in {200, 302}:
        raise SystemExit(f"{request.path} answered {answer.status}, so it can't be measured.")
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(_CONTROL)]


@contextmanager
def _taken_back() -> Iterator[None]:
    """Undo what is written inside; a request begins and ends without looking whether its connection is good."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections, transaction

    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
