"""German."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Sagen, was {term} bedeutet",
        "{term} in eigenen Worten erklären",
        "Ein Beispiel für {term} nennen",
    ),
    objectives_about=(
        "Erklären, worauf es bei {title} ankommt",
        "{title} in drei Sätzen zusammenfassen",
        "Fragen zu {title} aus dem Gedächtnis beantworten",
        "{title} jemandem beschreiben, der nichts darüber gelesen hat",
    ),
    objective_condition="Sagen, was gilt: {start}",
    objective_steps="Die Schritte zu {title} ausführen",
    will="Nach dieser Lektion können Sie:",
    glossary="Glossar",
    yesterday="Von gestern: {prompt}",
    order="Bringen Sie die Schritte in die richtige Reihenfolge.",
    order_of="Bringen Sie die Schritte in die richtige Reihenfolge. {lead}",
    describe="Welche Beschreibung passt zu {term}?",
    term="Welcher Begriff ist gemeint? {text}",
    number="Welche Zahl fehlt? {sentence}",
    word="Welches Wort fehlt? {sentence}",
    goes_on="Wie geht dieser Satz weiter? {start}",
    is_true="Stimmt das? {sentence}",
    true="Richtig",
    false="Falsch",
    belongs="Was gehört zu dieser Liste? {lead}",
    cell="Was gehört in der Spalte {column} zu {row}?",
    why="{quote} ({place})",
    actions=(
        "Schreiben Sie aus dem Gedächtnis auf, was {term} bedeutet, und vergleichen Sie es mit der Lektion.",
        "Überlegen Sie sich ein Beispiel für {term} aus Ihrem Alltag und halten Sie es in einem Satz fest.",
        "Erklären Sie jemandem, oder laut sich selbst, in weniger als zwei Minuten {term}.",
        (
            "Schreiben Sie eine Karte mit {term} auf der Vorderseite und der Bedeutung auf der Rückseite und "
            "prüfen Sie sich heute Abend damit."
        ),
        "Schreiben Sie einen Satz dazu, was {term} ist, und einen dazu, was es nicht ist.",
    ),
    actions_about=(
        "Schließen Sie die Lektion, schreiben Sie aus dem Gedächtnis drei Sätze über {title} auf und vergleichen Sie.",
        "Erklären Sie jemandem, oder laut sich selbst, worauf es bei {title} ankommt.",
        "Schreiben Sie zwei Fragen über {title} auf, die die Lektion beantwortet, und beantworten Sie sie morgen früh.",
        "Zeichnen Sie {title} auf ein Blatt: ein Kasten für jeden Teil, Pfeile für das, was wozu führt.",
        "Schreiben Sie in einem Satz auf, wo {title} in Ihrer Arbeit oder Ihrem Leben wichtig ist oder sein könnte.",
        (
            "Schreiben Sie drei Karten zu {title}, vorn eine Frage und hinten die Antwort, und prüfen Sie sich "
            "heute Abend damit."
        ),
    ),
    action_condition=(
        "Schreiben Sie aus dem Gedächtnis auf, was in diesem Fall gilt, und schlagen Sie es dann in der Lektion "
        "nach: {start}"
    ),
    steps="Führen Sie diese Schritte heute aus, oder gehen Sie sie im Kopf einzeln durch: {title}",
    turned=pairs(
        "Vor/Nach, bevor/nachdem, Bevor/Nachdem, mehr als/weniger als, mindestens/höchstens, immer/nie, "
        "steigt/sinkt, steigen/sinken, erhöht/senkt, erhöhen/senken, höher/niedriger, größer/kleiner, "
        "länger/kürzer, warm/kalt, heiß/kalt, stark/schwach, hoch/niedrig, trocken/feucht, "
        "Sommer/Winter, morgens/abends, links/rechts, innen/außen, früh/spät, viele/wenige, "
        "geöffnet/geschlossen, häufig/selten, oft/selten, meist/selten, schneller/langsamer, "
        "groß/klein, lang/kurz"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Wenn|Falls|Sobald|Solange|Sofern) [^,;:]{8,120}), (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(
        r"^(?P<first>[^,;:]{12,140}?), (?:weil|da)"
        r" (?P<second>(?:der|die|das|ein|eine|sie|er|es|man|sich|dort|[A-ZÄÖÜ]\w+)\b[^;:]{8,140})[.!]$"
    ),
    narrator=re.compile(r"(?i)\b(?:wir|uns\w*|ich|mein\w*)\b"),
    definite=re.compile(r"(?i)\b(?:die|den|der|dieser?|diesen|beiden|anderen)\s$"),
    no_term=re.compile(
        r"(?i)^(?:unser\w*|weitere\w*|zweite\w*|dritte\w*|jede\w*|viele|neue\w*|mehr|wert|normalerweise|bei|jetzt"
        r"|nun|hiermit|ebenfalls|im|den|dem|des|allerdings|jedoch|sein\w*)\b|\b(?-i:Ihre?[rnms]?)\b|^(?-i:[a-zäöü])"
    ),
    no_order=re.compile(
        r"^(?:Bitte )?(?:Beachten|Bedenken|Denken|Seien|Lesen|Siehe) (?:Sie\b)?|"
        r"^(?:Müssen|Können|Wollen|Möchten|Sollten|Haben|Sind|Benötigen|Brauchen|Werden|Falls) Sie\b"
    ),
    vague=re.compile(
        r"(?i)\b(?:vielleicht|eventuell|möglicherweise|könnte\w*|manche\w*|einige\w*|beachten sie|vorstellen|es gibt"
        r"|natürlich|wahrscheinlich|allerdings|jedoch)\b"
    ),
    denies=re.compile(r"(?i)\b(?:nicht|kein\w*|nie|niemals|niemand|nichts|ohne|nur|kaum|weder)\b"),
    event=re.compile(
        r"(?i)\b(?:wenn|falls|sobald|sofern|bis|innerhalb|bevor|nachdem|wieder|auch|stattdessen|zurück|sonst"
        r"|andernfalls"
        r"|unfall|notfall|fehler|dies\w*|dazu|damit|dort|nun|dann|vorhandenen?)\b"
        r"|^(?:Bitte )?\w+ Sie (?:de[nmrs]|di\w+|das|es|sie|ihn|alle)\b"
    ),
    no_consequence=re.compile(
        r"(?:nachdem|bevor|weil|da|dass|ob|de[rnms]|die|das|ein\w*|er|sie|es|man|um|ohne|als|wie|wenn|falls|sobald"
        r"|auf|an|in"
        r"|zu|zum|zur|mit|von|vom|bei|für|im|welche\w*|was|wo|damit|indem)\b|[A-ZÄÖÜ]"
    ),
    clause_ends=re.compile(
        r", (?:ist|sind|wird|werden|muss|müssen|kann|können|soll\w*|hat|haben|gibt|gestattet)\b"
    ),
    points_on=re.compile(r"(?i)\b(?:folgend\w*|nachstehend\w*)\b"),
)
