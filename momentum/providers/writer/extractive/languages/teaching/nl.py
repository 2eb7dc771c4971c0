"""Dutch."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Zeggen wat {term} betekent",
        "{term} in eigen woorden uitleggen",
    ),
    objectives_about=(
        "Uitleggen waar het bij {title} om gaat",
        "Het belangrijkste over {title} weergeven",
    ),
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
    ),
    actions_about=(
        "Schrijf uit het hoofd drie zinnen over {title} en vergelijk ze met de les.",
        "Kies iets over {title} dat je vandaag kunt gebruiken en noteer wanneer en waar.",
        "Leg hardop uit waar het bij {title} om gaat.",
        "Schrijf twee vragen over {title} op die de les beantwoordt en beantwoord ze morgenochtend.",
    ),
    steps="Voer deze stappen vandaag uit, desnoods in gedachten: {title}",
    turned=pairs(
        "voor/na, voordat/nadat, Voordat/Nadat, meer dan/minder dan, minstens/hoogstens, altijd/nooit, "
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
)
