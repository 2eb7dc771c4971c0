"""Formulas in words that can be read aloud and searched: MathML, and Office's own mark-up of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from momentum.providers.documents.xml import attribute, child, children, name, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from momentum.providers.documents.xml import Element

_DEEPEST: Final = 60
# What stands for the elements of MathML with so many parts: each part as it is, and then each bound together.
_PATTERNS: Final = {
    ("mfrac", 2): "{2}/{3}",
    ("mroot", 2): "√{2}",
    ("msup", 2): "{0}^{3}",
    ("mover", 2): "{0}^{3}",
    ("msub", 2): "{0}_{3}",
    ("munder", 2): "{0}_{3}",
    ("msubsup", 3): "{0}_{4}^{5}",
    ("munderover", 3): "{0}_{4}^{5}",
}
_SPACED: Final = frozenset("=<>≤≥≈≠→←⇒⇔±+−∈∝≡")


def mathml(element: Element) -> str:
    """Return a formula in MathML as one line, such as "(a + b)/2"; LaTeX where the formula brings that along."""
    for note in within(element, "annotation"):
        if "tex" in attribute(note, "encoding").casefold() and (note.text or "").strip():
            return " ".join(note.text.split())
    alternative = attribute(element, "alttext") or _in_mathml(element, 0)
    return " ".join(alternative.split())


def _in_mathml(element: Element, depth: int) -> str:
    tag = name(element)
    if depth > _DEEPEST or tag in {"annotation", "annotation-xml", ""}:
        return ""
    if tag in {"mi", "mn", "mtext", "mo", "ms"}:
        text = "".join(element.itertext()).strip()
        return f" {text} " if tag == "mo" and text in _SPACED else text
    parts = [_in_mathml(one, depth + 1) for one in element if name(one)]
    pattern = _PATTERNS.get((tag, len(parts)))
    if pattern:
        return pattern.format(*parts, *map(_bound, parts))
    if tag == "msqrt":
        return f"√{_bound(''.join(parts))}"
    separator = {"mtable": "; ", "mtr": ", "}.get(tag, "")
    return f"[{separator.join(parts)}]" if tag == "mtable" else separator.join(parts)


def omml(element: Element, depth: int = 0) -> str:
    """Return a formula of Office as one line."""
    tag = name(element)
    if depth > _DEEPEST or tag.endswith("Pr"):
        return ""
    if tag == "t":
        return element.text or ""
    written = _WRITTEN.get(tag)
    if written:
        return written(element, depth)
    return "".join(omml(one, depth + 1) for one in element)


def _fraction(element: Element, depth: int) -> str:
    return f"{_bound(_part(element, 'num', depth))}/{_bound(_part(element, 'den', depth))}"


def _scripted(element: Element, depth: int) -> str:
    return _part(element, "e", depth) + _scripts(element, depth)


def _root(element: Element, depth: int) -> str:
    return f"√{_bound(_part(element, 'e', depth))}"


def _sum(element: Element, depth: int) -> str:
    sign = attribute(child(element, "naryPr", "chr"), "val", "∫")
    return f"{sign}{_scripts(element, depth)} {_part(element, 'e', depth)}"


def _delimited(element: Element, depth: int) -> str:
    before = attribute(child(element, "dPr", "begChr"), "val", "(")
    after = attribute(child(element, "dPr", "endChr"), "val", ")")
    return f"{before}{', '.join(omml(one, depth + 1) for one in children(element, 'e'))}{after}"


def _matrix(element: Element, depth: int) -> str:
    rows = [", ".join(omml(e, depth + 1) for e in children(row, "e")) for row in children(element, "mr")]
    return f"[{'; '.join(rows)}]"


_WRITTEN: Final[dict[str, Callable[[Element, int], str]]] = {
    "f": _fraction,
    "sSup": _scripted,
    "sSub": _scripted,
    "sSubSup": _scripted,
    "rad": _root,
    "nary": _sum,
    "d": _delimited,
    "m": _matrix,
}


def _part(element: Element, wanted: str, depth: int) -> str:
    found = child(element, wanted)
    return omml(found, depth + 1) if found is not None else ""


def _scripts(element: Element, depth: int) -> str:
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    return (f"_{_bound(below)}" if below else "") + (f"^{_bound(above)}" if above else "")


def _bound(part: str) -> str:
    part = part.strip()
    return part if len(part) < 2 or part.isalnum() or _is_enclosed(part) else f"({part})"


def _is_enclosed(part: str) -> bool:
    return part.startswith("(") and part.endswith(")") and ")" not in part[1:-1]
