"""The figures that docs/speed.md shows: kept in docs/speed.json, from which its tables are made."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.mixed import Mixed
    from bench.ratios import Ratio
    from bench.served import Served

_HERE = Path(__file__).resolve().parents[1]
DATA, PAGE = _HERE / "docs" / "speed.json", _HERE / "docs" / "speed.md"
_BEGIN, _END = "<!-- made from speed.json by `python -m bench … --keep` -->\n", "<!-- until here -->\n"


class Kept:
    """Figures of the past, of one world, that new ones are compared with."""

    def __init__(self, size: str) -> None:
        """Read what is kept of the world of this size, if anything."""
        found = read().get("served", {})
        rows = found.get("rows", []) if found.get("world") == size else []
        self.commit = found.get("commit", "")
        self._rows: dict[str, Mapping[str, Any]] = {row["name"]: row for row in rows if "cpu" in row}
        self._pace = 1.0

    def change(self, now: "Served") -> str:
        """Return by how much the cost of a request has changed, or a dash where it isn't known.

        Of two machines one is slower: by as much as its bare handler is, for this page or the last that had one.
        """
        if (then := self._rows.get(now.name)) is None:
            return "-"
        if then["bare_cost"] and now.bare_cost:
            self._pace = now.bare_cost / then["bare_cost"]
        cost = (now.cpu + now.database_cpu) / self._pace
        return f"{100 * (cost / (then['cpu'] + then['database_cpu']) - 1):+.0f} %"


def keep(what: str, world: str, rows: "Sequence[Served | Ratio | Mixed]", *, against: str = "") -> None:
    """Put these figures in the place of those that docs/speed.md shows."""
    commit = _git("rev-parse", "--short=8", "HEAD")
    if _git("status", "--porcelain", "--", "momentum", "bench", "requirements.lock"):
        commit += " with changes"
    found = {"commit": commit, "world": world, "rows": [_rounded(asdict(row)) for row in rows]}
    data = read() | {what: found | ({"against": against} if against else {})}
    DATA.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    before, _, rest = PAGE.read_text().partition(_BEGIN)
    PAGE.write_text(before + _BEGIN + tables(data) + _END + rest.partition(_END)[2])


def read() -> dict[str, Any]:
    """Return all that is kept."""
    return json.loads(DATA.read_text()) if DATA.exists() else {}


def tables(data: Mapping[str, Any]) -> str:
    """Return what docs/speed.md shows of the figures."""
    parts = []
    if served := data.get("served"):
        parts += [
            f"Of commit {served['commit']}, on the {served['world']} world:",
            "",
            "| served | req/s | p50 ms | p95 ms | p99 ms | web CPU ms | PostgreSQL CPU ms | of bare |",
            "|---|---|---|---|---|---|---|---|",
            *(
                f"| {row['name']} | {row['per_second']:.0f} | {row['p50']:.1f} | {row['p95']:.1f} | {row['p99']:.1f}"
                f" | {row['cpu']:.2f} | {row['database_cpu']:.2f} | {_or_dash(row['of_bare'])} |"
                for row in served["rows"]
                if "cpu" in row
            ),
            "",
            *_mixed(served["rows"]),
        ]
    if ratios := data.get("ratios"):
        parts += [
            f"Commit {ratios['commit']} beside {ratios['against']}, on the {ratios['world']} world:",
            "",
            "| page | CPU ms now | CPU ms then | CPU now/then | p95 now/then |",
            "|---|---|---|---|---|",
            *(
                f"| {row['name']} | {row['cpu'] + row['database_cpu']:.2f}"
                f" | {row['old_cpu'] + row['old_database_cpu']:.2f} | {row['of_cost']:.2f} | {row['of_p95']:.2f} |"
                for row in ratios["rows"]
                if "of_cost" in row
            ),
            "",
            *_mixed(ratios["rows"]),
        ]
    return "\n".join(parts)


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=_HERE, check=True, capture_output=True, text=True
    ).stdout.strip()


def _mixed(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [
        f"| {row['name']} | {row['rate']:.0f} | {row['p50']:.1f} | {row['p95']:.1f} | {row['p99']:.1f}"
        f" | {sum(row['wrong'].values())} of {row['answers']} |"
        for row in rows
        if "rate" in row
    ]
    heads = ["| mixed | req/s | p50 ms | p95 ms | p99 ms | wrong |", "|---|---|---|---|---|---|"]
    return [*heads, *lines, ""] if lines else []


def _or_dash(value: float) -> str:
    return f"{value:.2f}" if value else "–"


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in row.items()}
