"""Portuguese."""

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
        "slide": ("slide {page}", "slides {first} a {last}"),
        "chapter": ("capítulo {page}", "capítulos {first} a {last}"),
        "section": ("seção {page}", "seções {first} a {last}"),
        "part": ("parte {page}", "partes {first} a {last}"),
        "line": ("linha {page}", "linhas {first} a {last}"),
        "minute": ("minuto {page}", "minutos {first} a {last}"),
    },
    of="{place} de “{name}”",
    of_source="{place} da fonte",
    the_source="a fonte",
    joiner=" e ",
    heavy_joiner="; e ",
    more="mais",
    part="{title}, parte {number}",
    first_title="Como a fonte começa",
    next_title="O que vem depois",
    recap="Revisão",
    recap_summary="As frases mais importantes de cada dia.",
    outcome="Explicar {title} por palavras suas",
    summary_one="Uma lição curta de {names}: {subjects}.",
    summary="{count} lições curtas de {names}, entre elas {subjects}.",
    size_one="“{name}” (1 página)",
    size="“{name}” ({count} páginas)",
    through_one="Este curso percorre {sizes} em um dia.",
    through="Este curso percorre {sizes} em {count} dias.",
    quotes_source="Cada lição cita a fonte palavra por palavra e indica a página, para que possa continuar a leitura.",
    span="Começa com {first} e termina com {last}.",
    each_day="Cada dia tem algo para ler, algo para fazer e algumas perguntas para verificar o que aprendeu.",
)

_REFERRED = (
    r"(?:figuras?|fig\.|tabelas?|quadros?|cap[ií]tulos?|cap\.|se[cç][cç]?[aã]o|se[cç][oõ]es|ap[eê]ndice|anexo"
    r"|p[aá]ginas?|p[aá]g\.|equa[cç][aã]o)"
)
_DOCUMENT = (
    r"(?:cap[ií]tulo|se[cç]?[cç][aã]o|p[aá]gina|manual|documento|livro|texto|artigo|tabela|figura|guia|exemplo"
    r"|par[aá]grafo|lista)"
)

_SECTION = r"(?:cap[ií]tulos?|se[cç][cç]?[aã]o|se[cç][oõ]es|ap[eê]ndice)"

SIGNS = Signs(
    pointer=re.compile(
        r"(?i)^\(?(?:veja|ver|vide|consulte|cf\.|confira)\b.*(?:\d|capítulo|seção|secção|figura|anexo|página|[«“])"
        r"|^para (?:mais|maiores|obter mais) (?:informações|informação|detalhes?)\b"
        r"|^(?:este|esta|o próximo|a próxima|o seguinte) (?:capítulo|seção|secção|documento|manual"
        r"|apêndice) (?:descreve|explica"
        r"|apresenta|trata|contém|mostra|oferece)\b"
        rf"|^(?:leia|por favor,? (?:leia|veja|consulte))\b.{{0,60}}{places(_SECTION)}"
        rf"|^(?:para|se)\b.{{1,120}}, (?:consulte|veja|ver|leia)\b.{{0,60}}{places(_SECTION)}"
    ),
    points_away=re.compile(
        rf"\b{_REFERRED}\s*(?:\d|[A-Z]\b)|\b(?:ver|veja|vide|consulte|cf\.)\s|\b(?:mais (?:acima|abaixo|adiante)"
        rf"|a seguir"
        r"|(?:acima|abaixo|anteriormente) (?:mencionad|indicad|descrit|citad))"
        rf"|\b(?:est[ea]|d?est[ea]|pr[oó]xim[oa]|[uú]ltim[oa]|presente) {_DOCUMENT}\b|\b{_DOCUMENT} (?:seguinte"
        rf"|anterior)\b"
        r"|\bseguintes?:|\bmais (?:informa[cç][oõ]es|detalhes)\b|\bcomo (?:segue|se (?:mostra|indica|descreve))\b"
        r"|\[\d{1,3}\]",
        re.IGNORECASE,
    ),
    asides=re.compile(
        bracketed(r"(?:por favor )?(?:ver|veja|vide|consulte|cf\.)\s", _REFERRED) + "|"
        rf",? (?:como|conforme|tal como) (?:descrit|explicad|mostrad|indicad)[oa]s? (?:em|na|no) {places(_SECTION)}"
        r"|,? como (?:descrit|explicad|mostrad|indicad|mencionad)[oa]s? (?:acima|abaixo|anteriormente)(?=[ .,;:)])|"
        rf"\s*\((?:ver|veja|vide|cf\.)?\s*(?:tamb[eé]m )?(?:a |o )?{_REFERRED}\s*\d[\w.,–-]*\)"
        rf"|, (?:como|conforme)(?: (?:se )?(?:mostra|mostrado|indicado|descrito))? ?(?:n[ao] )?{_REFERRED}"
        r" \d[\w–-]*(?:\.\d+)*(?=[.,;])|\s*\((?:ver|veja) (?:acima|abaixo)\)",
        re.IGNORECASE,
    ),
    leans_back=re.compile(
        r"^(?:Est[ea]s?|Ess[ea]s?|Isso|Isto|Aquel[ea]s?|Aquilo|Ele|Ela|Eles|Elas|Seus?|Suas?|Mas|E|Ou|Por[eé]m|Contudo"
        r"|No entanto|Todavia|Al[eé]m disso|Tamb[eé]m|Assim|Por (?:isso|isto|exemplo|outro lado|fim|conseguinte)"
        r"|Portanto"
        r"|Ent[aã]o|Depois|Em seguida|Finalmente|Nest[ea]s?|Ness[ea]s?|Dess[ea]s?|Dest[ea]s?|Disso|Nisso|Em (?:ambos"
        r"|consequ[eê]ncia|resumo)|Com (?:isso|isto|est[ea]|ess[ea])|Para (?:isso|isto)|Aqui|Ali|L[aá]|Ambos|Ambas"
        r"|Outr[ao]s?"
        r"|Da mesma forma|Do mesmo modo|Caso contr[aá]rio|Agora|Pois|Sim,|N[aã]o,|Tal|Tais|Ainda assim"
        r"|[OA]s? (?:mesm[ao]s?|primeir[ao]s?|segund[ao]s?|terceir[ao]s?|outr[ao]s?|demais|dois|duas|anterior(?:es)?"
        r"|seguintes?))\b"
    ),
    points_back=re.compile(
        r"\b(?:est[ea]s?|ess[ea]s?|isso|isto|aquel[ea]s?|el[ea]s?|dest[ea]s?|dess[ea]s?|nest[ea]s?|ness[ea]s?"
        r"|tamb[eé]m)\b"
        r"(?! (?:ver[aã]o|inverno|ano|m[eê]s|semana))",
        re.IGNORECASE,
    ),
    order=re.compile(
        r"^(?:(?:Primeiro|Em primeiro lugar|Depois|Em seguida|Agora|Finalmente|Por fim),? )?(?:abra|adicione"
        r"|ajuste|aperte"
        r"|aguarde|apague|coloque|comece|conecte|confira|corte|cubra|deixe|desligue|encha|escolha|escreva|espere"
        r"|evite|fa[cç]a"
        r"|feche|gire|guarde|insira|lave|leia|levante|ligue|limpe|me[cç]a|mantenha|marque|misture|olhe|pergunte"
        r"|plante|ponha"
        r"|prepare|pressione|regue|remova|repita|retire|seque|selecione|semeie|siga|tire|tome|use|utilize"
        r"|verifique|vire|volte)"
        r"\b",
        re.IGNORECASE,
    ),
    advice=re.compile(r"^(?:Deve|Conv[eé]m|[EÉ] (?:importante|recomend[aá]vel|melhor)) \w+[aei]r\b"),
    idle=re.compile(r"(?i)\bexemplos?\b|^(?:Depois|Em seguida|Agora|Finalmente|Por fim)\b"),
    sequence=re.compile(r"^(?:Primeiro|Em primeiro lugar|Depois|Em seguida|Agora|Finalmente|Por fim)\b"),
    fact=re.compile(r"(?:[OA]s?|Uma?|Cada|Todos?|Todas?|H[aá]|[EÉ])\b"),
    condition=re.compile(r"(?:Se|Quando|Enquanto|At[eé]|[AÀ]s vezes|Em geral|Normalmente)\b"),
    defines=re.compile(
        r"^(?P<term>(?:O |A |Os |As |Uma? )?[^\W\d_][\w’-]*(?: [\w’-]+){0,3}?) (?P<verb>é|são|significa|consiste em)"
        r" (?P<rest>(?:uma?|o|a|os|as|qualquer|tudo)\b.+)$"
    ),
    no_term=re.compile(
        r"(?i)\b(?:est[ea]s?|ess[ea]s?|isso|isto|aqui|ali|que|quem|qual|se|quando|onde|como|objetivo|problema|raz[aã]o"
        r"|resultado|ponto|ideia|coisa|primeir[ao]|seguinte|[uú]ltim[ao]|outr[ao]s?|maior(?:ia)?|mesm[ao]"
        r"|[uú]nic[ao]|pergunta"
        r"|exemplo|prop[oó]sito|vantagem|diferen[cç]a|melhor|em|para|com|e|ou|por|n[aã]o)\b"
    ),
    plural=frozenset({"são"}),
    weighty=re.compile(
        r"\b(?:deve[m]?|nunca|sempre|important\w*|essencia\w*|porque|significa|precisa\w*|ajuda\w*|é preciso)\b",
        re.IGNORECASE,
    ),
    example=re.compile(r"\b(?:por exemplo|p\. ?ex\.|imagine)", re.IGNORECASE),
    label=re.compile(
        r"^(?:Aten[cç][aã]o|Cuidado|Aviso|Perigo|Importante|Nota|Dica|Observa[cç][aã]o|Lembre-se)(?:[:!.–—-]\s*|\s+)"
        r"(?=[A-ZÀÁÂÃÇÉÊÍÓÔÕÚ“])"
    ),
    generic=re.compile(
        r"(?i)^(?:defini[cç](?:[aã]o|[oõ]es)|pref[aá]cio|introdu[cç][aã]o|resumo|descri[cç][aã]o|geral|notas?"
        r"|contexto|detalhes"
        r"|discuss[aã]o|fundamentos|conclus(?:[aã]o|[oõ]es)|exemplos?|uso|prop[oó]sito|objetivos?|dicas"
        r"|resultados?|m[eé]todos?"
        r"|requisitos|por qu[eê]|como|o qu[eê])$"
    ),
)

LANGUAGE = Language(
    code="pt",
    quotes=("“", "”"),
    common=frozenset(
        "o a os as de que e em um uma é por para com não se do da mais como dos no na das nos nas ao à às mas foi"  # noqa: SIM905
        " ele ela"
        " tem seu sua ou quando muito já também só pelo pela até isso entre depois sem mesmo aos seus quem esse"
        " essa num"
        " numa nem suas são está estão pode podem cada onde ser há este esta deve sobre".split()
    ),
    phrases=PHRASES,
    signs=SIGNS,
)
