"""What a commit changed: its code and an older one's on equal data, asked by turns: `python -m bench ratios`."""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.database import copied, folder, say, started
from bench.mixed import Mixed, measure_mixed
from bench.sides import PRESENT, Checkout, Side, by_turns, side
from bench.site import HERE
from bench.world import Size

if TYPE_CHECKING:
    from momentum.core.postgres import Server

ROUNDS = 5
_LAYOUT = "{:<32}{:>8}{:>8}{:>8}{:>8}{:>10}{:>10}{:>8}\n"


@dataclass(frozen=True)
class Ratio:
    """A page on both sides: processor milliseconds a request, of what serves and of PostgreSQL, and new by old."""

    name: str
    cpu: float
    database_cpu: float
    old_cpu: float
    old_database_cpu: float
    of_cost: float
    of_p95: float
    wrong: int


def measure_ratios(size: Size, commit: str, only: str, *, seconds: float) -> list[Ratio | Mixed]:
    """Measure this working copy beside `commit`; print a line for each page."""
    older = built(commit)
    with _world(size, older) as server, ExitStack() as stack:
        sides = []
        for name, checkout in (("new", PRESENT), ("old", older)):
            url = stack.enter_context(copied(server, f"bench_{name}"))
            home = folder() / f"{size.name}-{name}"
            sides.append(
                stack.enter_context(
                    side(checkout, url, home, database=server.pid, once=150 * (ROUNDS + 1), only=only)
                )
            )
        made: list[Ratio | Mixed] = list(_pages(sides, seconds))
        if not only:
            costs = {one.name: one.old_cpu + one.old_database_cpu for one in made if isinstance(one, Ratio)}
            made += measure_mixed({"new": sides[0], "old": sides[1]}, costs, seconds=seconds)
    return made


def _pages(sides: Sequence[Side], seconds: float) -> Iterator[Ratio]:
    heads = ("page", "web ms", "SQL ms", "old web", "old SQL", "CPU new/old", "p95 new/old", "wrong")
    sys.stdout.write(_LAYOUT.format(*heads))
    for name in sides[0].pages:
        new, old = by_turns(sides, name, rounds=ROUNDS, seconds=seconds)
        pairs = list(zip(new, old, strict=True))
        one = Ratio(
            name,
            statistics.median(turn.cpu for turn in new),
            statistics.median(turn.database_cpu for turn in new),
            statistics.median(turn.cpu for turn in old),
            statistics.median(turn.database_cpu for turn in old),
            statistics.median(mine.cost / theirs.cost for mine, theirs in pairs),
            statistics.median(mine.p95 / theirs.p95 for mine, theirs in pairs),
            sum(sum(turn.wrong.values()) for turn in [*new, *old]),
        )
        costs = [f"{value:.2f}" for value in (one.cpu, one.database_cpu, one.old_cpu, one.old_database_cpu)]
        sys.stdout.write(_LAYOUT.format(name, *costs, f"{one.of_cost:.2f}", f"{one.of_p95:.2f}", one.wrong))
        sys.stdout.flush()
        yield one


def built(commit: str) -> Checkout:
    """Return a working copy of a commit beside the bench's databases, with what it needs installed."""
    sha = _git("rev-parse", "--short=12", f"{commit}^{{commit}}")
    place = folder() / "commits" / sha
    if not (place / ".venv" / ".installed").exists():
        say(f"Building {sha}; this is done once.")
        shutil.rmtree(place, ignore_errors=True)
        _git("worktree", "prune")
        _git("worktree", "add", "--detach", str(place), sha)
        subprocess.run(["make", "-s", ".venv/.installed"], cwd=place, check=True, stdout=sys.stderr)
    return Checkout(place, str(place / ".venv" / "bin" / "python"))


@contextmanager
def _world(size: Size, older: Checkout) -> "Iterator[Server]":
    """Start a database whose world the older code can use: the one that is there, or one that it loads itself."""
    for home in (folder(), folder() / "worlds" / older.folder.name):
        if not (home / size.name / "postgres" / "cluster").exists():
            say(f"The {size.name} world is loaded by the older commit; this is done once.")
            home.mkdir(parents=True, exist_ok=True)
            older.run(["-m", "bench", "load", "--size", size.name], {"MOMENTUM_BENCH_HOME": str(home)})
        with started(home / size.name) as server:
            if _knows(older, server):
                yield server
                return
        say(f"The world in {home} has been migrated by code that is newer than the older commit.")
    raise SystemExit("The older commit can't use the world that it loaded.")


def _knows(older: Checkout, server: "Server") -> bool:
    """Say whether this code has all migrations that the server's world has had."""
    from momentum.core.database.connections import connect

    with connect(server.address) as connection:
        applied = connection.execute("select app, name from django_migrations").fetchall()
    ours = {
        path.parent.name for place in (HERE, older.folder) for path in place.glob("momentum/*/migrations")
    }
    return all(
        (older.folder / "momentum" / app / "migrations" / f"{name}.py").exists()
        for app, name in applied
        if app in ours
    )


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=HERE, check=True, capture_output=True, text=True
    ).stdout.strip()
