"""Italian."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Dire che cosa significa {term}",
        "Spiegare {term} con parole proprie",
        "Fare un esempio di {term}",
    ),
    objectives_about=(
        "Spiegare che cosa conta di {title}",
        "Riassumere {title} in tre frasi",
        "Rispondere a memoria a domande su {title}",
        "Descrivere {title} a chi non ne ha letto",
    ),
    objective_condition="Dire che cosa vale: {start}",
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
        "Prepara una scheda con {term} davanti e il significato dietro, e mettiti alla prova stasera.",
        "Scrivi una frase che dica che cos’è {term} e un’altra che dica che cosa non è.",
    ),
    actions_about=(
        "Chiudi la lezione, scrivi a memoria tre frasi su {title}, poi confronta.",
        "Spiega a qualcuno, o ad alta voce a te stesso, che cosa conta di {title}.",
        "Scrivi due domande su {title} a cui la lezione risponde e rispondi domattina.",
        "Disegna {title} su un foglio: un riquadro per ogni parte e frecce per ciò che porta a qualcos’altro.",
        "Scrivi in una frase dove {title} conta, o potrebbe contare, nel tuo lavoro o nella tua vita.",
        "Prepara tre schede su {title}, con una domanda davanti e la risposta dietro, e mettiti alla prova stasera.",
    ),
    action_condition="Scrivi a memoria che cosa vale in questo caso, poi controlla nella lezione: {start}",
    steps="Segui oggi questi passi, o ripassali a mente uno per uno: {title}",
    turned=pairs(
        "più di/meno di, almeno/al massimo, aumenta/diminuisce, "
        "aumentano/diminuiscono, sale/scende, salgono/scendono, maggiore/minore, superiore/inferiore, "
        "sopra/sotto, caldo/freddo, calda/fredda, forte/debole, forti/deboli, alto/basso, alta/bassa, "
        "asciutto/umido, estate/inverno, mattina/sera, sinistra/destra, dentro/fuori, presto/tardi, "
        "spesso/raramente, molti/pochi, molte/poche, "
        "grande/piccolo, lungo/corto"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Se|Quando|Qualora|Non appena|Finché) [^,;:]{8,120}), (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(r"^(?P<first>[^,;:]{12,140}?),? perché (?P<second>[^;:]{12,140})[.!]$"),
    narrator=re.compile(r"(?i)\b(?:noi|nostr\w+|io|mio|\w{3,}iamo)\b"),
    definite=re.compile(r"(?i)\b(?:i|gli|le|questi|queste|altri|altre)\s$"),
    no_term=re.compile(
        r"(?i)^(?:caso|esempio|modo|soluzione|alternativa|\w+[aei]re (?:un|una|il|lo|la|i|gli|le))\b|\bpiù\b"
        r"|^(?:nostr\w+|altr[oaie]|second[oa]|terz[oa]|ogni|molt[ie]|valore|\w+mente)\b"
    ),
    denied=pairs(
        "deve/non deve, devono/non devono, può/non può, possono/non possono, è/non è, sono/non sono"
    ),
    no_order=re.compile(r"^(?:Si noti|Not[ai]|Ricord\w+|Tenga|Ved[ai]|Consult\w+)\b"),
    vague=re.compile(
        r"(?i)\b(?:forse|potrebbe\w*|alcun[ie]|tener\w* presente|ci sono|probabilmente|naturalmente)\b"
    ),
    denies=re.compile(r"(?i)\b(?:non|mai|nessun\w*|niente|nulla|senza|solo|soltanto|né|tranne|eccetto)\b"),
    event=re.compile(
        r"(?i)\b(?:se|quando|finché|fino|entro|in caso|prima|dopo|di nuovo|anche|incidente|emergenza|errore"
        r"|quest[oaie]|quell\w+"
        r"|ciò|precedente)\b|\(opzionale\)|^\w+ (?:il|lo|la|i|gli|le|al|alla)\b|^\w+ l[’']|^\w{3,}(?:lo|la|li|le)\b"
    ),
    points_on=re.compile(r"(?i)\b(?:seguent[ei]|qui sotto)\b"),
)
