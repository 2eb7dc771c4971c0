"""The sections of the references, and which of them are no matter for a lesson."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from momentum.providers.documents.numbering import NUMBER
from momentum.providers.writer.extractive import forms

if TYPE_CHECKING:
    from momentum.providers.writer.extractive.material import Material
    from momentum.providers.writer.extractive.units import Heading, Unit

_NEVER = re.compile(
    r"(?i)^(?:table of contents|contents|list of (?:figures|tables|illustrations|examples|abbreviations)"
    r"|copyright.*|legal notices?|licen[cs]es?|.*\blicen[cs]e|copying.*|references|works cited"
    r"|literature|(?:.* )?(?:bibliography|literature list|reading list)|further reading|colophon|.*\bindex|index"
    r"|change ?log|revision history|version history"
    r"|release notes|history|acknowledge?ments?|thanks|credits|contributors?|authors?|about the authors?"
    r"|dedication|trademarks?|disclaimer|imprint|end ?notes|notes and references|inhalt(?:sverzeichnis)?"
    r"|(?:version|release|versión|versão|versione|versie) v?\d[\w.:~+-]*(?: \(.*\))?|upgrading checklist"
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
    # Japanese, Chinese, Arabic
    r"|目次|もくじ|索引|参考文献|文献|奥付|謝辞|著作権.*|ライセンス.*|改訂履歴|変更履歴|著者(?:紹介|について)?|図表?一覧|表一覧"
    r"|目录|目錄|参考(?:文献|资料|書目)|參考文獻|致谢|致謝|鸣谢|版权.*|版權.*|许可证?.*|授權.*|修订历史|更新日志|关于作者|作者简介"
    r"|(?:ال)?فهرس(?: .*)?|(?:ال)?محتويات|جدول المحتويات|(?:ال)?مراجع|المصادر(?: والمراجع)?|شكر(?: .*)?|حقوق .*"
    r"|(?:ال)?ترخيص.*"
    r")$"
)
_RATHER_NOT = re.compile(
    r"(?i)^(?:preface|foreword|appendi(?:x|ces).*|glossary|abbreviations|about this .*|conventions.*"
    r"|typographical conventions|how to use this .*|vorwort|anhang.*|pr[eé]face|avant-propos|annexes?.*"
    r"|pr[oó]logo|anexos?.*|pref[aá]cio|prefazione|appendic[ei].*|allegat[oi].*|voorwoord|bijlagen?.*|faq"
    r"|前書き|まえがき|はじめに|あとがき|付録.*|前言|序言?|后记|後記|附录.*|附錄.*|(?:ال)?مقدمة|تمهيد|(?:ال)?ملحق.*|خاتمة"
    r"|frequently asked questions|version|authors? .*|scope of this .*)$"
)
_LICENCE: Final = re.compile(r"(?i)\b(?:licen[cs]e|lizenz|licencia|licen[cç]a|licenza|licentie)\b")
_CLAUSE: Final = re.compile(r"(\d{1,2})[.)]?\s")
# Of those, what a book may well be about; such as how to write a change log.
_TOPIC = re.compile(
    r"(?i)^(?:copyright.*|legal notices?|licen[cs]es?|.*\blicen[cs]e|copying.*|change ?log|.* history|history"
    r"|release notes|.+\bindex|end ?notes|contributors?|authors?|trademarks?|disclaimer|contact(?: us| information)?"
    r"|bug reports?|translations?|(?:version|release|versión|versão|versione|versie) v?\d.*"
    r"|lizenz\w*|kontakt|[äa]nderungs\w+|versions\w+|urheberrecht\w*|haftungs\w+|rechtliche\w* .*|quellen|register"
    r"|droits d[’']auteur|historique|mentions l[eé]gales"
    r"|licen[cç]i?as?(?: .*)?|avisos? legal(?:es)?|derechos de autor|direitos autorais|conta[ct]?to|historial .*"
    r"|licenz[ae](?: .*)?|diritti d[’']autore|contatti|note legali|licentie\w*|auteursrecht\w*|bronnen"
    r"|著作権.*|ライセンス.*|改訂履歴|変更履歴|版权.*|版權.*|许可证?.*|授權.*|修订历史|更新日志"
    r"|حقوق .*|(?:ال)?ترخيص.*)$"
)
_MIDDLE: Final = (0.1, 0.9)  # of a document, where neither front nor back matter stands
_FEWEST_OPENING_WORDS: Final = 30  # of a paragraph before the first heading that opens the text


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


def segments_of(material: Material) -> list[Segment]:
    """All segments in reading order; together they hold every unit once. `Material.segments` keeps them."""
    found: list[Segment] = []
    headings = material.headings
    total = len(material.units)
    if not headings or headings[0].unit > 0:
        end = headings[0].unit if headings else total
        found += _opening(material, end)
    above: list[tuple[int, str, int]] = []
    clauses = _Clauses()
    outermost = min((heading.level for heading in headings), default=0)
    for position, heading in enumerate(headings):
        end = headings[position + 1].unit if position + 1 < len(headings) else total
        while above and above[-1][0] >= heading.level:
            above.pop()
        inside = material.units[heading.unit : end]
        legal = 2 if forms.is_legal(unit.text for unit in inside) else 0
        own = _skip(heading.title)
        clause = 2 if clauses.go_on(heading.title) else 0
        if own == 2 and not legal and heading.level > outermost and _is_topic(heading, total):
            own = 0
        skip = max([own, legal, clause, *(inherited for _, _, inherited in above)])
        path = tuple(title for _, title, _ in above)
        found.append(
            Segment(
                heading.unit, end, heading.level, heading.title, path, heading.document, heading.page, skip
            )
        )
        # A notice under the title of a book says nothing of its chapters; a licence has no others.
        handed_on = skip if own or heading.level > 0 else max([own, *(skip for _, _, skip in above)])
        above.append((heading.level, heading.title, handed_on))
    return found


class _Clauses:
    """The clauses of a licence, numbered from 0 or 1, which go with it whatever the level of their headings."""

    def __init__(self) -> None:
        self._expected: set[int] = set()

    def go_on(self, title: str) -> bool:
        """Whether this heading, the next of the document, is that of a clause."""
        number = _CLAUSE.match(title)
        if number and int(number[1]) in self._expected:
            self._expected = {int(number[1]) + 1}
            return True
        self._expected = {0, 1} if _LICENCE.search(title) and not number else set()
        return False


def _opening(material: Material, end: int) -> list[Segment]:
    """Before the first heading stand the title page and the contents, or the opening of the text."""
    found: list[Segment] = []
    for at in range(end):
        skip = 0 if end == len(material.units) else _opening_skip(material.units[at])
        if found and found[-1].skip == skip:
            found[-1] = replace(found[-1], end=at + 1)
        else:
            unit = material.units[at]
            found.append(Segment(at, at + 1, 0, "", (), unit.document, unit.page, skip))
    return found


def _opening_skip(unit: Unit) -> int:
    opens = unit.kind == "paragraph" and unit.words >= _FEWEST_OPENING_WORDS
    return 0 if opens and not forms.has_legal_formula(unit.text) else 2


def _skip(title: str) -> int:
    bare = NUMBER.sub("", title.strip(), count=1).strip(" .:")
    for text in (bare, title.strip()):
        if _NEVER.match(text):
            return 2
    return 1 if _RATHER_NOT.match(bare) or _RATHER_NOT.match(title.strip()) else 0


def _is_topic(heading: Heading, units: int) -> bool:
    """Whether a section of such a title is what the text is about there, as it stands in the middle of it."""
    first, last = _MIDDLE
    bare = NUMBER.sub("", heading.title.strip(), count=1).strip(" .:")
    return _TOPIC.match(bare) is not None and first * units < heading.unit < last * units


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
