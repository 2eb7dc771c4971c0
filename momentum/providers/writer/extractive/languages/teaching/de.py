"""German."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Sagen, was {term} bedeutet",
        "{term} in eigenen Worten erklären",
    ),
    objectives_about=(
        "Erklären, worauf es bei {title} ankommt",
        "Das Wichtigste über {title} wiedergeben",
    ),
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
    ),
    actions_about=(
        "Schreiben Sie aus dem Gedächtnis drei Sätze über {title} und vergleichen Sie sie mit der Lektion.",
        "Wählen Sie etwas über {title} aus, das Sie heute anwenden können, und notieren Sie, wann und wo.",
        "Erklären Sie jemandem, oder laut sich selbst, worauf es bei {title} ankommt.",
        "Schreiben Sie zwei Fragen über {title} auf, die die Lektion beantwortet, und beantworten Sie sie morgen früh.",
    ),
    steps="Führen Sie diese Schritte heute aus, oder gehen Sie sie im Kopf einzeln durch: {title}",
    turned=pairs(
        "vor/nach, bevor/nachdem, Bevor/Nachdem, mehr als/weniger als, mindestens/höchstens, immer/nie, "
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
        r"(?i)^(?:unser\w*|weitere\w*|zweite\w*|dritte\w*|jede\w*|viele|neue\w*|mehr|wert|normalerweise|bei|allerdings|jedoch|sein\w*)\b|\b(?-i:Ihre?[rnms]?)\b|^(?-i:[a-zäöü])"
    ),
    no_order=re.compile(
        r"^(?:Bitte )?(?:Beachten|Bedenken|Denken|Seien|Lesen|Siehe) (?:Sie\b)?|"
        r"^(?:Müssen|Können|Wollen|Möchten|Sollten|Haben|Sind|Benötigen|Brauchen|Werden|Falls) Sie\b"
    ),
)
