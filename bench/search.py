"""What a search and a suggestion cost, over the whole catalogue of the world: server time in one process, no cache."""

import random
import statistics
import sys
import time
from dataclasses import dataclass

from bench.requests import Request, ask
from bench.world import words

# In milliseconds, of the 95th percentile: what we aim at.
SEARCH_AIM, SUGGESTION_AIM = 15.0, 5.0
_LAYOUT = "{:<36}{:>9}{:>8}{:>8}{:>8}{:>8}\n"


@dataclass(frozen=True)
class Timing:
    """Latencies in milliseconds of one kind of request."""

    name: str
    number: int
    p50: float
    p95: float
    p99: float
    aim: float


def measure_search(number: int) -> list[Timing]:
    """Measure each kind of query, and all of them together; print a line for each."""
    _prepare()
    sys.stdout.write(_LAYOUT.format("search", "requests", "p50 ms", "p95 ms", "p99 ms", "aim"))
    searches, suggestions = _searches(number), _suggestions(number)
    made = [_timed(name, "/courses/", queries, SEARCH_AIM) for name, queries in searches.items()]
    everything = [query for queries in searches.values() for query in queries]
    made.append(_timed("all searches", "/courses/", everything, SEARCH_AIM))
    made.append(_timed("suggestions", "/search/suggestions/", suggestions, SUGGESTION_AIM))
    return made


def _prepare() -> None:
    from django.db import connection

    from momentum.catalog.models import Course
    from momentum.search.actions import rebuild
    from momentum.search.models import Document

    if Document.objects.count() == Course.objects.published().count():
        return
    started = time.monotonic()
    courses = rebuild()
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")  # as the database would in time
    sys.stderr.write(f"Made {courses:,} documents in {time.monotonic() - started:.0f} s.\n")


def _searches(number: int) -> dict[str, list[str]]:
    """Return queries as people make them; `broad` are words that stand in nearly every lesson of this world."""
    chance = random.Random(7)
    subjects = [subject.replace("-", " ") for some in words.SUBJECTS.values() for subject in some.split()]
    plain = words.vocabulary()
    pick = chance.choice
    return {
        "a subject": [pick(subjects) for _ in range(number)],
        "a subject and two more words": [
            f"{pick(subjects)} for {pick(plain)} beginners" for _ in range(number)
        ],
        "an unfinished word": [pick(subjects)[: chance.randint(3, 5)] for _ in range(number)],
        "filtered and sorted": [f"{pick(subjects)}&level=beginner&days=7&sort=newest" for _ in range(number)],
        "misspelt": [_misspelt(chance, pick(subjects)) for _ in range(number)],
        "broad": [f"{pick(plain)} {pick(plain)}" for _ in range(number // 4)],
    }


def _misspelt(chance: random.Random, subject: str) -> str:
    place = chance.randrange(len(subject) - 1)
    return subject[:place] + subject[place + 1] + subject[place] + subject[place + 2 :]


def _suggestions(number: int) -> list[str]:
    chance = random.Random(8)
    subjects = [subject for some in words.SUBJECTS.values() for subject in some.split()]
    starts = [chance.choice(subjects) for _ in range(number)]
    return [start[: chance.randint(2, len(start))] for start in starts]


def _timed(name: str, path: str, queries: list[str], aim: float) -> Timing:
    from momentum.wsgi import application

    behind = getattr(application, "application", application)
    # Environments are made before the clock runs: a server does that, not we.
    prepared = [Request(f"{path}?q={query.replace(' ', '+')}").environ() for query in queries]
    for environ in prepared[: max(5, len(prepared) // 10)]:
        ask(behind, dict(environ))
    latencies = []
    for environ in prepared:
        started = time.perf_counter()
        answer = ask(behind, environ)
        latencies.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{environ['QUERY_STRING']} answered {answer.status}.")
    cuts = statistics.quantiles(latencies, n=100)
    timing = Timing(name, len(latencies), cuts[49], cuts[94], cuts[98], aim)
    shown = [f"{value:.2f}" for value in (timing.p50, timing.p95, timing.p99)]
    sys.stdout.write(_LAYOUT.format(name, timing.number, *shown, f"{aim:.0f}"))
    sys.stdout.flush()
    return timing
