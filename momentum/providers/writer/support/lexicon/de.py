"""German."""

from __future__ import annotations

from momentum.providers.writer.support.lexicon.lexicon import Lexicon

LEXICON = Lexicon(
    code="de",
    postponed=True,
    marks={
        "nothing": "nicht nur|mehr oder weniger|ob oder nicht|nicht zuletzt|vor allem|sowohl|als auch|wie viel",
        "not": "nicht|kein|keine|keinen|keinem|keiner|keines|nie|niemals|nirgends|niemand|nichts|weder|noch nie"
        "|nicht mehr|keinerlei|keinesfalls|auf keinen fall|verhindert|verhindern|vermeidet|vermeiden|unfähig",
        "only": "nur|lediglich|ausschließlich|allein|bloß|einzig|nichts als",
        "except": "außer|ausgenommen|abgesehen von|mit ausnahme von|mit ausnahme der|mit ausnahme des|bis auf"
        "|aber nicht|jedoch nicht",
        "if": "wenn|falls|sofern|sobald|im falle|bei bedarf|vorausgesetzt|solange|im fall|unter der bedingung",
        "unless": "es sei denn|wenn nicht|falls nicht|außer wenn|sofern nicht",
        "until": "bis zum|bis zur|bis",
        "before": "bevor|vor|vorher|ehe",
        "after": "nachdem|nach|danach|im anschluss an",
        "because": "weil|wegen|aufgrund|infolge|da|dank|auf grund",
        "more": "mehr",
        "less": "weniger",
        "as": "ebenso viel wie|so viel wie|so viele wie",
        "all": "alle|allen|aller|alles|jeder|jede|jedes|jeden|jedem|immer|stets|sämtliche|jederzeit|beide|beiden|ganz"
        "|ganze|ganzen|in jedem fall",
        "some": "einige|einigen|manche|manchen|mehrere|mehreren|bestimmte|manchmal|gelegentlich|teilweise|zum teil"
        "|mitunter|ein paar|ab und zu",
        "most": "meisten|meiste|meist|meistens|größtenteils|überwiegend|hauptsächlich|die mehrheit|fast alle"
        "|vorwiegend",
        "few": "wenige|wenigen|kaum|die minderheit|fast keine",
        "must": "muss|müssen|musst|müsst|musste|mussten|ist zu|sind zu|haben zu|verpflichtet|notwendig|erforderlich",
        "should": "soll|sollte|sollten|sollen|empfiehlt sich|empfohlen|ratsam",
        "may": "kann|können|könnte|könnten|darf|dürfen|möglicherweise|vielleicht|wahrscheinlich|eventuell"
        "|unter umständen|möglich|vermutlich|wohl|in der lage|imstande|konnte|konnten|durften",
        "often": "oft|häufig|meistens|gewöhnlich|normalerweise|üblicherweise|in der regel|regelmäßig|generell"
        "|im allgemeinen|öfter",
        "rarely": "selten",
        "about": "etwa|ungefähr|circa|ca.|rund|fast|annähernd|beinahe|nahezu|zirka",
        "min": "mindestens|wenigstens|nicht weniger als|minimal|oder mehr|zumindest",
        "max": "höchstens|maximal|nicht mehr als|bis zu|oder weniger",
        "over": "mehr als|über|länger als|höher als",
        "under": "weniger als|unter|kürzer als|niedriger als",
        "daily": "jeden tag|täglich|einmal am tag|am tag|pro tag|einmal täglich|tägliche|tag für tag",
        "weekly": "jede woche|wöchentlich|einmal pro woche|pro woche|in der woche|einmal in der woche",
        "monthly": "jeden monat|monatlich|einmal im monat|pro monat|im monat",
        "yearly": "jedes jahr|jährlich|einmal im jahr|pro jahr|im jahr|einmal jährlich",
        "hourly": "jede stunde|stündlich|pro stunde|in der stunde",
        "than": "als",
        "from": "von|vom|aus",
        "to": "zu|zum|zur|nach|in den|in die|ins",
        "by": "durch|von|vom",
        "without": "ohne",
        "instead": "anstatt|anstelle|statt|an stelle",
    },
    light="der die das dem den des ein eine einen einem einer eines dieser diese dieses diesen diesem jener und"
        " oder aber"
    " auch an am auf bei beim für im in mit um es er sie ihr ihre ihren ihrem ihrer sein seine seinen seinem"
        " seiner man"
    " sich ist sind war waren wird werden wurde wurden worden geworden bin hat haben hatte hatten habe wird sehr so"
    " dann dort hier dabei dazu damit dafür davon daher deshalb also doch schon noch ja zwar welche welcher welches"
    " dass ob wie was wer wir unser sowie innerhalb außerhalb zwischen während gegen hinter neben seit ab"
        " lassen lässt machen macht tun"
    " geben gibt gehen kommen kommt stehen steht liegen bleiben art weise sache ding fall menge anzahl zahl mal zeit"
    " einander eigen eigene selbst wieder immer deren dessen denen sogenannt genannt nennt heißen heißt dient dienen"
    " beträgt betragen an ab auf aus ein los weg vor zu",
    same="""anfangen beginnen starten|enden aufhören beenden schließen|groß riesig|klein winzig|kaufen erwerben
bauen errichten erbauen|zeigen anzeigen|helfen unterstützen|schnell rasch zügig
wichtig wesentlich bedeutend entscheidend
sammeln ernten|aufbewahren lagern speichern|brauchen benötigen erfordern|wählen auswählen aussuchen|ändern verändern
erklären erläutern beschreiben|erzeugen herstellen produzieren erstellen|erhalten bekommen kriegen
zerstören vernichten
kind|arzt mediziner|krankheit erkrankung|haus gebäude|auto wagen fahrzeug|arbeit aufgabe tätigkeit|mensch person leute
fehler|schwer schwierig|leicht einfach|reich wohlhabend|falsch unrichtig|richtig korrekt|feucht nass|land staat
stadt|straße weg|gebiet region bereich zone|teil abschnitt stück|finden entdecken|geschehen passieren vorkommen
enthalten umfassen|bestehen|erlauben gestatten zulassen|verbieten untersagen|entfernen beseitigen|hinzufügen zugeben
sprechen reden|sagen mitteilen|antworten erwidern|versuchen probieren|prüfen kontrollieren überprüfen untersuchen
verbinden verknüpfen|teilen aufteilen trennen|schützen bewahren|schaden schädigen|töten umbringen|sterben|leben wohnen
essen fressen verzehren|jung|alt|teuer kostspielig|billig günstig preiswert|verfahren methode technik
ergebnis resultat
ziel zweck|regel vorschrift|gesetz|firma unternehmen betrieb|mitarbeiter beschäftigter angestellter|schüler lernender
lehrer|bild foto aufnahme|meer see ozean|wald|stein fels|erde boden|transportieren befördern tragen|senden schicken
vorbereiten|kochen sieden|wärmen erhitzen erwärmen|kühlen abkühlen|decken bedecken abdecken|reparieren ausbessern
ersetzen austauschen|senken verringern reduzieren vermindern|steigen erhöhen zunehmen wachsen ansteigen
verbessern|dauern währen|löschen entfernen|gerät maschine|werkzeug|stoff substanz material|flüssigkeit
genug ausreichend
letzter|erster|gefahr risiko|sicher|gießen bewässern wässern|verwenden nutzen benutzen gebrauchen einsetzen anwenden
gründen|fragen|früher vorherig|bienenstock beute stock|volk bienenvolk kolonie|betreten|verlassen|drücken klicken
preis kosten|zahlen bezahlen|rand kante grenze|verschieben bewegen|erreichen|umgeben|überqueren|messen|wiegen
schreiben verfassen|erfinden|veröffentlichen herausgeben|regieren|gewinnen|besiegen schlagen|ankommen|reisen fahren
jährlich|heute|überwintern|befinden|öffnen aufmachen|lagern aufbewahren|schnell rasch|niedrig gering|häufig oft""",
    opposite="""steigen erhöhen zunehmen wachsen ansteigen anheben / sinken fallen fällen abnehmen verringern senken
beginnen anfangen starten / enden aufhören beenden|heiß warm wärmen erwärmen / kalt kühl kühlen abkühlen
hoch / niedrig tief gering
groß / klein|lang / kurz|früh / spät|alt / jung neu|schnell rasch / langsam|stark / schwach|hell / dunkel
leicht / schwer
nass feucht / trocken|öffnen offen / schließen geschlossen zu|voll / leer
gut besser beste / schlecht schlechter schlimm
richtig wahr korrekt / falsch|sicher / gefährlich unsicher|einfach leicht / schwierig schwer|reich / arm
billig günstig / teuer
dick / dünn|breit / schmal eng|tief / flach seicht|hart / weich|rau / glatt|scharf / stumpf|sauber / schmutzig
lebend lebendig leben / tot sterben|erlauben gestatten dürfen / verbieten untersagen|annehmen akzeptieren / ablehnen
hinzufügen zugeben / entfernen abziehen|gewinnen / verlieren|lieben mögen / hassen|kaufen / verkaufen|geben / nehmen
senden schicken / empfangen erhalten|drücken / ziehen|betreten / verlassen|ankommen / abreisen abfahren
innen drinnen / außen draußen|oben / unten|links linke / rechts rechte|norden nördlich / süden südlich
osten östlich / westen westlich|erster / letzter|maximum / minimum|männlich mann / weiblich frau|tag / nacht
morgen morgens / abend abends|sommer / winter|frühling frühjahr / herbst|erfolg / misserfolg|positiv / negativ
öffentlich / privat|immer / nie|erinnern / vergessen|aufbauen bauen / zerstören abreißen|angreifen / verteidigen
ausdehnen / zusammenziehen|anziehen / abstoßen|vorne / hinten|mehr / weniger|viele viel / wenige wenig
sperren verriegeln / entsperren entriegeln|aktivieren einschalten / deaktivieren ausschalten|anwesend / abwesend
modern / antik|süß / bitter sauer|sauer / basisch alkalisch|flüssig / fest|fördern ermutigen / hemmen entmutigen
einschließen / ausschließen|leihen / verleihen|frage / antwort|verbessern / verschlechtern
sparen / verschwenden ausgeben
nah nahe / fern weit|sichtbar / unsichtbar|selten / häufig oft|vor bevor / nach nachdem|frisch / faul verdorben
schuldig / unschuldig|lehrer / schüler|eltern / kind|roh / gekocht gar|reif / unreif|locker lose / fest straff
gleich / verschieden unterschiedlich|ähnlich / verschieden|freiwillig / verpflichtend|kostenlos / kostenpflichtig
helfen nützen nützlich / schaden schädlich|import importieren / export exportieren|auf / unter|mit / ohne
steil / flach
aktiv / passiv|wild / zahm|verursachen auslösen / verhindern|verdoppeln / halbieren|aufgehen / untergehen""",
    numbers={
        "null": 0, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
        "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
        "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50,
        "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100, "tausend": 1000,
        "million": 1_000_000, "millionen": 1_000_000, "milliarde": 1_000_000_000, "milliarden": 1_000_000_000,
        "dutzend": 12, "halb": 0.5, "halbe": 0.5, "halben": 0.5, "halbes": 0.5, "hälfte": 0.5, "viertel": 0.25,
        "zweimal": 2, "dreimal": 3, "viermal": 4, "doppelt": 2, "anderthalb": 1.5, "eineinhalb": 1.5, "erste": 1,
        "ersten": 1, "zweite": 2, "zweiten": 2, "dritte": 3, "dritten": 3, "vierte": 4, "vierten": 4, "fünfte": 5,
    },
    articles="ein eine einen einem einer eines",
    months="januar februar märz april mai juni juli august september oktober november dezember montag dienstag"
        " mittwoch"
    " donnerstag freitag samstag sonntag",
    negating=("un", "in", "im", "il", "ir", "nicht", "des", "miss"),
    lacking=(("los", ""), ("los", "voll"), ("frei", "haltig"), ("arm", "reich")),
    passive="wird werden wurde wurden worden",
    participle=r"t|en",
    places="an am auf bei beim für im in ins mit um während gegen hinter neben seit zwischen innerhalb außerhalb",
    linking="sein haben werden",
    splits="aber doch jedoch sondern während und",
    leaning="es er sie dies diese dieser dieses ihr ihre sein seine",
    units={
        "meter metern": "m", "kilometer kilometern": "km", "zentimeter zentimetern": "cm", "millimeter": "mm",
        "gramm": "g", "kilogramm kilo": "kg", "milligramm": "mg", "tonne tonnen": "t", "pfund": "lb½",
        "liter litern": "l",
        "milliliter": "ml", "sekunde sekunden": "s", "minute minuten": "min", "stunde stunden": "h",
        "tag tage tagen": "d", "woche wochen": "wk", "monat monate monaten": "mo", "jahr jahre jahren jahres": "yr",
        "jahrzehnt jahrzehnte": "dec", "jahrhundert jahrhunderte": "cent", "prozent": "%", "grad celsius": "°C",
        "grad": "°", "euro": "€", "dollar": "$", "hektar": "ha", "quadratmeter": "m²", "quadratkilometer": "km²",
        "watt": "W", "kilowatt": "kW", "volt": "V", "byte": "B", "kilobyte": "kB", "megabyte": "MB", "gigabyte": "GB",
    },
)  # fmt: skip
