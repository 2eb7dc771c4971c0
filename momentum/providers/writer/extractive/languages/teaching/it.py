"""Italian."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Dire che cosa significa {term}",
        "Spiegare {term} con parole tue",
    ),
    objectives_about=(
        "Spiegare che cosa conta su {title}",
        "Dire che cosa bisogna sapere su {title}",
    ),
    objective_steps="Seguire i passi di {title}",
    will="Dopo questa lezione saprai:",
    glossary="Glossario",
    yesterday="Da ieri: {prompt}",
    order="Metti i passi nell’ordine giusto.",
    order_of="Metti i passi nell’ordine giusto. {lead}",
    describe="Quale descrizione corrisponde a {term}?",
    term="Quale termine è descritto qui? {text}",
    number="Quale numero manca? {sentence}",
    word="Quale parola manca? {sentence}",
    goes_on="Come continua questa frase? {start}",
    is_true="È vero? {sentence}",
    true="Vero",
    false="Falso",
    belongs="Quali elementi appartengono a questa lista? {lead}",
    cell="Che cosa corrisponde a {row} nella colonna {column}?",
    why="{quote} ({place})",
    actions=(
        "Scrivi a memoria che cosa significa {term}, poi confrontalo con la lezione.",
        "Pensa a un esempio di {term} dal tuo lavoro o dalla tua vita e scrivilo in una frase.",
        "Spiega {term} a qualcuno, o ad alta voce a te stesso, in meno di due minuti.",
    ),
    actions_about=(
        "Scrivi a memoria tre frasi su {title}, poi confrontale con la lezione.",
        "Scegli qualcosa su {title} che puoi usare oggi e annota quando e dove.",
        "Spiega a qualcuno, o ad alta voce a te stesso, che cosa conta su {title}.",
        "Scrivi due domande su {title} a cui la lezione risponde, e rispondi domani mattina.",
    ),
    steps="Segui oggi questi passi, o ripassali a mente uno per uno: {title}",
    turned=pairs(
        "più di/meno di, almeno/al massimo, aumenta/diminuisce, "
        "aumentano/diminuiscono, sale/scende, salgono/scendono, maggiore/minore, superiore/inferiore, "
        "sopra/sotto, caldo/freddo, calda/fredda, forte/debole, forti/deboli, alto/basso, alta/bassa, "
        "asciutto/umido, estate/inverno, mattina/sera, sinistra/destra, dentro/fuori, presto/tardi, "
        "spesso/raramente, molti/pochi, molte/poche, può/non può, "
        "possono/non possono, deve/non deve, devono/non devono, grande/piccolo, lungo/corto"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Se|Quando|Qualora|Non appena|Finché) [^,;:]{8,120}), (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(r"^(?P<first>[^,;:]{12,140}?),? perché (?P<second>[^;:]{12,140})[.!]$"),
    narrator=re.compile(r"(?i)\b(?:noi|nostr\w+|io|mio|\w{3,}iamo)\b"),
    definite=re.compile(r"(?i)\b(?:i|gli|le|questi|queste|altri|altre)\s$"),
    no_term=re.compile(
        r"(?i)^(?:caso|esempio|modo)\b|\bpiù\b|^(?:nostr\w+|altr[oaie]|second[oa]|terz[oa]|ogni|molt[ie]|valore|\w+mente)\b"
    ),
    denied=pairs("è/non è, sono/non sono"),
    no_order=re.compile(r"^(?:Si noti|Not[ai]|Ricord\w+|Tenga|Ved[ai]|Consult\w+)\b"),
)
