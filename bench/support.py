"""How often the check of claims is right: pairs of a passage and a claim, by kind and by language."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from momentum.providers.writer.support import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from momentum.providers.writer.support import Verdict

PAIRS: Final = Path(__file__).with_name("support_pairs.json")
TRUE: Final = frozenset({"same", "paraphrase"})
_EVERY: Final = 3  # of the passages, one in so many is held out: nothing may be tuned on it


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, what was found of it, and whether it is one of those that nothing was tuned on."""

    language: str
    kind: str
    passage: str
    claim: str
    verdict: Verdict
    held_out: bool

    @property
    def is_right(self) -> bool:
        """Whether it is supported where it is true, and isn't where it isn't, or can't be told."""
        return (self.verdict.support == "supported") == (self.kind in TRUE)


def judged() -> Iterator[Judged]:
    """Judge every pair."""
    for language, groups in json.loads(PAIRS.read_text()).items():
        for number, group in enumerate(groups, 1):
            passage = group["passage"]
            for kind, claims in group.items():
                if kind == "passage":
                    continue
                for claim in claims:
                    verdict = judge(claim, passage)
                    yield Judged(language, kind, passage, claim, verdict, number % _EVERY == 0)


def share(pairs: list[Judged]) -> float:
    """The part of these that was judged rightly."""
    return sum(pair.is_right for pair in pairs) / len(pairs) if pairs else 1.0


def table(pairs: list[Judged]) -> str:
    """The shares by kind and language, of the pairs that were tuned on, of the others, and of all."""
    kinds = list(dict.fromkeys(pair.kind for pair in pairs))
    languages = list(dict.fromkeys(pair.language for pair in pairs))
    cells: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for pair in pairs:
        cells[pair.kind, pair.language].append(pair)
        cells[pair.kind, "held out" if pair.held_out else "tuned on"].append(pair)
        cells[pair.kind, "all"].append(pair)
    columns = [*languages, "tuned on", "held out", "all"]
    lines = ["".join([f"{'judged rightly':<16}", *(f"{column:>16}" for column in columns)])]
    for kind in kinds:
        row = [
            f"{share(found):.0%} of {len(found)}" if (found := cells[kind, column]) else ""
            for column in columns
        ]
        lines.append("".join([f"{kind:<16}", *(f"{cell:>16}" for cell in row)]))
    return "\n".join(lines) + "\n"
