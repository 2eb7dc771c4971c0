"""Portuguese."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Dizer o que significa {term}",
        "Explicar {term} por palavras suas",
    ),
    objectives_about=(
        "Explicar o que importa sobre {title}",
        "Dizer o que é preciso saber sobre {title}",
    ),
    objective_steps="Seguir os passos de {title}",
    will="Depois desta lição, você poderá:",
    glossary="Glossário",
    yesterday="De ontem: {prompt}",
    order="Ponha os passos na ordem certa.",
    order_of="Ponha os passos na ordem certa. {lead}",
    describe="Que descrição corresponde a {term}?",
    term="Que termo é descrito aqui? {text}",
    number="Que número falta? {sentence}",
    word="Que palavra falta? {sentence}",
    goes_on="Como continua esta frase? {start}",
    is_true="Isto é verdade? {sentence}",
    true="Verdadeiro",
    false="Falso",
    belongs="Quais destes pertencem a esta lista? {lead}",
    cell="O que corresponde a {row} na coluna {column}?",
    why="{quote} ({place})",
    actions=(
        "Escreva de memória o que significa {term} e compare depois com a lição.",
        "Pense num exemplo de {term} do seu trabalho ou da sua vida e escreva-o numa frase.",
        "Explique {term} a alguém, ou em voz alta a si mesmo, em menos de dois minutos.",
    ),
    actions_about=(
        "Escreva de memória três frases sobre {title} e compare-as com a lição.",
        "Escolha algo sobre {title} que possa usar hoje e anote quando e onde.",
        "Explique a alguém, ou em voz alta a si mesmo, o que importa sobre {title}.",
        "Escreva duas perguntas sobre {title} a que a lição responde e responda-as amanhã de manhã.",
    ),
    steps="Siga hoje estes passos, ou repasse-os mentalmente um a um: {title}",
    turned=pairs(
        "antes de/depois de, mais de/menos de, pelo menos/no máximo, aumenta/diminui, "
        "aumentam/diminuem, sobe/desce, maior/menor, acima/abaixo, quente/frio, forte/fraco, alto/baixo, "
        "alta/baixa, seco/úmido, verão/inverno, esquerda/direita, dentro/fora, cedo/tarde, muitos/poucos, "
        "muitas/poucas, pode/não pode, podem/não podem, deve/não deve, "
        "devem/não devem, grande/pequeno, longo/curto"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Se|Quando|Enquanto|Caso|Assim que) [^,;:]{8,120}), (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(r"^(?P<first>[^,;:]{12,140}?),? porque (?P<second>[^;:]{12,140})[.!]$"),
    narrator=re.compile(r"(?i)\b(?:nós|noss\w+|eu|meu)\b"),
    definite=re.compile(r"(?i)\b(?:os|as|estes|estas|outros|outras)\s$"),
    no_term=re.compile(
        r"(?i)^(?:caso|exemplo|forma)\b|\bmais\b|^(?:noss\w+|outr[oa]s?|segund[oa]|terceir[oa]|cada|muit[oa]s|valor|\w+mente)\b"
    ),
    denied=pairs("é/não é, são/não são"),
    no_order=re.compile(r"^(?:Note|Observe|Lembre|Veja|Consulte)\b"),
)
