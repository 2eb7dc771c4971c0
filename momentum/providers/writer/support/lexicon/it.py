"""Italian."""

from __future__ import annotations

from momentum.providers.writer.support.lexicon.lexicon import Lexicon

LEXICON = Lexicon(
    code="it",
    elisions="l un dell all nell sull dall d c quell quest s coll",
    marks={
        "nothing": "non solo|non soltanto|più o meno|soprattutto|senza dubbio|tutto sommato|per lo più",
        "not": "non|mai|nessuno|nessuna|nessun|niente|nulla|né|nemmeno|neanche|non più|evita|evitano|evitare"
        "|impedisce"
        "|impediscono|impedire|incapace di|privo di|priva di|privi di",
        "only": "solo|soltanto|solamente|unicamente|esclusivamente|nient' altro che",
        "except": "tranne|eccetto|salvo|a eccezione di|ad eccezione di|ad eccezione del|ad eccezione della"
        "|ad eccezione dei|ad eccezione delle|fuorché|a parte|ma non|all' infuori di",
        "if": "se|quando|qualora|nel caso|in caso di|a condizione che|purché|una volta che|appena|non appena|finché",
        "unless": "a meno che|a meno che non|a meno di|salvo che|se non|tranne se|tranne quando",
        "until": "fino a|fino al|fino alla|fino ai|finché non|sino a",
        "before": "prima di|prima che|prima del|prima della|prima dell'|prima",
        "after": "dopo che|dopo aver|dopo|in seguito a",
        "because": "perché|a causa di|a causa del|a causa della|grazie a|grazie al|grazie alla|poiché|siccome"
        "|dovuto a"
        "|dato che|per via di|per via del",
        "more": "più|maggiore|maggiori|di più",
        "less": "meno|minore|minori|di meno",
        "as": "tanto quanto|quanto",
        "all": "tutto|tutta|tutti|tutte|ogni|sempre|ciascuno|ciascuna|qualsiasi|entrambi|entrambe|intero|intera"
        "|ognuno",
        "some": "alcuni|alcune|certi|certe|qualche|diversi|diverse|a volte|talvolta|in parte|parzialmente|ogni tanto"
        "|vari|varie",
        "most": "la maggior parte dei|la maggior parte delle|la maggior parte|la maggioranza|principalmente"
        "|prevalentemente|quasi tutti|quasi tutte|perlopiù|per lo più",
        "few": "pochi|poche|a malapena|una minoranza|pochissimi",
        "must": "deve|devono|dovete|bisogna|occorre|è necessario|è obbligatorio|obbligato a|obbligati a|va"
        "|vanno|doveva"
        "|dovevano|tenuto a|tenuti a",
        "should": "dovrebbe|dovrebbero|conviene|si consiglia|è consigliabile|si raccomanda|è opportuno"
        "|sarebbe meglio",
        "may": "può|possono|potrebbe|potrebbero|forse|probabilmente|è possibile|possibilmente|capace di|capaci di"
        "|in grado di|eventualmente|permette|poteva|potevano|consente",
        "often": "spesso|di solito|solitamente|generalmente|normalmente|frequentemente|in genere|abitualmente"
        "|di norma"
        "|in generale|di regola|regolarmente",
        "rarely": "raramente|di rado",
        "about": "circa|approssimativamente|intorno a|quasi|pressappoco|all' incirca|attorno a",
        "min": "almeno|come minimo|non meno di|un minimo di|o più|minimo|perlomeno",
        "max": "al massimo|non più di|un massimo di|o meno|massimo|tutt' al più",
        "over": "più di|oltre|superiore a|superiori a|al di sopra di|sopra i|sopra",
        "under": "meno di|inferiore a|inferiori a|al di sotto di|sotto i|sotto",
        "daily": "ogni giorno|tutti i giorni|al giorno|una volta al giorno|giornalmente|quotidianamente|quotidiano",
        "weekly": "ogni settimana|tutte le settimane|alla settimana|a settimana|una volta alla settimana"
        "|settimanalmente"
        "|settimanale",
        "monthly": "ogni mese|tutti i mesi|al mese|una volta al mese|mensilmente|mensile",
        "yearly": "ogni anno|tutti gli anni|all' anno|una volta all' anno|annualmente|annuale",
        "hourly": "ogni ora|all' ora|per ora",
        "than": "che|di quanto",
        "from": "da|dal|dalla|dai|dalle|dallo|dagli|dall'|di|del|della|dei|delle|dello|degli|dell'",
        "to": "a|al|alla|ai|alle|allo|agli|all'|verso|ad",
        "by": "da|dal|dalla|dai|dalle|dallo|dagli|dall'",
        "without": "senza",
        "instead": "invece di|al posto di|anziché|piuttosto che",
    },
    light="il lo la i gli le l' un uno una un' questo questa questi queste quello quella quelli quelle e ed o"
        " ma in nel nella"
    " nei nelle nello negli nell' con su sul sulla sui sulle per tra fra come si suo sua suoi sue loro lui lei"
        " essi esse"
    " noi voi io tu ci vi ne è sono essere era erano fu furono stato stata stati state essendo viene vengono"
        " venire venne"
    " ha hanno avere aveva avevano fa fanno fare molto molta molti molte anche così allora dove cui quale quali"
        " chi mentre"
    " durante contro secondo stesso stessa proprio propria altro altra altri altre ancora già tanto modo"
        " maniera cosa tipo"
    " caso quantità numero volta volte tempo dare dà danno chiamare chiama chiamato chiamata trova trovano quindi poi"
    " mette mettere prendere prende ciò vostro nostro",
    same="""cominciare iniziare|finire terminare concludere|grande enorme|piccolo minuscolo|comprare acquistare
costruire edificare erigere|mostrare indicare|aiutare assistere sostenere|rapido veloce
importante essenziale fondamentale cruciale
raccogliere radunare|conservare tenere immagazzinare custodire|richiedere necessitare|scegliere selezionare
cambiare modificare|spiegare descrivere|produrre creare generare fabbricare|ricevere ottenere|distruggere rovinare
bambino|medico dottore|malattia|casa abitazione|auto automobile macchina|lavoro compito|persona gente umano uomo
errore sbaglio|difficile arduo|facile semplice|ricco benestante|sbagliato falso errato|giusto corretto vero esatto
umido bagnato|paese nazione stato|città|strada via|zona regione area|parte pezzo porzione|trovare scoprire
accadere succedere avvenire|contenere includere comprendere|permettere consentire|vietare proibire
togliere rimuovere eliminare|aggiungere|chiudere|parlare|dire|rispondere|tentare provare cercare
controllare verificare esaminare|collegare unire connettere|dividere separare|proteggere difendere|danneggiare nuocere
uccidere|morire|vivere abitare|mangiare consumare nutrire|caro costoso|economico|metodo tecnica procedimento
risultato conseguenza|scopo obiettivo fine|regola norma|legge|azienda impresa ditta società
dipendente lavoratore impiegato
alunno studente allievo|insegnante professore maestro|immagine foto fotografia|mare oceano|bosco foresta|pietra roccia
suolo terra terreno|trasportare portare|inviare mandare spedire|preparare|cuocere bollire cucinare|scaldare riscaldare
raffreddare|coprire ricoprire|riparare aggiustare|sostituire rimpiazzare|ridurre diminuire abbassare calare
aumentare crescere accrescere salire incrementare|migliorare|durare|cancellare eliminare
apparecchio macchina dispositivo|attrezzo strumento
sostanza materiale|sufficiente abbastanza|ultimo|primo|principale|pericolo rischio|sicuro
innaffiare annaffiare irrigare bagnare
usare utilizzare adoperare impiegare|fondare|chiedere|precedente|alveare arnia|colonia|entrare|lasciare uscire partire
premere cliccare|prezzo costo|pagare|bordo margine|spostare muovere|raggiungere|circondare|attraversare
misurare|pesare
scrivere redigere|inventare|pubblicare|governare|vincere|sconfiggere battere|arrivare|viaggiare andare|aprire
porre collocare""",
    opposite="""aumentare crescere accrescere salire incrementare / diminuire ridurre calare scendere abbassare
cominciare iniziare / finire terminare|caldo scaldare riscaldare calore / freddo raffreddare|alto elevato / basso
grande / piccolo|lungo / corto breve|presto / tardi|vecchio antico / giovane nuovo moderno"
        "|rapido veloce / lento lentamente
forte / debole|chiaro / scuro|leggero / pesante|umido bagnato / asciutto secco|aprire aperto / chiudere chiuso"
        "|pieno / vuoto
buono bene migliore / cattivo male peggiore|giusto corretto vero / sbagliato falso errato|sicuro / pericoloso
facile semplice / difficile|ricco / povero|caro costoso / economico|spesso / sottile|largo / stretto"
        "|profondo / superficiale
duro / morbido|ruvido / liscio|pulito / sporco|vivo vivere / morto morire"
        "|permettere consentire / vietare proibire impedire
accettare / rifiutare|aggiungere / togliere rimuovere|vincere / perdere|amare / odiare|comprare acquistare / vendere
dare / ricevere|inviare mandare / ricevere|spingere / tirare|entrare / uscire|arrivare / partire"
        "|dentro interno / fuori esterno
sopra / sotto|sinistro sinistra / destro destra|nord / sud|est / ovest|primo / ultimo|massimo / minimo
maschio uomo maschile / femmina donna femminile|giorno / notte|mattina mattino / sera|estate / inverno"
        "|primavera / autunno
successo / fallimento|positivo / negativo|pubblico / privato|sempre / mai|ricordare / dimenticare"
        "|costruire / distruggere
attaccare / difendere|espandere dilatare / contrarre|attirare attrarre / respingere|davanti / dietro"
        "|superiore / inferiore
più / meno|maggiore / minore|molto / poco|bloccare / sbloccare|attivare / disattivare|presente / assente"
        "|dolce / amaro aspro
acido / alcalino|liquido / solido|includere / escludere|domanda / risposta|migliorare / peggiorare"
        "|risparmiare / sprecare spendere
vicino / lontano|visibile / invisibile|raro / comune frequente|prima / dopo|fresco / marcio|insegnante / alunno
genitore / figlio|crudo / cotto|maturo / acerbo|uguale stesso / diverso differente"
        "|facoltativo volontario / obbligatorio
gratuito / pagamento|aiutare utile benefico / danneggiare nocivo dannoso|importare / esportare|con / senza
causare provocare / impedire evitare|accendere / spegnere|sorgere / tramontare|seminare / raccogliere""",
    numbers={
        "zero": 0, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9,
        "dieci": 10, "undici": 11, "dodici": 12, "tredici": 13, "quattordici": 14, "quindici": 15, "sedici": 16,
        "diciassette": 17, "diciotto": 18, "diciannove": 19, "venti": 20, "venticinque": 25, "trenta": 30,
        "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90, "cento": 100,
        "duecento": 200, "trecento": 300, "cinquecento": 500, "mille": 1000, "duemila": 2000, "milione": 1_000_000,
        "milioni": 1_000_000, "miliardo": 1_000_000_000, "miliardi": 1_000_000_000, "dozzina": 12, "decina": 10,
        "mezzo": 0.5, "mezza": 0.5, "metà": 0.5, "quarto": 4, "doppio": 2, "triplo": 3, "primo": 1, "prima volta": 1,
        "secondo": 2, "seconda": 2, "terzo": 3, "terza": 3, "quarta": 4, "quinto": 5, "quinta": 5,
    },
    articles="un una uno un'",
    months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre lunedì"
    " martedì mercoledì giovedì venerdì sabato domenica",
    negating=("in", "im", "il", "ir", "dis", "s", "a"),
    lacking=(),
    passive="è sono fu furono essere stato stata stati state viene vengono venne vennero era erano",
    participle=r"[aiu]to|[aiu]ta|[aiu]ti|[aiu]te|tto|tta|tti|tte|so|sa|si|se|rto|rta|lto|lta|nto|nta|nti|nte|sto|sta",
    places="in nel nella nei nelle nello negli con su sul sulla sui sulle per tra fra durante contro",
    linking="essere avere venire",
    splits="ma mentre e invece",
    leaning="esso essa essi esse questo questa questi queste ciò suo sua suoi sue loro lo la li le",
    units={
        "metro metri": "m", "chilometro chilometri": "km", "centimetro centimetri": "cm", "millimetro millimetri": "mm",
        "grammo grammi": "g", "chilogrammo chilogrammi chilo chili": "kg", "milligrammo milligrammi": "mg",
        "tonnellata tonnellate": "t", "litro litri": "l", "millilitro millilitri": "ml", "secondi": "s",
        "minuto minuti": "min", "ora ore": "h", "giorno giorni": "d", "settimana settimane": "wk", "mese mesi": "mo",
        "anno anni": "yr", "decennio decenni": "dec", "secolo secoli": "cent", "per cento": "%", "gradi celsius": "°C",
        "gradi": "°", "grado": "°", "euro": "€", "dollaro dollari": "$", "ettaro ettari": "ha", "metri quadrati": "m²",
        "chilometri quadrati": "km²", "watt": "W", "chilowatt": "kW",
    },
)  # fmt: skip
