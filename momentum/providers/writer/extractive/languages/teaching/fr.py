"""French."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Dire ce que signifie {term}",
        "Expliquer {term} avec vos propres mots",
    ),
    objectives_about=(
        "Expliquer l’essentiel sur {title}",
        "Dire ce qu’il faut savoir sur {title}",
    ),
    objective_steps="Suivre les étapes de {title}",
    will="Après cette leçon, vous saurez :",
    glossary="Glossaire",
    yesterday="D’hier : {prompt}",
    order="Mettez les étapes dans le bon ordre.",
    order_of="Mettez les étapes dans le bon ordre. {lead}",
    describe="Quelle description correspond à {term} ?",
    term="Quel terme est décrit ici ? {text}",
    number="Quel nombre manque ? {sentence}",
    word="Quel mot manque ? {sentence}",
    goes_on="Comment cette phrase continue-t-elle ? {start}",
    is_true="Est-ce vrai ? {sentence}",
    true="Vrai",
    false="Faux",
    belongs="Quels éléments font partie de cette liste ? {lead}",
    cell="Qu’est-ce qui correspond à {row} dans la colonne {column} ?",
    why="{quote} ({place})",
    actions=(
        "Écrivez de mémoire ce que signifie {term}, puis comparez avec la leçon.",
        "Pensez à un exemple de {term} tiré de votre travail ou de votre vie et notez-le en une phrase.",
        "Expliquez {term} à quelqu’un, ou à voix haute à vous-même, en moins de deux minutes.",
    ),
    actions_about=(
        "Écrivez de mémoire trois phrases sur {title}, puis comparez-les avec la leçon.",
        "Choisissez un point de {title} que vous pouvez appliquer aujourd’hui et notez quand et où.",
        "Expliquez à quelqu’un, ou à voix haute à vous-même, l’essentiel sur {title}.",
        "Écrivez deux questions sur {title} auxquelles la leçon répond, et répondez-y demain matin.",
    ),
    steps="Suivez ces étapes aujourd’hui, ou repassez-les une à une dans votre tête : {title}",
    turned=pairs(
        "avant de/après avoir, plus de/moins de, au moins/au plus, augmente/diminue, "
        "augmentent/diminuent, monte/baisse, montent/baissent, supérieur/inférieur, au-dessus/au-dessous, "
        "chaud/froid, chaude/froide, fort/faible, forte/faible, haut/bas, haute/basse, sec/humide, "
        "été/hiver, matin/soir, gauche/droite, dedans/dehors, tôt/tard, souvent/rarement, "
        "peut/ne peut pas, peuvent/ne peuvent pas, doit/ne doit pas, "
        "doivent/ne doivent pas, grand/petit, grande/petite, long/court"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Si|Quand|Lorsque|Lorsqu[’']|Dès que|Tant que) ?[^,;:]{8,120}),"
        r" (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(r"^(?P<first>[^,;:]{12,140}?),? parce qu(?:e |[’'])(?P<second>[^;:]{12,140})[.!]$"),
    narrator=re.compile(r"(?i)\b(?:nous|notre|nos|je|mon|mes)\b"),
    definite=re.compile(r"(?i)\b(?:les|ces|des|autres)\s$"),
    no_term=re.compile(
        r"(?i)^(?:des|du|cas|exemple)\b|\bprincipales?\b|^(?:notre|nos|autres?|seconde?|deuxième|troisième|chaque|valeur|\w+ment)\b"
    ),
    denied=pairs("est/n’est pas, sont/ne sont pas"),
    no_order=re.compile(
        r"^(?:Veuillez )?[Nn]ot(?:er|ez)\b|^\w+-(?:les?|la|lui|leur|vous)\b|^(?:Voyez|Voir|Consultez|Rappelez)\b"
    ),
)
