"""What a search and a suggestion cost, over the whole catalogue of the world: server time in one process, no cache.

The last figure but one is the 95th percentile of each query's fastest answer of five: what else the machine does
disturbs it less, so where it is far below the plain one, the machine was busy.
"""

import random
import statistics
import sys
import time
from collections.abc import Sequence
from urllib.parse import quote_plus

from bench.database import say
from bench.measure import ROUNDS, Figures, compare, statements_of
from bench.requests import Application, Request, ask
from bench.world import words

# In milliseconds, of the 95th percentile: what we aim at.
SEARCH_AIM, SUGGESTION_AIM = 15.0, 5.0
_LAYOUT = "{:<30}{:>4}{:>8}{:>8}{:>8}{:>8}{:>8}{:>9}{:>10}{:>5}\n"


def measure_search(number: int) -> list[Figures]:
    """Measure each kind of query, and all of them in the shares that they have; print a line for each."""
    _prepare()
    heads = ("search", "SQL", "req/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "of bare", "best p95", "aim")
    sys.stdout.write(_LAYOUT.format(*heads))
    searches = _searches(number)
    made = [_measured(name, "/courses/", queries, SEARCH_AIM) for name, queries in searches.items()]
    mixed = [query for queries in searches.values() for query in queries]
    random.Random(9).shuffle(mixed)
    made.append(_measured("all searches", "/courses/", mixed, SEARCH_AIM))
    typed = _typed(number // 2)
    made.append(_measured("suggestions", "/search/suggestions/", typed, SUGGESTION_AIM))
    return made


def _prepare() -> None:
    """Make what can be found where the world was loaded before there was search, or by an older one."""
    from django.db import connection

    from momentum.catalog.models import Course
    from momentum.search.actions import rebuild
    from momentum.search.models import Document

    if Document.objects.count() != Course.objects.published().count():
        say(f"{rebuild():,} courses can be found now.")
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")  # as the database would in time


def _searches(number: int) -> dict[str, list[str]]:
    """Return `number` queries as people make them. Those that are broad find nearly every course of this world."""
    chance = random.Random(7)
    subjects = [subject.replace("-", " ") for some in words.SUBJECTS.values() for subject in some.split()]
    plain = words.vocabulary()
    pick = chance.choice
    made = {
        "a subject": (0.25, lambda: pick(subjects)),
        "a subject and another word": (0.15, lambda: f"{pick(subjects)} {pick(plain)}"),
        "words of a title": (0.10, lambda: words.title(chance, pick(subjects).replace(" ", "-"))),
        "an unfinished word": (0.15, lambda: pick(subjects)[: chance.randint(2, 5)]),
        "filtered": (0.05, lambda: f"{pick(subjects)}&level=beginner&days=7"),
        "filtered and sorted": (0.05, lambda: f"{pick(subjects)}&level=beginner&sort=newest"),
        "misspelt": (0.10, lambda: _misspelt(chance, pick(subjects))),
        "broad": (0.10, lambda: f"{pick(plain)} {pick(plain)}"),
        "broad and filtered": (0.05, lambda: f"{pick(plain)}&level=advanced&days=14"),
    }
    return {
        name: [make() for _ in range(max(4, int(share * number)))] for name, (share, make) in made.items()
    }


def _misspelt(chance: random.Random, subject: str) -> str:
    place = chance.randrange(len(subject) - 1)
    return subject[:place] + subject[place + 1] + subject[place] + subject[place + 2 :]


def _typed(number: int) -> list[str]:
    """Return beginnings of titles, as they are typed."""
    chance = random.Random(8)
    subjects = [subject for some in words.SUBJECTS.values() for subject in some.split()]
    titles = [words.title(chance, chance.choice(subjects)) for _ in range(number // 2)]
    starts = [chance.choice(subjects) for _ in range(number // 2)] + titles
    return [start[: chance.randint(2, len(start))] for start in starts]


def _measured(name: str, path: str, queries: Sequence[str], aim: float) -> Figures:
    from momentum.wsgi import application

    behind = getattr(application, "application", application)
    requests = [Request(f"{path}?q={quote_plus(query, safe='&=')}") for query in queries]
    statements = [statements_of(behind, request) for request in requests]
    figures = compare(name, behind, requests, statements, number=ROUNDS * len(requests))
    numbers = (figures.p50, figures.p95, figures.p99, figures.cpu, figures.of_bare, _best(behind, requests))
    shown = [f"{value:.2f}" for value in numbers]
    sys.stdout.write(_LAYOUT.format(name, figures.queries, f"{figures.per_second:.0f}", *shown, f"{aim:.0f}"))
    sys.stdout.flush()
    return figures


def _best(application: Application, requests: Sequence[Request]) -> float:
    """Return the 95th percentile, in milliseconds, of the fastest of five answers to each request."""
    fastest = []
    for request in requests:
        took = []
        for environ in [request.environ() for _ in range(ROUNDS)]:
            started = time.perf_counter()
            ask(application, environ)
            took.append(time.perf_counter() - started)
        fastest.append(1000 * min(took))
    return statistics.quantiles(fastest, n=20)[-1]
