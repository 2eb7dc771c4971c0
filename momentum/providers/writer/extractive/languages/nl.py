"""Dutch."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.language import (
    Language,
    Phrases,
    Signs,
    bracketed,
    places,
)

PHRASES = Phrases(
    page="pagina {page}",
    pages="pagina {first} tot en met {last}",
    units={
        "slide": ("dia {page}", "dia’s {first} tot en met {last}"),
        "chapter": ("hoofdstuk {page}", "hoofdstukken {first} tot en met {last}"),
        "section": ("paragraaf {page}", "paragrafen {first} tot en met {last}"),
        "part": ("deel {page}", "delen {first} tot en met {last}"),
        "line": ("regel {page}", "regels {first} tot en met {last}"),
        "minute": ("minuut {page}", "minuten {first} tot en met {last}"),
    },
    of="{place} van “{name}”",
    of_source="{place} van de bron",
    the_source="de bron",
    joiner=" en ",
    heavy_joiner="; en ",
    more="meer",
    part="{title}, deel {number}",
    first_title="Waar de bron mee begint",
    next_title="Hoe het verdergaat",
    recap="Terugblik",
    recap_summary="De belangrijkste zinnen van elke dag.",
    outcome="{title} in eigen woorden uitleggen",
    summary_one="Eén korte les uit {names}: {subjects}.",
    summary="{count} korte lessen uit {names}, waaronder {subjects}.",
    size_one="“{name}” (1 pagina)",
    size="“{name}” ({count} pagina’s)",
    through_one="Deze cursus neemt je in één dag mee door {sizes}.",
    through="Deze cursus neemt je in {count} dagen mee door {sizes}.",
    quotes_source="Elke les citeert de bron woordelijk en noemt de pagina, zodat je daar verder kunt lezen.",
    span="De cursus begint met {first} en eindigt met {last}.",
    each_day="Elke dag is er iets te lezen, iets te doen en een paar vragen om jezelf te toetsen.",
)

_REFERRED = (
    r"(?:figu(?:ur|ren)|fig\.|afbeelding(?:en)?|afb\.|tabel(?:len)?|hoofdstuk(?:ken)?|paragra(?:af|fen)|sectie|bijlage"
    r"|pagina|blz\.|p\.|vergelijking)"
)
_DOCUMENT = (
    r"(?:hoofdstuk|paragraaf|sectie|pagina|handleiding|document|boek|tekst|artikel|tabel|figuur|afbeelding|gids"
    r"|voorbeeld"
    r"|lijst)"
)

_SECTION = r"(?:hoofdstuk(?:ken)?|paragra(?:af|fen)|sectie|bijlage)"

SIGNS = Signs(
    pointer=re.compile(
        r"(?i)^\(?(?:zie|vgl\.|raadpleeg|lees)\b.*(?:\d|hoofdstuk|paragraaf|figuur|bijlage|pagina|[“‘])"
        r"|^(?:meer|nadere|verdere) (?:informatie|details)\b|^voor (?:meer|nadere|verdere) (?:informatie|details)\b"
        r"|^(?:dit|deze|het volgende|de volgende) (?:hoofdstuk|paragraaf|document|handleiding"
        r"|bijlage) (?:beschrijft|legt"
        r"|behandelt|bevat|toont|geeft)\b"
        rf"|^(?:voor|als|om)\b.{{1,120}}, (?:zie|raadpleeg|lees)\b.{{0,60}}{places(_SECTION)}"
    ),
    points_away=re.compile(
        rf"\b{_REFERRED}\s*(?:\d|[A-Z]\b)|\b(?:zie|raadpleeg|vgl\.|vergelijk)\s|\b(?:hierboven|hieronder|bovenstaande"
        r"|onderstaande|bovengenoemde|volgende:)|\b(?:eerder|verderop|later) (?:genoemd|beschreven|besproken)"
        rf"|\b(?:dit|deze|volgende?|vorige?|laatste) {_DOCUMENT}\b|\bals volgt\b|\bmeer (?:informatie|details)\b"
        rf"|\[\d{{1,3}}\]",
        re.IGNORECASE,
    ),
    asides=re.compile(
        bracketed(r"(?:zie|vgl\.|raadpleeg)\s", _REFERRED) + "|"
        rf",? zoals (?:beschreven|uitgelegd|getoond|vermeld) (?:in|op) {places(_SECTION)}"
        rf"|,? zoals in {places(_SECTION)} (?:beschreven|uitgelegd|getoond|vermeld)"
        r"|,? zoals (?:hierboven|hieronder|eerder) (?:beschreven|uitgelegd|getoond|vermeld)(?=[ .,;:)])|"
        rf"\s*\((?:zie|vgl\.)?\s*(?:ook )?{_REFERRED}\s*\d[\w.,–-]*\)|, (?:zoals|zie)(?: (?:getoond|beschreven"
        rf"|te zien))?"
        rf" ?(?:in |op )?{_REFERRED} \d[\w–-]*(?:\.\d+)*(?=[.,;])|\s*\(zie (?:boven|onder|hierboven|hieronder)\)",
        re.IGNORECASE,
    ),
    leans_back=re.compile(
        r"^(?:Dit|Deze|Die|Dat|Het(?= (?:is|zijn|kan|wordt|werkt|heeft|gaat|helpt) )|Hij|Zij|Ze|Zijn|Haar|Hun|Maar"
        r"|En|Of|Dus"
        r"|Want|Echter|Daarom|Daardoor|Daarbij|Daarvoor|Daarmee|Daarna|Daarnaast|Daarin|Daarvan|Dan|Ook|Toch|Bovendien"
        r"|Verder|Zo|Zodoende|Hierdoor|Hierbij|Hiervoor|Hiermee|Hier|Daar|Eveneens|Tenslotte|Ten slotte|Vervolgens"
        r"|Anders"
        r"|Desondanks|Niettemin|Integendeel|Beide|Zulke|In (?:dit|deze|dat|die)|Bij (?:dit|deze|dat|die)"
        r"|Met (?:dit|deze|dat"
        r"|die)|Voor (?:dit|deze|dat|die)|Om deze reden|Bijvoorbeeld|Ja|Nee|Nu|Tegelijk|Een andere?|(?:De"
        r"|Het) (?:andere"
        r"|zelfde|laatste|eerste|tweede|derde|beide|overige|vorige|volgende))\b"
    ),
    impersonal=re.compile(r"^Het is (?:belangrijk|beter|verstandig|nodig|mogelijk|goed)\b"),
    points_back=re.compile(
        r"\b(?:dit|deze|hij|zij|ze|hun|daarvan|daarmee|daarin|hiervan|hiermee|ook|zulke)\b", re.IGNORECASE
    ),
    order=re.compile(
        r"^(?:(?:Eerst|Daarna|Dan|Vervolgens|Nu|Ten slotte|Tot slot),? )?(?:begin|bekijk|berg|bewaar|breng"
        r"|controleer|doe|draai"
        r"|droog|druk|gebruik|geef|giet|haal|houd|kies|klik|knip|laat|lees|leg|maak|meet|meng|neem|open|oefen"
        r"|plaats|plant|pak"
        r"|reinig|ruim|schakel|schrijf|schuif|sluit|snijd|spoel|start|stel|steek|stop|trek|vermijd|verwijder|voeg"
        r"|volg|vraag|vul"
        r"|wacht|was|zaai|zet|zoek|zorg)\b",
        re.IGNORECASE,
    ),
    advice=re.compile(r"^(?:U moet|Je moet|Je kunt het beste|Het is (?:belangrijk|beter|verstandig) om)\b"),
    idle=re.compile(r"(?i)\bvoorbeeld\b|^(?:Daarna|Dan|Vervolgens|Nu|Ten slotte|Tot slot)\b"),
    sequence=re.compile(r"^(?:Eerst|Daarna|Dan|Vervolgens|Nu|Ten slotte|Tot slot)\b"),
    fact=re.compile(r"(?:De|Het|Een|Elke?|Alle|Er|Je|Men|\w+(?:heid|ing|schap))\b"),
    condition=re.compile(r"(?:Als|Wanneer|Zodra|Zolang|Totdat|Soms|Meestal|Gewoonlijk)\b"),
    defines=re.compile(
        r"^(?P<term>(?:De |Het |Een )?[^\W\d_][\w’-]*(?: [\w’-]+){0,3}?) (?P<verb>is|zijn|betekent|bestaat uit)"
        r" (?P<rest>(?:een|de|het|alles|elke?)\b.+)$"
    ),
    no_term=re.compile(
        r"(?i)\b(?:dit|deze|die|dat|het er|er|hier|daar|wat|wie|welke?|men|we|ik|als|wanneer|doel|probleem|reden"
        r"|resultaat|punt"
        r"|idee|ding|eerste|volgende|laatste|andere|meeste|zelfde|enige|vraag|voorbeeld|voordeel|verschil|beste"
        r"|van|te|in|voor"
        r"|met|en|of|op|aan|uit|om|niet)\b"
    ),
    plural=frozenset({"zijn"}),
    weighty=re.compile(
        r"\b(?:moet(?:en)?|nooit|altijd|belangrijk\w*|essentieel|essentiële|omdat|want|betekent|nodig|helpt)\b",
        re.IGNORECASE,
    ),
    example=re.compile(r"\b(?:bijvoorbeeld|bijv\.|zoals|stel dat)\b", re.IGNORECASE),
    label=re.compile(
        r"^(?:Let op|Waarschuwing|Gevaar|Belangrijk|Opmerking|NB|N\.B\.|Tip|Voorzichtig)(?:[:!.–—-]\s*|\s+)(?=[A-ZÉË“])"
    ),
    generic=re.compile(
        r"(?i)^(?:definities?|voorwoord|inleiding|overzicht|samenvatting|beschrijving|algemeen|notities"
        r"|achtergrond|details"
        r"|discussie|grondslagen|conclusies?|voorbeelden|voorbeeld|gebruik|doel|doelen|tips|resultaten|methoden?"
        r"|vereisten"
        r"|waarom|hoe|wat)$"
    ),
)

LANGUAGE = Language(
    code="nl",
    quotes=("“", "”"),
    common=frozenset(
        "de het een en van is dat niet in te op voor met zijn aan er ook als bij door maar die dit deze om naar"  # noqa: SIM905
        " uit dan of ze"
        " hij zij je ik we wordt worden kan kunnen heeft hebben had was over nog wel meer al geen tot onder tussen"
        " na zo wat"
        " wie waar moet zonder veel alle zich hun haar elke tegen omdat".split()
    ),
    phrases=PHRASES,
    signs=SIGNS,
)
