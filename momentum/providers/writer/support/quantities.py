"""Numbers in figures and in words, with the unit or the word that is counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from momentum.providers.writer.support.tables import lemma
from momentum.providers.writer.support.token import Token
from momentum.providers.writer.support.units import SYMBOLS, measured

if TYPE_CHECKING:
    from momentum.providers.writer.support.tables import Table


def read(spelled: list[re.Match[str]], at: int, table: Table) -> tuple[Token | None, int]:
    """Read the number that begins here, with its unit; None for an article of which nothing is counted."""
    match = spelled[at]
    folded = match[0].lower()
    last = at
    weak = False
    if match["number"]:
        value, key = _figures(match[0], table)
    elif folded in table.articles:
        value, key, weak = 1.0, "1", True
    else:
        value, key = table.numbers[folded], folded
        weak = table.numbers[folded] == 1
    while last + 1 < len(spelled) and (following := spelled[last + 1][0].lower()) in table.numbers:
        other = table.numbers[following]
        value = value * other if other >= 100 or (other < 1 and value >= 1) else value + other
        weak = False
        last += 1
    if weak and value == 1 and folded in {"half", "halbe"}:
        weak = False
    following = spelled[last + 1][0] if last + 1 < len(spelled) else ""
    two = f"{following} {spelled[last + 2][0]}".lower() if last + 2 < len(spelled) else ""
    unit = table.units.get(two) or ""
    step = 2 if unit else 1
    unit = unit or table.units.get(following.lower()) or (following if following in SYMBOLS else "")
    if following == "°" and last + 2 < len(spelled) and spelled[last + 2][0] in {"C", "F"}:
        unit, step = f"°{spelled[last + 2][0]}", 2
    if unit:
        amount, measure = measured(value, unit)
        return Token("number", f"{amount:g}", value=amount, measure=measure, weak=False), last + step
    if (
        not following
        or not (following[:1].isalpha() or match["number"])
        or (weak and not following[:1].isalpha())
    ):
        return (None, last) if weak else (Token("number", key, value=value), last)
    head = "" if ":" in key else _counted(spelled[last + 1 : last + 4], table)
    return Token(
        "number", key, value=value, head=lemma(head, table.lexicon.code) if head else "", weak=weak
    ), last


def _counted(following: list[re.Match[str]], table: Table) -> str:
    """The first word that carries meaning, before anything else begins."""
    for match in following:
        folded = match[0].lower()
        if not match["word"] or folded in table.splits:
            return ""
        if folded not in table.light:
            return match[0]
    return ""


def _figures(text: str, table: Table) -> tuple[float, str]:
    """The value of a number in figures, and how it is written where it is a time or a fraction."""
    bare = re.sub(r"[\u00a0\u202f ]", "", text)
    thousands, decimal = (".", ",") if table.lexicon.decimal_comma else (",", ".")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", bare):
        bare = bare.replace(thousands, "")
    bare = bare.replace(",", ".")
    if re.fullmatch(r"\d+\.\d+|\d+", bare):
        return float(bare), f"{float(bare):g}"
    parts = [float(part) for part in re.split(r"[/:.]", bare) if part]
    value = 0.0
    for part in parts:
        value = value * 1000 + part
    return value, bare
