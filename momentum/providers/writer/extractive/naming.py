"""Names the lessons: by the headings they hold, or by the terms that mark them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from momentum.providers.writer.extractive import titles

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.plan import Part
    from momentum.providers.writer.extractive.structure import Segment

_MANY = 3  # more headings than that of one rank make "this, that and more"
_ALL_BUT, _LEFT_OVER = 0.6, 0.35  # the share of a lesson that stands under the headings that name it


def name_parts(material: Material, parts: list[Part]) -> list[str]:
    """One title a part, all different."""
    texts = [_text(material, part) for part in parts]
    names = [
        _by_headings(material, part) or _by_terms(material, part, text, _others(texts, number))
        for number, (part, text) in enumerate(zip(parts, texts, strict=True))
    ]
    for name in [name for name, times in Counter(names).items() if times > 1]:
        same = [number for number, other in enumerate(names) if other == name]
        for number, told in zip(same, _apart(material, name, [texts[at] for at in same]), strict=True):
            names[number] = told
    return _all_different(names, material)


def _others(texts: list[str], number: int) -> str:
    return " ".join(text for at, text in enumerate(texts) if at != number)


def _apart(material: Material, name: str, texts: list[str]) -> list[str]:
    """Titles for lessons under one heading: each with the terms that only it has, or else as numbered parts."""
    told = []
    for number, text in enumerate(texts):
        terms = titles.key_terms(text, material.language.code, _others(texts, number))
        told.append(titles.joined([_sentence_case(term, material) for term in terms], material))
    if _is_simple(name) and all(told) and len(set(told)) == len(told):
        return [_under_name(name, one, material) for one in told]
    part = material.language.phrases.part
    return [part.format(title=name, number=number) for number in range(1, len(texts) + 1)]


def _all_different(names: list[str], material: Material) -> list[str]:
    """What is still told twice gets a number."""
    out: list[str] = []
    for name in names:
        number, told = 2, name
        while told in out:
            told = material.language.phrases.part.format(title=name, number=number)
            number += 1
        out.append(told)
    return out


def _text(material: Material, part: Part) -> str:
    running = (material.units[unit] for unit in part.units())
    return " ".join(unit.text for unit in running if unit.kind not in {"code", "table"})


def _by_headings(material: Material, part: Part) -> str:
    first = part.runs[0][0]
    begun = [segment for segment in part.segments if segment.title and segment.start >= first]
    if not begun:
        return ""
    weights = _weights(material, part, begun)
    total = sum(material.units[unit].words for unit in part.units()) or 1
    many: list[Segment] = []
    for least in (_ALL_BUT, _LEFT_OVER):
        for level in sorted({segment.level for segment in begun}):
            tops = [
                segment
                for segment in begun
                if segment.level <= level
                and weights[segment] > 0
                and not any(_under(segment, other, begun, level) for other in begun)
                and titles.reads_well(segment.title)
            ]
            best = sorted(tops, key=lambda segment: -weights[segment])[:3]
            if sum(weights[segment] for segment in best) < least * total:
                many = many or (best[:2] if len(tops) > _MANY else [])
                continue
            chosen = [segment for segment in tops if segment in best and weights[segment] >= 0.12 * total]
            if len(chosen) > 1:
                telling = [
                    s
                    for s in chosen
                    if not titles.is_generic(titles.plain_title(s.title, material), material)
                ]
                chosen = telling or chosen
            names = [_telling_of(segment, material) for segment in chosen or best[:1]]
            return titles.joined(list(dict.fromkeys(names)), material)
    if many:
        told = _first_small(material, sorted(many, key=lambda s: s.start))
        return material.language.listed([*told, material.language.phrases.more])
    return ""


def _first_small(material: Material, chosen: list[Segment]) -> list[str]:
    names = [heading_of(segment, material) for segment in chosen]
    return [name if at == 0 else titles.inside(name, material) for at, name in enumerate(names)]


def _under(segment: Segment, other: Segment, begun: list[Segment], level: int) -> bool:
    """Whether the segment belongs to another heading that would be named itself."""
    if other is segment or other.level >= segment.level or other.level > level:
        return False
    at, above = begun.index(segment), begun.index(other)
    return above < at and all(between.level > other.level for between in begun[above + 1 : at])


def _weights(material: Material, part: Part, begun: list[Segment]) -> dict[Segment, int]:
    """Words under each heading, those of its smaller headings included."""
    units = set(part.units())
    weights: dict[Segment, int] = {}
    for at, segment in enumerate(begun):
        end = next((other.start for other in begun[at + 1 :] if other.level <= segment.level), None)
        last = end if end is not None else max(units) + 1
        weights[segment] = sum(
            material.units[unit].words for unit in range(segment.start, last) if unit in units
        )
    return weights


def heading_of(segment: Segment, material: Material) -> str:
    """A segment's title, with the one above it where it says nothing alone."""
    name = titles.plain_title(segment.title, material)
    if titles.is_generic(name, material) and segment.path:
        above = titles.plain_title(segment.path[-1], material)
        if not titles.is_generic(above, material) and above != name:
            return _under_name(above, name, material) if _is_simple(above) else above
    return name


def _telling_of(segment: Segment, material: Material) -> str:
    """What a lesson on this segment is called: "The root filesystem" rather than its "Purpose"."""
    names = [titles.plain_title(title, material) for title in (segment.title, *reversed(segment.path[-2:]))]
    telling = [name for name in names if not titles.is_generic(name, material)]
    return next((name for name in telling if titles.reads_well(name)), telling[0] if telling else names[0])


def _by_terms(material: Material, part: Part, text: str, others: str) -> str:
    terms = titles.key_terms(text, material.language.code, others)
    name = titles.joined([_sentence_case(term, material) for term in terms], material)
    first = part.runs[0][0]
    under = next((s for s in part.segments if s.title and s.start <= first < s.end), None)
    if under is None:
        phrases = material.language.phrases
        return name or (phrases.first_title if first == 0 else phrases.next_title)
    above = _telling_of(under, material)
    return _under_name(above, name, material) if name and _is_simple(above) else above


def _is_simple(title: str) -> bool:
    return ":" not in title and "：" not in title


def _under_name(above: str, name: str, material: Material) -> str:
    """Say "Storms: damage and repair"."""
    return f"{above}{material.language.phrases.colon}{titles.inside(name, material)}"


def _sentence_case(term: str, material: Material) -> str:
    words = [
        titles.inside(word.lower() if word.isupper() and len(word) > 5 else word, material)
        for word in term.split()
    ]
    text = " ".join(words)
    return text[:1].upper() + text[1:]
