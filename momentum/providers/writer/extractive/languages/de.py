"""German."""

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
    page="Seite {page}",
    pages="Seite {first} bis {last}",
    units={
        "slide": ("Folie {page}", "Folie {first} bis {last}"),
        "chapter": ("Kapitel {page}", "Kapitel {first} bis {last}"),
        "section": ("Abschnitt {page}", "Abschnitt {first} bis {last}"),
        "part": ("Teil {page}", "Teil {first} bis {last}"),
        "line": ("Zeile {page}", "Zeile {first} bis {last}"),
        "minute": ("Minute {page}", "Minute {first} bis {last}"),
    },
    of="{place} in „{name}“",
    of_source="{place} der Quelle",
    the_source="die Quelle",
    joiner=" und ",
    heavy_joiner=" sowie ",
    more="weiteres",
    part="{title}, Teil {number}",
    first_title="Womit die Quelle beginnt",
    next_title="Wie es weitergeht",
    recap="Rückblick",
    recap_summary="Die wichtigsten Sätze jedes Tages.",
    outcome="{title} in eigenen Worten erklären",
    summary_one="Eine kurze Lektion aus {names}: {subjects}.",
    summary="{count} kurze Lektionen aus {names}, darunter {subjects}.",
    size_one="„{name}“ (1 Seite)",
    size="„{name}“ ({count} Seiten)",
    through_one="Dieser Kurs führt Sie an einem Tag durch {sizes}.",
    through="Dieser Kurs führt Sie in {count} Tagen durch {sizes}.",
    quotes_source="Jede Lektion zitiert die Quelle wörtlich und nennt die Seite, damit Sie dort weiterlesen können.",
    span="Er beginnt mit {first} und endet mit {last}.",
    each_day="Jeder Tag hat etwas zu lesen, etwas zu tun und ein paar Fragen zur Selbstkontrolle.",
)

_REFERRED = (
    r"(?:Abschnitt(?:e|en|s)?|Kapiteln?|Abbildung(?:en)?|Abb\.|Tabellen?|Tab\.|Anhang|Gleichung(?:en)?|Seiten?|S\."
    r"|Bild(?:er)?|Punkt|Ziffer)"
)

_SECTION = r"(?:Abschnitt(?:e|en|s)?|Kapiteln?|Anhang)"

SIGNS = Signs(
    pointer=re.compile(
        rf"^\(?(?:Siehe|Vgl\.|Vergleiche|S\.)\s|^(?:Lesen|Beachten|Vergleichen) Sie (?:dazu |hierzu "
        rf"|auch )*{_REFERRED}\s*\d"
        r"|^(?:Weitere|Mehr|Nähere|Ausführliche(?:re)?) (?:Informationen|Hinweise|Einzelheiten|Details)\b"
        r"|^(?:Dieses|Dieser|Das nächste|Der (?:nächste|folgende)|Das folgende) (?:Kapitel|Abschnitt|Dokument|Handbuch)"
        r" (?:beschreibt|erklärt|behandelt|zeigt|erläutert|enthält|gibt|stellt|führt)\b"
        rf"|^{_SECTION}\s*\d[\w.]* (?:gibt|erklärt|beschreibt|enthält|zeigt|erläutert)\b"
        rf"|^(?:Lesen|Folgen|Beachten|Sehen) Sie\b.{{0,60}}{places(_SECTION)}.{{0,30}}$"
        rf"|.*\bfinden Sie (?:\w+ ){{0,4}}(?:in|im|unter) {places(_SECTION)}\W*$"
    ),
    points_away=re.compile(
        rf"\b{_REFERRED}\s*(?:\d|[A-Z]\b)|\b(?i:siehe|vgl\.|vergleiche)\s|\b(?:oben|unten|vorstehend|nachstehend"
        r"|nachfolgend|weiter (?:oben|unten)) (?:genannt|beschrieben|gezeigt|erwähnt|angegeben|aufgeführt|dargestellt)"
        r"|\b[Ww]ie (?:oben|unten|folgt|bereits erwähnt)\b|\bim [Ff]olgenden\b|\b(?:folgende|vorige|vorherige"
        r"|vorangegangene|nachstehende|obige|untenstehende)[nmrs]? (?!Tag|Woche|Monat|Jahr|Nacht|Stunde|Morgen)"
        r"|\b(?:[Dd]iese[mrsn]?|nächste[mrsn]?|letzte[mrsn]?) (?:Kapitels?|Abschnitts?|Seite|Handbuchs?|Dokuments?"
        r"|Buche?s?|Textes|Text|Artikels?|Tabelle|Abbildung|Anleitung|Beispiels?|Liste)\b"
        r"|\b[Ww]eitere (?:Informationen|Hinweise|Einzelheiten|Details)\b|\[\d{1,3}\]"
    ),
    asides=re.compile(
        bracketed(r"(?:bitte )?(?:siehe|s\.|vgl\.|vergleiche|mehr dazu|lesen Sie)\s", _REFERRED) + "|"
        rf",? wie (?:in|unter|im) {places(_SECTION)} (?:beschrieben|gezeigt|erklärt|erläutert|dargestellt|angegeben)"
        r"|,? wie (?:bereits )?(?:weiter )?(?:oben|unten|zuvor) (?:beschrieben|erwähnt|gezeigt|erklärt|erläutert)"
        r"(?=[ .,;:)])|"
        rf"\s*\((?:[Ss]iehe|[Ss]\.|[Vv]gl\.|[Vv]ergleiche)?\s*(?:auch )?{_REFERRED}\s*\d[\w.,–-]*\)"
        rf"|, (?:wie|siehe) (?:in |auf |auch )?{_REFERRED} \d[\w–-]*(?:\.\d+)*"
        r"(?: (?:gezeigt|beschrieben|dargestellt|zu sehen))?(?=[.,;])|\s*\((?:siehe|s\.|vgl\.) (?:oben|unten)\)"
    ),
    leans_back=re.compile(
        r"^(?:Dies(?:e[rnsm]?)?|Jene[rsmn]?|Das (?:ist|sind|gilt|bedeutet|heißt|liegt|kann|hat|wird|führt|macht|geht)"
        r"|Er|Sie (?:ist|hat|wird|kann|muss|soll|darf|war|besteht|enthält)|Es(?! gibt)|Ih(?:r|re[nmrs]?)|Seine?[nmrs]?"
        r"|Deren|Dessen|Aber|Und|Oder|Doch|Jedoch|Denn|Also|Daher|Deshalb|Deswegen|Darum|Dadurch|Dabei|Dafür|Dagegen"
        r"|Damit|Danach|Dann|Dazu|Davon|Darauf|Darin|Daraus|Darüber|Außerdem|Zudem|Ferner|Ebenso|Ebenfalls|Auch|Dennoch"
        r"|Trotzdem|Stattdessen|Hier(?:bei|für|zu|durch|mit|von|in)?|Dort|So|Somit|Folglich|Schließlich|Zuletzt"
        r"|Anschließend|Sonst|Ansonsten|Andernfalls|Allerdings|Beide|Letztere[rs]?|Erstere[rs]?|Solche[rs]?"
        r"|(?:In|Zu|Bei|Mit|Nach|Aus|Auf|An|Von|Für) (?:diese[mnrs]?|jene[mnrs]?)|Zum Beispiel|Beispielsweise|Ja|Nein"
        r"|Nun|Wiederum|Gleichzeitig|Im Gegensatz|Weder|Nur so|Umgekehrt|Insgesamt|Eine?r? andere[rs]?)\b"
        r"|^(?:Der|Die|Das) (?:anderen?|gleichen?|letzteren?|ersten?|zweiten?|dritten?|beiden|selben?|übrigen?"
        r"|restlichen?)\b"
    ),
    impersonal=re.compile(r"^Es (?:ist|wird|war) \w+(?:,| zu\b)"),
    points_back=re.compile(
        r"\b(?:[Dd]iese[rnsm]?|jene[rnsm]?|er|ihn|ihm|deren|dessen|dafür|dabei|damit|dazu|daran|darin|solche[rnsm]?"
        r"|ebenfalls|außerdem)\b"
    ),
    order=re.compile(
        r"^(?:(?:Zuerst|Zunächst|Dann|Danach|Anschließend|Nun|Jetzt|Schließlich|Zuletzt|Abschließend|Bitte|Vor dem \w+"
        r"|Nach dem \w+),? )?\w+(?:en|ern|eln) Sie\b(?! nicht)(?!.*\?)"
    ),
    advice=re.compile(r"^(?:Sie (?:sollten|müssen)|Es (?:ist|empfiehlt) (?:ratsam|wichtig|sich))\b"),
    idle=re.compile(
        r"^(?:Dann|Danach|Anschließend|Nun|Jetzt|Schließlich|Zuletzt|Abschließend)\b|\bBeispiel\b"
        r"|^(?:Beachten|Denken|Lesen) Sie\b"
    ),
    sequence=re.compile(
        r"^(?:Zuerst|Zunächst|Als Erstes|Dann|Danach|Anschließend|Nun|Jetzt|Schließlich|Zuletzt|Abschließend"
        r"|Zum Schluss"
        r"|Als (?:Nächstes|Letztes))\b"
    ),
    fact=re.compile(r"(?:Der|Die|Das|Ein|Eine|Es|Jede[rs]?|Alle|Sie|Man|\w+(?:ung|heit|keit|schaft))\b"),
    condition=re.compile(r"(?:Wenn|Falls|Sobald|Solange|Bitte|Bis|Manchmal|Meist|\w+en Sie)\b"),
    defines=re.compile(
        r"^(?P<term>(?:Der |Die |Das |Eine? )?[^\W\d_][\w’-]*(?: [\w’-]+){0,3}?) (?P<verb>ist|sind|bedeutet|heißt)"
        r" (?P<rest>(?:eine?|der|die|das|alles|jede[rs]?)\b.+)$"
    ),
    no_term=re.compile(
        r"(?i)\b(?:dies\w*|jene\w*|es|er|hier|dort|was|wer|welche\w*|man|wir|ich|wenn|falls|ziel|problem|grund|ergebnis"
        r"|punkt|idee|erste\w*|nächste\w*|letzte\w*|andere\w*|wichtigste\w*|gleiche\w*|einzige\w*|frage|beispiel|zweck"
        r"|vorteil|unterschied|beste\w*|von|zu|in|für|mit|und|oder|auf|an|aus|als|dabei|damit|auch|nicht|wichtig)\b"
    ),
    plural=frozenset({"sind"}),
    weighty=re.compile(
        r"\b(?:muss|müssen|soll(?:te|ten)?|nie(?:mals)?|immer|wichtig\w*|wesentlich\w*|weil|bedeutet|nötig|hilft"
        r"|damit)\b",
        re.IGNORECASE,
    ),
    example=re.compile(r"\b(?:zum Beispiel|z\. ?B\.|beispielsweise|etwa)\b", re.IGNORECASE),
    label=re.compile(
        r"^(?:Achtung|Vorsicht|Warnung|Gefahr|Hinweis|Wichtig|Anmerkung|Bemerkung|Merke|Tipp|Info)(?:[:!.–—-]\s*|\s+)"
        r"(?=[A-ZÄÖÜ„])"
    ),
    generic=re.compile(
        r"(?i)^(?:definition(?:en)?|vorwort|einleitung|einführung|überblick|übersicht|beschreibung|zusammenfassung"
        r"|allgemeines|hinweise?|hintergrund|details|diskussion|grundlagen|fazit|beispiele?|anwendung|zweck|tipps"
        r"|methoden?"
        r"|ergebnisse?|voraussetzungen|warum|wie|was)$"
    ),
)

LANGUAGE = Language(
    code="de",
    quotes=("„", "“"),
    nouns_are_capitalised=True,
    common=frozenset(
        "der die und das ist nicht ein eine zu den mit von sich auf für dem des auch es im werden in er sie wird als an"  # noqa: SIM905
        " bei aus nach wie oder einen einer eines einem wenn man so durch nur noch kann können muss sind hat haben"
        " wurde"
        " sein war zum zur über um vor bis mehr aber diese dieser dieses dass weil ihr ihre alle unter am ab"
        " sollte".split()
    ),
    phrases=PHRASES,
    signs=SIGNS,
)
