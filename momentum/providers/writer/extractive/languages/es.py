"""Spanish."""

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
    page="página {page}",
    pages="páginas {first} a {last}",
    units={
        "slide": ("diapositiva {page}", "diapositivas {first} a {last}"),
        "chapter": ("capítulo {page}", "capítulos {first} a {last}"),
        "section": ("sección {page}", "secciones {first} a {last}"),
        "part": ("parte {page}", "partes {first} a {last}"),
        "line": ("línea {page}", "líneas {first} a {last}"),
        "minute": ("minuto {page}", "minutos {first} a {last}"),
    },
    of="{place} de «{name}»",
    of_source="{place} de la fuente",
    the_source="la fuente",
    joiner=" y ",
    heavy_joiner="; y ",
    more="más",
    part="{title}, parte {number}",
    first_title="Cómo empieza la fuente",
    next_title="Lo que viene después",
    recap="Repaso",
    recap_summary="Las frases más importantes de cada día.",
    outcome="Explicar {title} con tus propias palabras",
    summary_one="Una lección breve de {names}: {subjects}.",
    summary="{count} lecciones breves de {names}, entre ellas {subjects}.",
    size_one="«{name}» (1 página)",
    size="«{name}» ({count} páginas)",
    through_one="Este curso recorre {sizes} en un día.",
    through="Este curso recorre {sizes} en {count} días.",
    quotes_source="Cada lección cita la fuente palabra por palabra e indica la página, para que puedas seguir leyendo.",
    span="Empieza con {first} y termina con {last}.",
    each_day="Cada día hay algo que leer, algo que hacer y unas preguntas para comprobar lo aprendido.",
)

_REFERRED = (
    r"(?:figuras?|fig\.|tablas?|cuadros?|cap[ií]tulos?|cap\.|secci[oó]n(?:es)?|sec\.|apartados?|ap[eé]ndice|anexo"
    r"|p[aá]ginas?|p[aá]g\.|ecuaci[oó]n)"
)
_DOCUMENT = (
    r"(?:cap[ií]tulo|secci[oó]n|apartado|p[aá]gina|manual|documento|libro|texto|art[ií]culo|tabla|figura|gu[ií]a"
    r"|ejemplo|p[aá]rrafo|lista)"
)

_SECTION = r"(?:cap[ií]tulos?|secci[oó]n(?:es)?|apartados?|ap[eé]ndice)"

SIGNS = Signs(
    pointer=re.compile(
        r"(?i)^\(?(?:véase|vea|ver|consulte|cf\.|remítase|refiérase)\b.*(?:\d|capítulo|sección|figura|anexo|página"
        r"|[«“])"
        r"|^para (?:más|mayor|obtener más) (?:información|detalles?)\b"
        r"|^(?:este|esta|el siguiente|la siguiente|el próximo) (?:capítulo|sección|documento|manual"
        r"|apéndice) (?:describe|explica"
        r"|presenta|trata|contiene|muestra|da|ofrece)\b"
        rf"|^se (?:tratará|explica|explicará|describe)\b.{{0,80}}\ben {places(_SECTION)}\W*$"
        rf"|^(?:lea|por favor,? (?:lea|vea|consulte))\b.{{0,60}}{places(_SECTION)}"
        rf"|^(?:para|si)\b.{{1,120}}, (?:consulte|vea|véase|lea)\b.{{0,60}}{places(_SECTION)}"
    ),
    points_away=re.compile(
        rf"\b{_REFERRED}\s*(?:\d|[A-Z]\b)|\b(?:v[eé]ase|cons[uú]lt[ea]se?|consulte|consulta|v[eé]anse|cf\.)\s"
        r"|\b(?:ver|vea) (?:el |la |los |las )?(?:anexo|cap|secc|tabla|figura|p[aá]g|m[aá]s (?:arriba|abajo|adelante))"
        r"|\b(?:m[aá]s (?:arriba|abajo|adelante)|a continuaci[oó]n|arriba (?:mencionad|indicad|descrit)|siguientes?:)"
        r"|\b(?:anteriormente|previamente) (?:mencionad|descrit|indicad|citad)"
        rf"|\b(?:est[ea]|siguiente|pr[oó]xim[oa]|[uú]ltim[oa]|anterior|presente) {_DOCUMENT}"
        rf"|\b{_DOCUMENT} (?:siguiente|anterior)"
        r"|\bm[aá]s (?:informaci[oó]n|detalles)\b|\bcomo (?:sigue|se (?:muestra|indica|describe|explica))\b"
        r"|\[\d{1,3}\]",
        re.IGNORECASE,
    ),
    asides=re.compile(
        bracketed(r"(?:por favor, )?(?:v[eé]ase|ver|vea|consulte|cf\.)\s", _REFERRED) + "|"
        rf",? (?:como|tal (?:y )?como|según) se (?:describe|explica|indica|muestra|ha descrito)"
        rf"(?: más adelante)? en {places(_SECTION)}"
        rf"|(?<! está)(?<! han)(?<! fue) descrit[oa]s?(?: más adelante| anteriormente)? en {places(_SECTION)}"
        r"|,? como se (?:describe|explica|indica|muestra|ha (?:dicho|visto|descrito)) (?:arriba|abajo|anteriormente)"
        r"(?=[ .,;:)])|"
        rf"\s*\((?:v[eé]ase|ver|vea|consulte|cf\.)?\s*(?:tambi[eé]n )?(?:el |la )?{_REFERRED}\s*\d[\w.,–-]*\)"
        rf"|, (?:como|seg[uú]n) (?:se (?:muestra|indica|ve|describe|explica) )?(?:en )?(?:el |la )?{_REFERRED}"
        r" \d[\w–-]*(?:\.\d+)*(?=[.,;])|\s*\((?:v[eé]ase|ver) (?:arriba|abajo)\)",
        re.IGNORECASE,
    ),
    leans_back=re.compile(
        r"^(?:Est[aeo]s?|Es[aeo]s?|Aquell[ao]s?|Aquel|Él|Ellas?|Ellos|Ello|Sus?|Le|Les|Lo(?! (?:que|m[aá]s))|Pero|Y|E|O"
        r"|Sin embargo|No obstante|Adem[aá]s|Tambi[eé]n|Tampoco|As[ií]|Por (?:eso|ello|esto|lo tanto|tanto|consiguiente"
        r"|ejemplo|otro lado|otra parte|el contrario|[uú]ltimo)|Entonces|Luego|Despu[eé]s|Finalmente|En (?:este"
        r"|esta|estos"
        r"|estas|ese|esa|tal|cambio|consecuencia|resumen|ambos)|De (?:este|esta|ese|esa|lo contrario|hecho|ah[ií])"
        r"|Con (?:este"
        r"|esta|esto|ello)|A (?:este|esta|esto|su vez)|Para (?:esto|ello|eso)|Aqu[ií]|All[ií]|Ah[ií]|Ambos|Ambas"
        r"|Otr[ao]s?"
        r"|Igualmente|Asimismo|Del mismo modo|En otro caso|Ahora|Pues|S[ií],|No,|Dich[ao]s?|Tal(?:es)?|Aun as[ií]"
        r"|(?:El|La|Los|Las) (?:mism[ao]s?|primer[ao]?s?|segund[ao]s?|tercer[ao]?s?|otr[ao]s?|dem[aá]s|dos"
        r"|anterior(?:es)?"
        r"|siguientes?))\b"
    ),
    points_back=re.compile(
        r"\b(?:est[aeo]s?|es[ae]s?|eso|aquell[ao]s?|[eé]l|ellas?|ellos|ello|dich[ao]s?|tambi[eé]n"
        r"|tampoco)\b(?! (?:verano"
        r"|invierno|año|mes|semana))",
        re.IGNORECASE,
    ),
    order=re.compile(
        r"^(?:(?:Primero|En primer lugar|Luego|Despu[eé]s|Ahora|Finalmente|Por [uú]ltimo),? )?(?:abr[ae]|aceit[ae]"
        r"|a[ñn]ad[ea]|apag(?:a|ue)|apret(?:a|e)|apriet[ae]|aseg[uú]r[ae](?:te|se)|busc?(?:a|que)|cambi[ae]|cierr[ae]"
        r"|coloc(?:a|que)|compruev?b[ae]|comprueb[ae]|conect[ae]|cort[ae]|cubr[ae]|dej[ae]|desconect[ae]|ech[ae]"
        r"|elij[ae]"
        r"|elige|empiece|empieza|escrib[ae]|esper[ae]|evit[ae]|gir[ae]|guard[ae]|haz|haga|introduzc?[ae]|lav[ae]"
        r"|lee|lea"
        r"|levant[ae]|limpi[ae]|llen[ae]|marc(?:a|que)|mezcl[ae]|mid[ae]|mir[ae]|mant[eé]n|mantenga|plant[ae]|pon|ponga"
        r"|prepar[ae]|puls[ae]|pregunt[ae]|quit[ae]|reg(?:a|ue)|rieg(?:a|ue)|recoj[ae]|recoge|retir[ae]|revis[ae]"
        r"|sac(?:a|que)"
        r"|seleccion[ae]|sec(?:a|que)|siembr[ae]|siga|sigue|tom[ae]|us[ae]|utili[cz][ea]|vac[ií][ae]|verifi(?:ca|que)"
        r"|viert[ae]|vuelv[ae])(?:l[oae]s?)?\b",
        re.IGNORECASE,
    ),
    advice=re.compile(
        r"^(?:Deber?[ií]?as?|Debes?|Hay que|Conviene|Es (?:importante|recomendable|mejor)) \w+[aei]r\b"
    ),
    idle=re.compile(r"(?i)\bejemplos?\b|^(?:Luego|Despu[eé]s|Ahora|Finalmente|Por [uú]ltimo)\b"),
    sequence=re.compile(
        r"^(?:Primero|En primer lugar|Luego|Despu[eé]s|A continuaci[oó]n|Ahora|Finalmente|Por [uú]ltimo)\b"
    ),
    fact=re.compile(r"(?:El|La|Los|Las|Una?|Cada|Todos?|Todas?|Hay|Es)\b"),
    condition=re.compile(r"(?:Si|Cuando|Mientras|Hasta|A veces|Por lo general|Normalmente)\b"),
    defines=re.compile(
        r"^(?P<term>(?:El |La |Los |Las |Una? )?[^\W\d_][\w’-]*(?: [\w’-]+){0,3}?) (?P<verb>es|son|significa"
        r"|consiste en)"
        r" (?P<rest>(?:una?|el|la|los|las|lo que|cualquier|todo)\b.+)$"
    ),
    no_term=re.compile(
        r"(?i)\b(?:est[aeo]s?|es[aeo]s?|aqu[ií]|all[ií]|que|qui[eé]n|cu[aá]l|si|cuando|donde|como|objetivo"
        r"|problema|raz[oó]n"
        r"|resultado|punto|idea|cosa|primer[ao]?|siguiente|[uú]ltim[ao]|otr[ao]s?|mayor(?:[ií]a)?|mism[ao]|[uú]nic[ao]"
        r"|pregunta|ejemplo|prop[oó]sito|ventaja|diferencia|mejor|en|para|con|y|o|por|a|no|se)\b"
    ),
    plural=frozenset({"son"}),
    weighty=re.compile(
        r"\b(?:debe[ns]?|nunca|siempre|important\w*|esencial\w*|clave|porque|significa|necesit\w+|hay que|ayuda\w*)\b",
        re.IGNORECASE,
    ),
    example=re.compile(r"\b(?:por ejemplo|p\. ?ej\.|imagina|como)\b", re.IGNORECASE),
    label=re.compile(
        r"^(?:Atenci[oó]n|Precauci[oó]n|Advertencia|Peligro|Aviso|Importante|Nota|Consejo|Recuerde|Observaci[oó]n)"
        r"(?:[:!.–—-]\s*|\s+)(?=[A-ZÁÉÍÓÚÑ«¡¿])"
    ),
    generic=re.compile(
        r"(?i)^(?:definici[oó]n(?:es)?|prefacio|pr[oó]logo|introducci[oó]n|resumen|descripci[oó]n|general|notas?"
        r"|antecedentes"
        r"|detalles|discusi[oó]n|fundamentos|conclusi[oó]n(?:es)?|ejemplos?|uso|prop[oó]sito|objetivos?|consejos"
        r"|resultados?"
        r"|m[eé]todos?|requisitos|por qu[eé]|c[oó]mo|qu[eé])$"
    ),
)

LANGUAGE = Language(
    code="es",
    quotes=("«", "»"),
    before_vowel=(re.compile(r"(?i)h?[ií](?![ae])"), " e "),
    common=frozenset(
        "el la los las de y que en un una es por para con no se del su como más al lo o si pero sus le ya este esta son"  # noqa: SIM905
        " entre cuando muy sin sobre también me hasta hay donde quien desde todo todos nos durante uno ni ese esto"
        " esa eso"
        " ser fue ha han está están cada puede pueden tiene a e así otro otra otros debe mejor".split()
    ),
    phrases=PHRASES,
    signs=SIGNS,
)
