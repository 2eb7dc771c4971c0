"""Titles: headings made plain, and titles for stretches of text that have none."""

from __future__ import annotations

import math
import re
import warnings
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.numbering import NUMBER

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.material import Material

LONGEST: Final = 72
_ENOUGH: Final = 8_000  # characters tell the key terms; yake takes seconds for more
_UNPARTED: Final = ("ja", "zh")
_SMALL: Final = frozenset("a an and are as at by for from in into is of on or the to via with your".split())  # noqa: SIM905
_NAMES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august"  # noqa: SIM905
    " september october november december english french german spanish european american i".split()
)
_QUALITIES: Final = frozenset(
    "early late warm cold hot old new young good bad big small large great long short high low first last"  # noqa: SIM905
    " next same different important possible common main own more most many few full empty open single"
    " true right".split()
)


# "第3章 インストール", "第一节 安装", "الفصل الثالث: التثبيت"
_CHAPTER = re.compile(
    r"^第\s?[\d一二三四五六七八九十百]+\s?[章节節部編篇]\s*[:：、.]?\s*(?=\S)"
    r"|^(?:الفصل|الباب|القسم) (?:ال\w+|\d+|[٠-٩]+)\s*[:：.،–-]\s*(?=\S)"
)


def plain_title(title: str, material: Material) -> str:
    """A heading in sentence case, without its number; words that the text itself capitalises stay so."""
    bare = _CHAPTER.sub("", title.strip(), count=1)
    bare = NUMBER.sub("", bare, count=1).strip(" .:–—-") or title.strip()
    bare = re.sub(r"\s+:(?=\s)", ":", bare)
    words = bare.split()
    if not words:
        return title
    shouted = sum(c.isupper() for c in bare) > 0.7 * sum(c.isalpha() for c in bare)
    out = [_cased(word, material, shouted=shouted) for word in words]
    # "Meeting the Colony" is a habit of English; elsewhere a capital in a heading means something.
    if not shouted and (material.language.code != "en" or not _is_title_case(words)):
        out = words
    text = " ".join(out)
    return text[:1].upper() + text[1:] if not _is_code_word(words[0]) else text


def _is_title_case(words: list[str]) -> bool:
    longer = [word for word in words[1:] if word.casefold() not in _SMALL and word[:1].isalpha()]
    return any(word[0].isupper() for word in longer)


def _is_code_word(word: str) -> bool:
    return bool(re.search(r"[a-z][A-Z]|[_\d]|^[a-z].*\W", word))


def _cased(word: str, material: Material, *, shouted: bool) -> str:
    key = re.sub(r"[^\w’'-]+", "", word).casefold().removesuffix("'s").removesuffix("’s")
    if "-" in word and not material.lower[key]:
        return "-".join(_cased(part, material, shouted=shouted) for part in word.split("-"))
    small, large = material.lower[key], material.upper[key]
    if material.capitals[key] > max(small, large) and (not shouted or (len(key) < 6 and key not in _SMALL)):
        return word.upper() if shouted else word
    unknown_noun = (
        material.language.nouns_are_capitalised and not small and key not in material.language.common
    )
    name = large > small or unknown_noun
    if shouted:
        return word.capitalize() if name else word.lower()
    return word if name or any(c.isupper() for c in word[1:]) else word.lower()


def reads_well(title: str) -> bool:
    """Whether a heading is words, and not a piece of code or a path."""
    numbered = re.match(r"(?i)^(?:chapter|part|section|lesson|unit|appendix|page)\s+\w{1,4}$", title)
    code = re.search(r"[<>={}*_/\\|$#@\[\]]|\w\(\)", title)
    return not numbered and not code and (3 if title.isascii() else 2) <= len(title) <= 90


def is_generic(title: str, material: Material) -> bool:
    """Whether the heading says nothing without the one above it."""
    return bool(material.language.signs.generic.match(title.strip()))


def joined(titles: list[str], material: Material, longest: int = LONGEST) -> str:
    """Join them to "Passwords, updates and backups", as many as fit."""
    kept: list[str] = []
    comma = material.language.phrases.comma
    if len(titles) > 1:  # "What is this? and that" is no title
        titles = [title for title in titles if not title.endswith("?")] or titles[:1]
    for title in titles:
        more = inside(title, material) if kept else title
        if kept and len(comma.join([*kept, more])) > longest - 4:
            continue
        kept.append(more)
    if len(kept) < 2:
        return kept[0] if kept else ""
    language = material.language
    if any(language.phrases.joiner in title for title in kept):
        return ("; " if language.has_spaces else comma).join(kept)
    return f"{comma.join(kept[:-1])}{language.joiner_before(kept[-1])}{kept[-1]}"


def inside(title: str, material: Material) -> str:
    """A title as it stands inside a sentence: its first letter small unless it begins with a name."""
    first, _, rest = title.partition(" ")
    key = re.sub(r"[^\w’'-]+", "", first).casefold()
    name = any(c.isupper() for c in first[1:]) or len(key) < 2 or material.upper[key] > material.lower[key]
    english = material.language.code == "en"
    common = (key in _SMALL or key.endswith("ing")) if english else key in material.language.common
    known = common or material.lower[key] or (english and key not in _NAMES)
    if (name and not common) or not known:
        return title
    return f"{first[:1].lower()}{first[1:]} {rest}".strip()


def key_terms(text: str, language: str, others: str, count: int = 2) -> list[str]:
    """The phrases that mark this text against the others, most telling first; none where words stand unparted."""
    if language in _UNPARTED:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # yake's own, of old idioms
        import yake

        extractor = yake.KeywordExtractor(lan=language, n=2, dedupLim=0.8, top=60)
        found = extractor.extract_keywords(text[:_ENOUGH])
    elsewhere, here = others.casefold(), text.casefold()
    scored = []
    for phrase, _ in found:
        key = phrase.casefold()
        times = _times(key, here)
        if times < 2 or not re.fullmatch(r"[^\W\d_][\w’'-]+(?: [\w’'-]+)?", phrase) or len(phrase) < 4:
            continue
        if language == "en" and not _is_noun(key, here):
            continue
        if language == "de" and not phrase[:1].isupper():  # a noun has a capital
            continue
        share = times / (times + _times(key, elsewhere))
        scored.append((-share * math.log(1 + times) * (1.5 if " " in phrase else 1.0), phrase))
    kept: list[str] = []
    for _, phrase in sorted(scored):
        if all(_stems(phrase).isdisjoint(_stems(other)) for other in kept):
            kept.append(phrase)
    return kept[:count]


def _times(key: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(key)}\b", text))


def _is_noun(key: str, text: str) -> bool:
    """Whether the phrase is used as one: led by an article or the like, and followed by no other noun."""
    if key in _QUALITIES:
        return False
    led = rf"\b(?:an?|the|of|each|every|no|any|some|with|without|for|from|their|its|your)\s{re.escape(key)}\b"
    closed = (
        rf"\b{re.escape(key)}(?=[.,;:)]|\s(?:is|are|was|were|has|have|had|can|may|must|will|and|or|of|in|on|at|to|for"
        r"|from|by|with|that|who|which)\b)"
    )
    return re.search(led, text) is not None and re.search(closed, text) is not None


def _stems(phrase: str) -> set[str]:
    return {word.removesuffix("s").removesuffix("e")[:6] for word in phrase.casefold().split()}
