"""Spanish."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Decir qué significa {term}",
        "Explicar {term} con tus propias palabras",
    ),
    objectives_about=(
        "Explicar lo importante sobre {title}",
        "Contar lo que hay que saber sobre {title}",
    ),
    objective_steps="Seguir los pasos de {title}",
    will="Después de esta lección podrás:",
    glossary="Glosario",
    yesterday="De ayer: {prompt}",
    order="Pon los pasos en el orden correcto.",
    order_of="Pon los pasos en el orden correcto. {lead}",
    describe="¿Qué descripción corresponde a {term}?",
    term="¿Qué término se describe aquí? {text}",
    number="¿Qué número falta? {sentence}",
    word="¿Qué palabra falta? {sentence}",
    goes_on="¿Cómo sigue esta frase? {start}",
    is_true="¿Es verdad? {sentence}",
    true="Verdadero",
    false="Falso",
    belongs="¿Qué elementos pertenecen a esta lista? {lead}",
    cell="¿Qué corresponde a {row} en la columna {column}?",
    why="{quote} ({place})",
    actions=(
        "Escribe de memoria qué significa {term} y compáralo después con la lección.",
        "Piensa en un ejemplo de {term} de tu trabajo o de tu vida y escríbelo en una frase.",
        "Explica {term} a alguien, o en voz alta a ti mismo, en menos de dos minutos.",
    ),
    actions_about=(
        "Escribe de memoria tres frases sobre {title} y compáralas con la lección.",
        "Elige algo sobre {title} que puedas usar hoy y anota cuándo y dónde lo harás.",
        "Explica a alguien, o en voz alta a ti mismo, lo importante sobre {title}.",
        "Escribe dos preguntas sobre {title} que la lección responda y contéstalas mañana por la mañana.",
    ),
    steps="Sigue hoy estos pasos, o repásalos mentalmente uno por uno: {title}",
    turned=pairs(
        "antes de/después de, Antes de/Después de, más de/menos de, al menos/como máximo, "
        "aumenta/disminuye, aumentan/disminuyen, sube/baja, suben/bajan, mayor/menor, encima/debajo, "
        "caliente/frío, fuerte/débil, fuertes/débiles, alto/bajo, alta/baja, seco/húmedo, "
        "verano/invierno, izquierda/derecha, dentro/fuera, temprano/tarde, muchos/pocos, muchas/pocas, "
        "puede/no puede, pueden/no pueden, debe/no debe, deben/no deben, "
        "grande/pequeño, largo/corto"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Si|Cuando|Mientras|Siempre que|En caso de que) [^,;:]{8,120}),"
        r" (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(r"^(?P<first>[^,;:]{12,140}?),? porque (?P<second>[^;:]{12,140})[.!]$"),
    narrator=re.compile(r"(?i)\b(?:nosotros|nuestr\w+|nos|yo|mi|\w{3,}(?:amos|emos|imos))\b"),
    definite=re.compile(r"(?i)\b(?:los|las|estos|estas|otros|otras)\s$"),
    no_term=re.compile(
        r"(?i)^(?:caso|ejemplo|forma)\b|\bmás\b|^(?:nuestr\w+|otr[oa]s?|segund[oa]|tercer[oa]?|cada|much[oa]s|valor|\w+mente)\b"
    ),
    denied=pairs("es/no es, son/no son"),
    no_order=re.compile(r"^(?:Tenga|Note|Nótese|Recuerde|Vea|Consulte)\b"),
)
