"""Spanish."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Decir qué significa {term}",
        "Explicar {term} con tus propias palabras",
        "Dar un ejemplo de {term}",
    ),
    objectives_about=(
        "Explicar lo importante sobre {title}",
        "Resumir {title} en tres frases",
        "Responder de memoria preguntas sobre {title}",
        "Describir {title} a alguien que no lo ha leído",
    ),
    objective_condition="Decir qué se aplica: {start}",
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
        "Haz una tarjeta con {term} por delante y su significado por detrás, y ponte a prueba con ella esta noche.",
        "Escribe una frase que diga qué es {term} y otra que diga qué no es.",
    ),
    actions_about=(
        "Cierra la lección, escribe de memoria tres frases sobre {title} y compáralas.",
        "Explica a alguien, o en voz alta a ti mismo, lo importante sobre {title}.",
        "Escribe dos preguntas sobre {title} que la lección responda y contéstalas mañana por la mañana.",
        "Dibuja {title} en una hoja: una caja para cada parte y flechas para lo que lleva a otra cosa.",
        "Escribe en una frase dónde importa, o podría importar, {title} en tu trabajo o en tu vida.",
        (
            "Haz tres tarjetas sobre {title}, con una pregunta por delante y la respuesta por detrás, y ponte a "
            "prueba esta noche."
        ),
    ),
    action_condition="Escribe de memoria qué se aplica en este caso y compruébalo después en la lección: {start}",
    steps="Sigue hoy estos pasos, o repásalos mentalmente uno por uno: {title}",
    turned=pairs(
        "antes de/después de, Antes de/Después de, más de/menos de, al menos/como máximo, "
        "aumenta/disminuye, aumentan/disminuyen, sube/baja, suben/bajan, mayor/menor, encima/debajo, "
        "caliente/frío, fuerte/débil, fuertes/débiles, alto/bajo, alta/baja, seco/húmedo, "
        "verano/invierno, izquierda/derecha, dentro/fuera, temprano/tarde, "
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
        r"(?i)^(?:caso|ejemplo|forma|alternativa|solución|\w+[aei]r (?:un|una|el|la|los|las))\b|\bmás\b"
        r"|^(?:nuestr\w+|otr[oa]s?|segund[oa]|tercer[oa]?|cada|much[oa]s|valor|\w+mente)\b"
    ),
    denied=pairs("debe/no debe, deben/no deben, puede/no puede, pueden/no pueden, es/no es, son/no son"),
    no_order=re.compile(r"^(?:Tenga|Note|Nótese|Recuerde|Vea|Consulte)\b"),
    vague=re.compile(
        r"(?i)\b(?:quizá\w*|tal vez|posiblemente|podría\w*|algun[oa]s|ten(?:ga|er|erse)? (?:en cuenta|presente)"
        r"|tenerse presente"
        r"|por supuesto|probablemente|hay)\b"
    ),
    denies=re.compile(
        r"(?i)\b(?:no|nunca|nadie|nada|ningun\w*|ningún|sin|solo|sólo|tampoco|ni|salvo|excepto)\b"
    ),
    event=re.compile(
        r"(?i)\b(?:si|cuando|hasta|dentro de|en caso|antes|después|de nuevo|otra vez|también|accidente|emergencia"
        r"|error|este"
        r"|esta|estos|estas|eso|esto|anterior)\b|\(opcional\)|^(?:Por favor, )?\w+ (?:a )?(?:el|la|los|las|al)\b"
        r"|^\w+(?:lo|la|los|las)\b"
    ),
    points_on=re.compile(r"(?i)\bsiguientes?\b|\b(?:de|más) (?:arriba|abajo)\b"),
)
