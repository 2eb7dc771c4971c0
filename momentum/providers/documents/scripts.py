"""Raised and lowered characters: powers, indices and formulas are kept, marks that point to a footnote go."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RAISED: Final = dict(zip("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED: Final = dict(
    zip("0123456789+-−–=()aeoxhklmnpstijruv", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", strict=True)
)
_ELEMENTS: Final = frozenset(
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr"  # noqa: SIM905
    " Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os"
    " Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr D T".split()
)
_UNITS: Final = frozenset(
    "m mm cm dm km µm μm nm ft yd mi s ms h hr min sec kg g mg µg t l L dl ml mol rad sr bar Pa kPa hPa MPa J kJ W kW"  # noqa: SIM905
    " MW N V A K Hz kHz MHz GHz cal kcal eV Bq Sv lx lm cd ha atm psi lb lbs oz inch sq м см мм км с кг".split()
)
# Short words of many languages that a note may hang on; "in" is a unit too, but hardly ever squared in prose.
_SHORT_WORDS: Final = frozenset(
    "a an as at be by do go he if in is it me my no of on or so to up us we am and are but can did few for get had"  # noqa: SIM905
    " has her him his how its may new not now off old one our out own per saw say see set she six ten the too two"
    " use via was way who why yes yet you day men man year ab da du er es im ob so um wo zu als am an auf aus bei"
    " bis das dem den der des die ein hat ihm ihr ist man mit nie nur sie uns und von vor war was wer wie wir zum"
    " zur ce de du en et il je la le ma ne on ou se si tu un une les des est par pas que qui sur al de el en es la"
    " lo los las mi ni no por que se si su te un una con del ha ho il in la le lo ma mi ne non per più che di da e i"
    " o y het een van op te om og at på till som den det att är av um os as em no na do ao".split()
)
_MONEY: Final = re.compile(r"[$€£¥]\s?\d[\d,]*$")
# Accents that old programs print over a letter as signs of their own, and what they mean behind it.
_ACCENTS: Final = {
    "´": "\u0301",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "¸": "\u0327",
}
# A gap may be read after those that stand for nothing else.
_ACCENTED: Final = re.compile(r"([´¨ˆ˜ˇ˘]|(?<=\w)[¨ˇ˘] )([^\W\d_])|([^\W\d_])(¸)")
_FUNCTIONS: Final = frozenset({"sin", "cos", "tan", "log", "ln", "exp"})
_NUMBER_MARK: Final = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")
_OTHER_MARK: Final = re.compile(r"[*†‡§¶#]+|\(?[a-z]\)|\[\d{1,3}\]")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_TIME: Final = re.compile(
    r"(?i)\b(?:in|since|until|by|from|of|to|and|im|seit|bis|von|und|en|desde|depuis|de|nel|dal|em)\s+\d+$"
)
_LONG_NUMBER: Final = 3  # digits of a number that is hardly ever raised to a power where a page has notes
_LAST: Final = re.compile(r"([^\W\d_]+|\d[\d.,   ]*|\S)$")
_ORDINAL: Final = re.compile(r"(?i)st|nd|rd|th|er|re|e|ère|ème|o|a|os|as|º|ª|de|te|nd")
_ASTERISK: Final = re.compile(r"(?<=[^\W\d_]{3})[*†‡]+(?=[\s.,;:)]|$)")
_BUILT_IN: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def raised(  # noqa: C901, PLR0911 - one kind after another
    text: str, before: str, after: str, notes: frozenset[str]
) -> str:
    """What to write for raised `text` between what stands directly `before` and `after` it on the line.

    `before` ends with a space where there is one. `notes` are the numbers of the page's footnotes. Nothing is
    returned for a footnote mark; an exponent is returned in raised digits, or after "^" where there are none.
    """
    base = _LAST.search(before)
    last = base.group() if base else ""
    if text in {"TM", "SM", "®", "©", "°", "º", "ª", "′", "″", "'", '"', "’", "”"}:
        return {"TM": "™", "SM": "℠"}.get(text, text)
    if text in "oO0" and re.match(r"\s?[CF]\b", after) and re.search(r"\d\s?$", before):
        return "°"
    if text in notes and last[-1:].isdigit() and text.isalpha():
        return ""
    if len(text) == 2 and text.isdigit() and _MONEY.search(before):
        return f".{text}"  # cents
    if _ORDINAL.fullmatch(text) and (
        last[-1:].isdigit() or last in {"M", "Mr", "Mme", "Mlle", "n", "N", "D"}
    ):
        return text
    if _OTHER_MARK.fullmatch(text):
        return ""
    if not last:
        if _isotope(text, after) or after[:1] in {"/", "⁄"}:
            return exponent(text)
        return "" if before else text  # a footnote begins with its number
    if _NUMBER_MARK.fullmatch(text) and _is_mark(text, last, before, notes):
        return ""
    if len(text) == 1 and text.isalpha() and last.isalpha() and (len(last) > 2 or last in _SHORT_WORDS):
        return ""  # a note that goes by a letter
    return exponent(text)


def lowered(text: str) -> str:
    """What to write for lowered text: an index, in lowered digits where there are some."""
    if all(character in _LOWERED for character in text):
        return "".join(_LOWERED[character] for character in text)
    return f"_{text}" if len(text) == 1 else f"_({text})"


def without_marks(text: str, notes: frozenset[str]) -> str:
    """Take out footnote marks that the file holds as raised digits of their own."""

    def kept(found: re.Match[str]) -> str:
        digits = "".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(character)) for character in found.group())
        before = text[: found.start()]
        last = _LAST.search(before)
        if last is None:
            return found.group()
        return "" if _is_mark(digits, last.group(), before, notes) else found.group()

    text = _accented(_ASTERISK.sub("", text))
    return text if text.isascii() else _BUILT_IN.sub(kept, text)


def _accented(text: str) -> str:
    """The text with accents that are signs of their own put on their letters."""
    if text.isascii():
        return text

    def on_letter(found: re.Match[str]) -> str:
        letter, accent = (found[2], found[1].rstrip()) if found[1] else (found[3], found[4])
        letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
        whole = unicodedata.normalize("NFC", f"{letter}{_ACCENTS[accent]}")
        return whole if len(whole) == 1 else found[0]

    return _ACCENTED.sub(on_letter, text)


def _is_mark(  # noqa: PLR0911 - one rule after another
    text: str, last: str, before: str, notes: frozenset[str]
) -> bool:
    """Whether a raised number after `last` points to a footnote; what may be a power is none."""
    if last in _UNITS and text in {"2", "3"} and not (last in _SHORT_WORDS and text in notes):
        return False
    if last[-1].isdigit():
        # 1999 with a note, or a number to a power: only a note that is there on the page decides.
        if text in notes and sum(map(str.isdigit, last)) >= _LONG_NUMBER:
            return True
        return _YEAR.fullmatch(last.strip()) is not None and _TIME.search(before) is not None
    if last.isalpha():
        if last in _FUNCTIONS or (len(last) == 1 and last not in {"a", "I", "y", "e", "o"}):
            return False
        if len(last) == 1 and re.search(r"[=+\-−–·×/(]\s*$", before[:-1]):
            return False
        if last.casefold() in _SHORT_WORDS:
            return True
        return len(last) > 3 or (len(last) == 3 and last.islower()) or text in notes
    if last[0].isdigit() and last[-1] in ".,":
        return True  # a number that ends a sentence
    return last in '.,;:!?)]”’"»›…%' and not (last in ")]" and re.search(r"[=+^]", before) is not None)


def _isotope(text: str, after: str) -> bool:
    symbol = re.match(r"[A-Z][a-z]?(?![a-z])", after)
    return text.isdigit() and symbol is not None and symbol.group() in _ELEMENTS


def exponent(text: str) -> str:
    """What to write for a power: raised digits where there are some, or else "^" before it."""
    if all(character in _RAISED for character in text):
        return "".join(_RAISED[character] for character in text)
    text = text.replace("–", "-").replace("−", "-")
    return f"^{text}" if re.fullmatch(r"[^\W_]+|[-−]?[\d.,]+", text) else f"^({text})"
