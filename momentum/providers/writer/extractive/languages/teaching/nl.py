"""Dutch."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Zeggen wat {term} betekent",
        "{term} in eigen woorden uitleggen",
        "Een voorbeeld van {term} geven",
    ),
    objectives_about=(
        "Uitleggen waar het bij {title} om gaat",
        "{title} in drie zinnen samenvatten",
        "Vragen over {title} uit het hoofd beantwoorden",
        "{title} beschrijven aan iemand die er niets over heeft gelezen",
    ),
    objective_condition="Zeggen wat geldt: {start}",
    objective_steps="De stappen van {title} uitvoeren",
    will="Na deze les kun je:",
    glossary="Woordenlijst",
    yesterday="Van gisteren: {prompt}",
    order="Zet de stappen in de juiste volgorde.",
    order_of="Zet de stappen in de juiste volgorde. {lead}",
    describe="Welke beschrijving past bij {term}?",
    term="Welk begrip wordt hier beschreven? {text}",
    number="Welk getal ontbreekt? {sentence}",
    word="Welk woord ontbreekt? {sentence}",
    goes_on="Hoe gaat deze zin verder? {start}",
    is_true="Klopt dit? {sentence}",
    true="Waar",
    false="Niet waar",
    belongs="Wat hoort bij deze lijst? {lead}",
    cell="Wat hoort bij {row} in de kolom {column}?",
    why="{quote} ({place})",
    actions=(
        "Schrijf uit het hoofd op wat {term} betekent en vergelijk het met de les.",
        "Bedenk een voorbeeld van {term} uit je werk of leven en schrijf het in één zin op.",
        "Leg {term} hardop uit in minder dan twee minuten.",
        (
            "Maak een kaartje met {term} op de voorkant en de betekenis op de achterkant, en overhoor jezelf er "
            "vanavond mee."
        ),
        "Schrijf één zin op over wat {term} is, en één over wat het niet is.",
    ),
    actions_about=(
        "Sluit de les, schrijf uit het hoofd drie zinnen over {title} op en vergelijk.",
        "Leg aan iemand, of hardop aan jezelf, uit waar het bij {title} om gaat.",
        "Schrijf twee vragen over {title} op die de les beantwoordt, en beantwoord ze morgenochtend.",
        "Teken {title} op één blad: een vak voor elk deel en pijlen voor wat waartoe leidt.",
        "Schrijf in één zin op waar {title} op je werk en thuis van belang is.",
        (
            "Maak drie kaartjes over {title}, met een vraag op de voorkant en het antwoord op de achterkant, en "
            "overhoor jezelf vanavond."
        ),
    ),
    action_condition="Schrijf uit het hoofd op wat in dit geval geldt en zoek het dan op in de les: {start}",
    steps="Voer deze stappen vandaag uit, desnoods in gedachten: {title}",
    turned=pairs(
        "voordat/nadat, Voordat/Nadat, meer dan/minder dan, minstens/hoogstens, altijd/nooit, "
        "stijgt/daalt, stijgen/dalen, hoger/lager, groter/kleiner, langer/korter, warm/koud, "
        "heet/koud, sterk/zwak, hoog/laag, droog/nat, zomer/winter, links/rechts, binnen/buiten, "
        "vroeg/laat, veel/weinig, vaak/zelden, meestal/zelden, sneller/langzamer, "
        "groot/klein, lang/kort"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Als|Wanneer|Zodra|Zolang) [^,;:]{8,120}), (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(r"^(?P<first>[^,;:]{12,140}?),? omdat (?P<second>[^;:]{12,140})[.!]$"),
    narrator=re.compile(r"(?i)\b(?:wij|we|ons|onze|ik|mijn)\b"),
    definite=re.compile(r"(?i)\b(?:de|deze|die|beide|andere)\s$"),
    no_term=re.compile(r"(?i)^(?:ons|onze|andere?|tweede|derde|elke?|veel|waarde)\b"),
    no_order=re.compile(r"^(?:Let op|Merk|Denk|Zie|Raadpleeg)\b"),
    vague=re.compile(
        r"(?i)\b(?:misschien|mogelijk|zou\w*|sommige|enkele|er zijn|waarschijnlijk|natuurlijk|houd)\b"
    ),
    denies=re.compile(r"(?i)\b(?:niet|geen|nooit|niemand|niets|zonder|alleen|slechts|nauwelijks)\b"),
    event=re.compile(
        r"(?i)\b(?:als|wanneer|zodra|tot|totdat|binnen|indien|voordat|nadat|opnieuw|weer|ook|ongeluk|nood\w*|fout\w*"
        r"|dit|dat"
        r"|deze|die|ze|hem|vorige)\b|^\w+ (?:de|het|alle)\b"
    ),
    points_on=re.compile(r"(?i)\b(?:volgende|hieronder)\b"),
)
