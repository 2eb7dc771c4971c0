"""Italian."""

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
    pages="pagine da {first} a {last}",
    units={
        "slide": ("diapositiva {page}", "diapositive {first} a {last}"),
        "chapter": ("capitolo {page}", "capitoli {first} a {last}"),
        "section": ("sezione {page}", "sezioni {first} a {last}"),
        "part": ("parte {page}", "parti {first} a {last}"),
        "line": ("riga {page}", "righe {first} a {last}"),
        "minute": ("minuto {page}", "minuti {first} a {last}"),
    },
    of="{place} di «{name}»",
    of_source="{place} della fonte",
    the_source="la fonte",
    joiner=" e ",
    heavy_joiner="; e ",
    more="altro",
    part="{title}, parte {number}",
    first_title="Come comincia la fonte",
    next_title="Che cosa viene dopo",
    recap="Ripasso",
    recap_summary="Le frasi più importanti di ogni giorno.",
    outcome="Spiegare {title} con parole proprie",
    summary_one="Una breve lezione da {names}: {subjects}.",
    summary="{count} brevi lezioni da {names}, tra cui {subjects}.",
    size_one="«{name}» (1 pagina)",
    size="«{name}» ({count} pagine)",
    through_one="Questo corso percorre {sizes} in un giorno.",
    through="Questo corso percorre {sizes} in {count} giorni.",
    quotes_source="Ogni lezione cita la fonte parola per parola e indica la pagina, così puoi continuare a leggere lì.",
    span="Comincia con {first} e finisce con {last}.",
    each_day="Ogni giorno c’è qualcosa da leggere, qualcosa da fare e qualche domanda per verificare.",
)

_REFERRED = (
    r"(?:figur[ae]|fig\.|tabell[ae]|tab\.|capitol[oi]|cap\.|sezion[ei]|sez\.|paragraf[oi]|par\.|appendice|allegato"
    r"|pagin[ae]|pag\.|equazion[ei])"
)
_DOCUMENT = (
    r"(?:capitolo|sezione|paragrafo|pagina|manuale|documento|libro|testo|articolo|tabella|figura|guida|esempio"
    r"|elenco)"
)

_SECTION = r"(?:capitol[oi]|sezion[ei]|paragraf[oi]|appendice)"

SIGNS = Signs(
    pointer=re.compile(
        r"(?i)^\(?(?:vedi|si veda|vedere|consultare|cfr\.|si rimanda|fare riferimento)\b.*(?:\d|capitolo|sezione"
        r"|figura|appendice"
        r"|pagina|[«“])|^per (?:maggiori|ulteriori|altre|più) (?:informazioni|dettagli)\b"
        r"|^(?:questo|questa|il prossimo|la prossima) (?:capitolo|sezione|documento|manuale|appendice) (?:descrive"
        r"|spiega"
        r"|presenta|tratta|contiene|mostra|offre)\b"
        rf"|^(?:leggere|leggete|si legga)\b.{{0,60}}{places(_SECTION)}"
        rf"|^(?:per|se)\b.{{1,120}}, (?:vedere|vedi|si veda|consultare|leggere)\b.{{0,60}}{places(_SECTION)}"
    ),
    points_away=re.compile(
        rf"\b{_REFERRED}\s*(?:\d|[A-Z]\b)|\b(?:vedi|vedere|si veda|cfr\.|consulta(?:re|te)?)\s"
        r"|\b(?:qui (?:sopra|sotto)|più (?:avanti|sopra|sotto)|(?:sopra|precedentemente) (?:menzionat|indicat"
        r"|descritt|citat))"
        rf"|\b(?:questo|questa|prossim[oa]|ultim[oa]|presente) {_DOCUMENT}\b|\b{_DOCUMENT} (?:seguente"
        rf"|successiv[oa]|precedente)\b"
        r"|\bseguenti?:|\b(?:maggiori|ulteriori) (?:informazioni|dettagli)\b|\bcome (?:segue|mostrato|descritto"
        r"|indicato)\b"
        r"|\[\d{1,3}\]",
        re.IGNORECASE,
    ),
    asides=re.compile(
        bracketed(r"(?:vedere|vedi|si veda|si vedano|consultare|cfr\.)\s", _REFERRED) + "|"
        rf",? (?:come|così come) (?:descritt|spiegat|mostrat|indicat)[oaei] (?:in|nella|nel) {places(_SECTION)}"
        r"|,? come (?:descritt|spiegat|mostrat|indicat|vist)[oaei] (?:sopra|sotto|prima|precedentemente)(?=[ .,;:)])|"
        rf"\s*\((?:vedi|si veda|cfr\.)?\s*(?:anche )?(?:la |il |l’|l')?{_REFERRED}\s*\d[\w.,–-]*\)"
        rf"|, come(?: (?:mostrato|indicato|descritto|si vede))? ?(?:nella |nel |in |a )?{_REFERRED}"
        r" \d[\w–-]*(?:\.\d+)*(?=[.,;])|\s*\((?:vedi|si veda) (?:sopra|sotto)\)",
        re.IGNORECASE,
    ),
    leans_back=re.compile(
        r"^(?:Quest[oaie]|Quell[oaie]|Quei|Quegli|Ciò|Egli|Ell[ae]|Essi?|Ess[ae]|Loro|Su[oa]|Suoi|Sue|Ma|E|Ed|O"
        r"|Oppure|Però"
        r"|Tuttavia|Inoltre|Anche|Così|Perciò|Quindi|Dunque|Pertanto|Per (?:questo|ciò|esempio|cui)|Allora|Poi"
        r"|Dopo|Infine"
        r"|Infatti|In (?:quest[oaie]|tal|ques|altre parole|entrambi|caso contrario|sintesi)|Di (?:conseguenza"
        r"|quest[oaie])"
        r"|Con (?:quest[oaie]|ciò)|A (?:quest[oaie]|sua volta)|Qui|Lì|Là|Entramb[ie]|Altr[ioae]|Un[’' ]altr[oa]"
        r"|Allo stesso modo"
        r"|Altrimenti|Ora|Sì,|No,|Tal[ei]|(?:Il|La|Lo|I|Le|Gli) (?:stess[oaie]|prim[oaie]|second[oaie]|terz[oaie]"
        r"|altr[oaie]"
        r"|due|precedent[ei]|seguent[ei]))\b|^L[’'](?:altr|ultim)[oa]\b"
    ),
    points_back=re.compile(
        r"\b(?:quest[oaie]|quell[oaie]|ciò|ess[oaie]|loro|anche)\b(?! (?:estate|inverno|anno|mese|settimana))",
        re.IGNORECASE,
    ),
    order=re.compile(
        r"^(?:(?:Prima|Per prima cosa|Innanzitutto|Poi|Quindi|Ora|Infine),? )?(?:aggiung[ia]|apr[ia]|aspett[ia]"
        r"|attend[ia]"
        r"|chiud[ia]|collega|colleghi|colloca|collochi|control+[ia]|copr[ia]|evit[ia]|fai|faccia|gir[ia]|inserisc[ia]"
        r"|inizi?a|innaffi?a|annaffia|lasci?a|lav[ia]|legg[ia]|mescol[ia]|mett[ia]|misur[ia]|mantieni|mantenga"
        r"|piant[ia]|prem[ia]"
        r"|prend[ia]|prepar[ia]|pulisc[ia]|raccogli|riempi|rimuov[ia]|ripet[ia]|scegli|scriv[ia]|semin[ia]|segu[ia]"
        r"|selezion[ia]|spegn[ia]|sposti?|taglia|togli|tien[ia]|usa|usi|utilizz[ia]|verific(?:a|hi)|vers[ia]"
        r"|volt[ia])\b",
        re.IGNORECASE,
    ),
    advice=re.compile(r"^(?:Bisogna|Occorre|Conviene|È (?:importante|consigliabile|meglio)) \w+[aei]re\b"),
    idle=re.compile(r"(?i)\besempi?o?\b|^(?:Poi|Quindi|Ora|Infine)\b"),
    sequence=re.compile(r"^(?:Prima|Per prima cosa|Innanzitutto|Poi|Quindi|Ora|Infine)\b"),
    fact=re.compile(r"(?:Il|La|Lo|Gli|Le|I|Un[oa]?|Ogni|Tutt[ie]|C[’']è|È|L[’'])"),
    condition=re.compile(r"(?:Se|Quando|Mentre|Finché|A volte|In genere|Di solito)\b"),
    defines=re.compile(
        r"^(?P<term>(?:Il |La |Lo |Gli |Le |I |L[’']|Un[oa]? )?[^\W\d_][\w’-]*(?: [\w’-]+){0,3}?)"
        r" (?P<verb>è|sono|significa|consiste in) (?P<rest>(?:un[oa]?|il|la|lo|i|gli|le|ciò|tutto|l[’'])(?:\b"
        r"|(?<=[’'])).+)$"
    ),
    no_term=re.compile(
        r"(?i)\b(?:quest[oaie]|quell[oaie]|ciò|qui|lì|che|chi|quale|se|quando|dove|come|obiettivo|problema|motivo"
        r"|risultato"
        r"|punto|idea|cosa|prim[oa]|prossim[oa]|ultim[oa]|altr[oaie]|maggior|stess[oa]|unic[oa]|domanda|esempio|scopo"
        r"|vantaggio|differenza|miglior[ei]?|in|per|con|e|o|da|a|non|si)\b"
    ),
    plural=frozenset({"sono"}),
    weighty=re.compile(
        r"\b(?:dev[eo]|devono|mai|sempre|important\w*|essenzial\w*|perché|significa|bisogna|occorre|aiuta\w*)\b",
        re.IGNORECASE,
    ),
    example=re.compile(r"\b(?:per esempio|ad esempio|p\. ?es\.|immagina)", re.IGNORECASE),
    label=re.compile(
        r"^(?:Attenzione|Avvertenza|Avviso|Pericolo|Importante|Nota|Suggerimento|Consiglio|Ricorda|N\.B\.|NB)"
        r"(?:[:!.–—-]\s*|\s+)(?=[A-ZÀÈÉÌÒÙ«])"
    ),
    generic=re.compile(
        r"(?i)^(?:definizion[ei]|prefazione|introduzione|panoramica|riassunto|descrizione|generale|not[ae]"
        r"|contesto|dettagli"
        r"|discussione|fondamenti|conclusion[ei]|esempi?o?|uso|scopo|obiettiv[oi]|consigli|risultat[oi]|metod[oi]"
        r"|requisiti"
        r"|perché|come|cosa)$"
    ),
)

LANGUAGE = Language(
    code="it",
    quotes=("«", "»"),
    before_vowel=(re.compile(r"(?i)h?e"), " ed "),
    common=frozenset(
        "il la di che e un una per non con sono del della le si dei più come da nel gli i lo è in a al alla dalla"  # noqa: SIM905
        " ai delle"
        " degli nella sul sulla ma o se anche ha hanno ed questo questa quando molto tra fra ogni può possono"
        " essere suo sua"
        " loro cui dove dal tutti tutto senza deve l d un' all dell nell".split()
    ),
    phrases=PHRASES,
    signs=SIGNS,
)
