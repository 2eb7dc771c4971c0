"""Portuguese."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Dizer o que significa {term}",
        "Explicar {term} com suas próprias palavras",
        "Dar um exemplo de {term}",
    ),
    objectives_about=(
        "Explicar o que importa sobre {title}",
        "Resumir {title} em três frases",
        "Responder de memória a perguntas sobre {title}",
        "Descrever {title} a alguém que não leu sobre o assunto",
    ),
    objective_condition="Dizer o que se aplica: {start}",
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
        "Escreva de memória o que significa {term} e depois compare com a lição.",
        "Pense em um exemplo de {term} do seu trabalho ou da sua vida e escreva-o em uma frase.",
        "Explique {term} a alguém, ou em voz alta a si mesmo, em menos de dois minutos.",
        "Faça um cartão com {term} na frente e o significado no verso e teste-se com ele esta noite.",
        "Escreva uma frase que diga o que é {term} e outra que diga o que não é.",
    ),
    actions_about=(
        "Feche a lição, escreva de memória três frases sobre {title} e depois compare.",
        "Explique a alguém, ou em voz alta a si mesmo, o que importa sobre {title}.",
        "Escreva duas perguntas sobre {title} que a lição responde e responda a elas amanhã de manhã.",
        "Desenhe {title} em uma folha: uma caixa para cada parte e setas para o que leva a quê.",
        "Escreva em uma frase onde {title} importa, ou poderia importar, no seu trabalho ou na sua vida.",
        "Faça três cartões sobre {title}, com uma pergunta na frente e a resposta no verso, e teste-se esta noite.",
    ),
    action_condition="Escreva de memória o que se aplica neste caso e depois confira na lição: {start}",
    steps="Siga hoje estes passos, ou repasse-os mentalmente um a um: {title}",
    turned=pairs(
        "antes de/depois de, mais de/menos de, pelo menos/no máximo, aumenta/diminui, "
        "aumentam/diminuem, sobe/desce, maior/menor, acima/abaixo, quente/frio, forte/fraco, alto/baixo, "
        "alta/baixa, seco/úmido, verão/inverno, esquerda/direita, dentro/fora, cedo/tarde, muitos/poucos, "
        "muitas/poucas, "
        "grande/pequeno, longo/curto"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Se|Quando|Enquanto|Caso|Assim que) [^,;:]{8,120}), (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(r"^(?P<first>[^,;:]{12,140}?),? porque (?P<second>[^;:]{12,140})[.!]$"),
    narrator=re.compile(r"(?i)\b(?:nós|noss\w+|eu|meu)\b"),
    definite=re.compile(r"(?i)\b(?:os|as|estes|estas|outros|outras)\s$"),
    no_term=re.compile(
        r"(?i)^(?:caso|exemplo|forma|solução|alternativa|\w+[aei]r (?:um|uma|o|a|os|as))\b|\bmais\b|^(?:noss\w+"
        r"|outr[oa]s?|segund[oa]|terceir[oa]|cada|muit[oa]s|valor|\w+mente)\b"
    ),
    denied=pairs("deve/não deve, devem/não devem, pode/não pode, podem/não podem, é/não é, são/não são"),
    no_order=re.compile(r"^(?:Note|Observe|Lembre|Veja|Consulte)\b"),
    vague=re.compile(
        r"(?i)\b(?:talvez|poderia\w*|algu(?:ns|mas)|há|provavelmente|naturalmente|tenha em (?:conta|mente))\b"
    ),
    denies=re.compile(r"(?i)\b(?:não|nunca|ninguém|nada|nenhuma?|sem|só|somente|apenas|nem|exceto)\b"),
    event=re.compile(
        r"(?i)\b(?:se|quando|até|dentro de|em caso|antes|depois|novamente|também|acidente|emergência|erro|este|esta"
        r"|estes|estas"
        r"|isso|isto|esse|essa|anterior)\b|\(opcional\)|^(?:Por favor, )?\w+ (?:[oa]s?|ao|à)\b|^\w+-[oa]s?\b"
    ),
    points_on=re.compile(r"(?i)\bseguintes?\b|\babaixo(?:[.,;:!]|$)"),
)
