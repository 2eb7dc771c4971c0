"""What is no matter for a lesson by its form, in any language: contents, indexes, bibliographies, legal text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# "1.2 Mulch ........ 17", "Mulch . . . . 17"
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\w{0,6}$|…{2,}\s*\w{0,6}$|·{4,}\s*\w{0,6}$")
# "mulch, 12, 45–47", "mulch 12, 45"
_INDEXED = re.compile(
    r"^[^.!?:;]{2,80}?[,\s]\s*\d{1,4}(?:\s?[–-]\s?\d{1,4})?(?:,\s*\d{1,4}(?:\s?[–-]\s?\d{1,4})?)+$"
    r"|^[^.!?:;\d]{2,60},\s*\d{1,4}(?:\s?[–-]\s?\d{1,4})?$"
)
# "[9] Linde, A. (2001). Mulch. Journal of Gardens, 12(3), 1-9." and the like
_LISTED_WORK = re.compile(
    r"^\[\d{1,3}\]\s+\S|^(?:\d{1,3}\.\s+)?[A-ZÀ-Þ][\w’'-]+,\s(?:[A-Z]\.[\s,-]*)+.*\(?(?:19|20)\d\d\)?"
    r"|\bdoi:|\bhttps?://doi|\b(?:pp|S|p)\.\s?\d+\s?[–-]\s?\d+|\bvol\.\s?\d+",
)
# Names and formulas that legal text keeps in every language.
_LEGAL = re.compile(
    r"©|\([cC]\)\s*(?:19|20)\d\d|\bISBN\b|\bISSN\b|\bCreative Commons\b|\bCC[- ]BY\b"
    r"|\bGNU (?:Free Documentation|(?:Lesser |Affero )?General Public) Licen[cs]e\b"
    r"|\bPermission is (?:hereby )?granted\b|\b(?:all|alle|tous|todos|tutti)\b.{0,20}"
    r"\b(?:rights reserved|Rechte vorbehalten|droits réservés|derechos reservados|direitos reservados"
    r"|diritti riservati|rechten voorbehouden)\b|(?-i:\b(?:AS IS|WITHOUT (?:ANY )?WARRANTY|MERCHANTABILITY)\b)"
    r"|版权所有|著作権|無断転載|جميع الحقوق محفوظة",
    re.IGNORECASE,
)
# "[place, found] = search (list, mode)": how a function is called, at the head of what is said about it.
_CALL = re.compile(
    r"(?:[\w\s\[\],.~{}-]{1,60}=\s*)?[A-Za-z_]\w*(?:[.:]\w+)*\s?\((?:[^()]|\([^()]*\)){0,120}\)[;:]?"
)
_LETTERS: Final = 0.5  # the share of letters below which a block is no text


def is_listed_work(text: str) -> bool:
    """Whether it is an entry of a bibliography."""
    return bool(_LISTED_WORK.search(text))


def is_entry(text: str) -> bool:
    """Whether it is a line of a table of contents or of an index."""
    line = text.strip()
    return bool(_LEADER.search(line) or _INDEXED.match(line))


def is_legal(texts: Iterable[str]) -> bool:
    """Whether these paragraphs are a notice of rights or a licence: formulas of law stand close together."""
    found = words = 0
    for text in texts:
        words += len(text.split())
        found += len(_LEGAL.findall(text))
    return found > 0 and found * 120 >= words


def has_legal_formula(text: str) -> bool:
    return _LEGAL.search(text) is not None


def is_text(text: str) -> bool:
    """Whether most of it is letters: not the ticks of an axis, nor a row of figures."""
    signs = [character for character in text if not character.isspace()]
    return bool(signs) and sum(map(str.isalpha, signs)) >= _LETTERS * len(signs)


def is_call(code: str) -> bool:
    """Whether these lines are ways to call a function, and no example: what follows says what it does."""
    return all(_CALL.fullmatch(line.strip()) for line in code.splitlines())
