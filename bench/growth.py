"""Whether pages stay as fast where there is more of everything: the big world beside the small one, by turns."""

import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass

from bench.database import copied, folder, say, started
from bench.sides import PRESENT, by_turns, side
from bench.world import BIG, SMALL

ROUNDS = 3
AIM = 1.3
_LAYOUT = "{:<32}{:>10}{:>10}{:>11}{:>6}\n"


@dataclass(frozen=True)
class Growth:
    """The 95th percentile of how long a page takes, in milliseconds, on both worlds; and big by small."""

    name: str
    small: float
    big: float
    ratio: float


def measure_growth(only: str, *, seconds: float) -> list[Growth]:
    """Measure both worlds, which must have been loaded; print a line for each page."""
    made = []
    with ExitStack() as stack:
        sides = []
        for size in (SMALL, BIG):
            home = folder() / size.name
            if not (home / "postgres").exists():
                raise SystemExit(f"Load the {size.name} world first: python -m bench load --size {size.name}")
            server = stack.enter_context(started(home))
            url = stack.enter_context(copied(server, "bench_growth"))
            beside = folder() / f"{size.name}-growth"
            sides.append(
                stack.enter_context(
                    side(PRESENT, url, beside, database=server.pid, once=40 * (ROUNDS + 1), only=only)
                )
            )
        say("Both worlds are served.")
        sys.stdout.write(_LAYOUT.format("growth", "small p95", "big p95", "big/small", "aim"))
        for name in sides[0].pages:
            small, big = by_turns(sides, name, rounds=ROUNDS, seconds=seconds)
            ratio = statistics.median(more.p95 / less.p95 for more, less in zip(big, small, strict=True))
            small_p95, big_p95 = (statistics.median(turn.p95 for turn in turns) for turns in (small, big))
            made.append(Growth(name, small_p95, big_p95, ratio))
            sys.stdout.write(_LAYOUT.format(name, f"{small_p95:.1f}", f"{big_p95:.1f}", f"{ratio:.2f}", AIM))
            sys.stdout.flush()
    return made
