"""Everything at once, as people ask for it: requests that arrive by chance at a rate."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from bench.sides import Side
from bench.site import PROCESSES

_TURNS = 10  # it lasts as long as so many turns of a page
# Of what the processors could do; from half on, the queue is what is measured.
_LOAD = 0.4
_LAYOUT = "{:<32}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}\n"


@dataclass(frozen=True)
class Mixed:
    """What came of it on one side: latencies in milliseconds, and how many answers weren't as expected."""

    name: str
    rate: float
    answers: int
    p50: float
    p95: float
    p99: float
    wrong: dict[str, int]


def measure_mixed(sides: Mapping[str, Side], costs: Mapping[str, float], *, seconds: float) -> list[Mixed]:
    """Have each side asked for its pages at the same rate; print a line for each.

    Args:
        sides: by the names that the figures call them.
        costs: what a request of each page takes, in milliseconds of processor time, from which the rate follows.
        seconds: how long a turn of one page takes elsewhere.
    """
    sys.stdout.write(_LAYOUT.format("mixed", "req/s", "answers", "p50 ms", "p95 ms", "p99 ms", "wrong"))
    made = []
    for name, one in sides.items():
        shares = {page: one.pages[page].share for page in costs}
        mean = sum(share * costs[page] for page, share in shares.items()) / sum(shares.values())
        rate = _LOAD * PROCESSES * 1000 / mean
        turn = one.site.arrivals(one.mixed(), rate, _TURNS * seconds)
        found = Mixed(name, rate, turn.answers, turn.p50, turn.p95, turn.p99, turn.wrong)
        times = [f"{value:.1f}" for value in (found.p50, found.p95, found.p99)]
        wrong = " ".join(f"{number}×{what}" for what, number in found.wrong.items()) or "0"
        sys.stdout.write(_LAYOUT.format(name, f"{rate:.0f}", found.answers, *times, wrong))
        sys.stdout.flush()
        made.append(found)
    return made
