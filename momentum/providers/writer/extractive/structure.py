"""The sections of the references, and which of them are no matter for a lesson."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.numbering import NUMBER

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.material import Material

_NEVER = re.compile(
    r"(?i)^(?:table of contents|contents|list of (?:figures|tables|illustrations|examples|abbreviations)"
    r"|copyright.*|legal notices?|licen[cs]es?|.*\blicen[cs]e|copying.*|references|bibliography|works cited"
    r"|literature|further reading|colophon|.*\bindex|index|change ?log|revision history|version history"
    r"|release notes|history|acknowledge?ments?|thanks|credits|contributors?|authors?|about the authors?"
    r"|dedication|trademarks?|disclaimer|imprint|end ?notes|notes and references|inhalt(?:sverzeichnis)?"
    r"|contact(?: us| information)?|bug reports?|translations?"
    # German
    r"|literatur(?:verzeichnis|hinweise)?|lizenz\w*|impressum|danksagung(?:en)?|(?:stichwort|abbildungs|tabellen"
    r"|quellen|abk[üu]rzungs)verzeichnis|sachregister|register|quellen|[äa]nderungs\w+|versions\w+|urheberrecht\w*"
    r"|haftungs\w+|rechtliche\w* hinweise?|kontakt|[üu]ber (?:den autor|die autor\w+)"
    # French
    r"|table des mati[eè]res|table des \w+|bibliographie|sommaire|mentions l[eé]gales|remerciements|r[eé]f[eé]rences"
    r"|droits d[’']auteur|[àa] propos de l[’']auteur\w*|historique|glossaire des sigles"
    # Spanish and Portuguese
    r"|[ií]ndice(?: \w+)?|bibliograf[ií]a|sum[aá]rio|licen[cç]i?as?(?: .*)?|avisos? legal(?:es)?|agradec\w+"
    r"|refer[eê]ncias(?: .*)?|derechos de autor|direitos autorais|cr[eé]ditos|conta[ct]?to|historial .*"
    r"|sobre (?:el autor|o autor)"
    # Italian
    r"|licenz[ae](?: .*)?|ringraziamenti|riferimenti(?: .*)?|indice(?: \w+)?|diritti d[’']autore|crediti|contatti"
    r"|note legali"
    # Dutch
    r"|licentie\w*|dankwoord|referenties|bronnen(?:lijst)?|literatuur(?:lijst)?|inhoud(?:sopgave)?|auteursrecht\w*"
    r"|colofon"
    r")$"
)
_RATHER_NOT = re.compile(
    r"(?i)^(?:preface|foreword|appendi(?:x|ces).*|glossary|abbreviations|about this .*|conventions.*"
    r"|typographical conventions|how to use this .*|vorwort|anhang.*|pr[eé]face|avant-propos|annexes?.*"
    r"|pr[oó]logo|anexos?.*|pref[aá]cio|prefazione|appendic[ei].*|allegat[oi].*|voorwoord|bijlagen?.*|faq"
    r"|frequently asked questions|version|authors? .*|scope of this .*)$"
)
FRONT_SHARE: Final = 0.2  # what stands before the first heading is a title page if it is no more than this


@dataclass(frozen=True, slots=True)
class Segment:
    """The text between a heading and the next one. `path` are the titles above it, outermost first."""

    start: int
    end: int
    level: int
    title: str
    path: tuple[str, ...]
    document: int
    page: int
    skip: int  # 0 wanted, 1 rather not, 2 never


def segments(material: Material) -> list[Segment]:
    """All segments in reading order; together they hold every unit once."""
    found: list[Segment] = []
    headings = material.headings
    total = len(material.units)
    if not headings or headings[0].unit > 0:
        end = headings[0].unit if headings else total
        found.append(Segment(0, end, 0, "", (), 0, 1, _front_skip(material, end)))
    above: list[tuple[int, str, int]] = []
    for position, heading in enumerate(headings):
        end = headings[position + 1].unit if position + 1 < len(headings) else total
        while above and above[-1][0] >= heading.level:
            above.pop()
        skip = max([_skip(heading.title), *(inherited for _, _, inherited in above)])
        path = tuple(title for _, title, _ in above)
        found.append(
            Segment(
                heading.unit, end, heading.level, heading.title, path, heading.document, heading.page, skip
            )
        )
        above.append((heading.level, heading.title, skip))
    return found


def _skip(title: str) -> int:
    bare = NUMBER.sub("", title.strip(), count=1).strip(" .:")
    for text in (bare, title.strip()):
        if _NEVER.match(text):
            return 2
    return 1 if _RATHER_NOT.match(bare) or _RATHER_NOT.match(title.strip()) else 0


def _front_skip(material: Material, end: int) -> int:
    """Before the first heading stand the title page and the contents, or the opening of an essay."""
    if end == len(material.units):
        return 0
    words = sum(unit.words for unit in material.units)
    return 2 if sum(unit.words for unit in material.units[:end]) <= FRONT_SHARE * words else 0


def ranks(found: list[Segment]) -> dict[int, int]:
    """Heading level -> how deep it really is: a level used once, such as the book's title, is no level."""
    used = Counter(segment.level for segment in found if not segment.skip)
    rank: dict[int, int] = {}
    depth = 0
    for level in sorted(used):
        rank[level] = depth
        if used[level] > 1:
            depth += 1
    return rank
