"""What an installation costs while nobody uses it: `python -m bench idle`.

`momentum run` is started in a folder of its own, left alone for a moment, and watched.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.processes import command_of, cpu_seconds, memory_mb, tree
from bench.site import free_ports, wait_until_answers

SETTLE_SECONDS = 20.0
_PARTS = ("database", "worker", "web", "momentum")
_LAYOUT = "{:<12}{:>14}{:>12}\n"


@dataclass(frozen=True)
class Idle:
    """One part of an installation: processor time as a percentage of one core, memory in megabytes."""

    name: str
    core_percent: float
    memory: float


def measure_idle(seconds: float) -> list[Idle]:
    """Watch an installation that nobody uses; print a line for each part of it, and their sum."""
    with _running() as (pid, url):
        parts = _parts_of(pid)
        with psycopg.connect(url, autocommit=True) as connection:
            transactions, before = _transactions(connection), _cpu(pid, parts)
            time.sleep(seconds)
            spent = {name: after - before[name] for name, after in _cpu(pid, parts).items()}
            transactions = _transactions(connection) - transactions
        memory = {name: memory_mb(one) for name, one in parts.items()}
        memory["momentum"] = memory_mb(pid) - sum(memory.values())
    found = [Idle(name, 100 * spent[name] / seconds, memory[name]) for name in _PARTS]
    found.append(Idle("in all", sum(one.core_percent for one in found), sum(one.memory for one in found)))
    sys.stdout.write(_LAYOUT.format("idle", "% of a core", "memory MB"))
    for one in found:
        sys.stdout.write(_LAYOUT.format(one.name, f"{one.core_percent:.2f}", f"{one.memory:.0f}"))
    sys.stdout.write(f"{transactions / seconds:.1f} transactions a second\n")
    return found


def _parts_of(pid: int) -> dict[str, int]:
    """Return the process of each part, by what its command line says; `momentum run` itself is the rest."""
    found = {}
    for child in tree(pid):
        command = command_of(child)
        if command[-1:] == ["worker"]:
            found.setdefault("worker", child)
        elif command[-1:] == ["web"]:
            found.setdefault("web", child)
        elif command and Path(command[0]).name == "postgres":
            found.setdefault("database", child)
    return found


def _cpu(pid: int, parts: dict[str, int]) -> dict[str, float]:
    spent = {name: cpu_seconds(one) for name, one in parts.items()}
    return {**spent, "momentum": cpu_seconds(pid) - sum(spent.values())}


def _transactions(connection: psycopg.Connection) -> int:
    row = connection.execute(
        "select pg_stat_clear_snapshot(), sum(xact_commit + xact_rollback) from pg_stat_database"
    ).fetchone()
    return int(row[1]) if row else 0


@contextmanager
def _running() -> Iterator[tuple[int, str]]:
    """Start an installation and wait until it answers and has settled; yield its process and its database's URL."""
    from momentum.core import postgres
    from momentum.core.home import database_folder

    [port] = free_ports(1)
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOMENTUM_HOME"] = home
        os.environ.pop("MOMENTUM_DATABASE_URL", None)
        run = subprocess.Popen(
            [sys.executable, "-m", "momentum", "run"],
            env={**os.environ, "PORT": str(port)},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_until_answers(port, seconds=300)
            time.sleep(SETTLE_SECONDS)
            yield run.pid, postgres.running_url(database_folder()) or ""
        finally:
            run.terminate()
            run.wait(60)
