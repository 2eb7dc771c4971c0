"""French."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.teaching.teaching import Teaching, pairs

TEACHING = Teaching(
    objectives=(
        "Dire ce que signifie {term}",
        "Expliquer {term} avec vos propres mots",
        "Donner un exemple pour {term}",
    ),
    objectives_about=(
        "Expliquer l’essentiel sur {title}",
        "Résumer {title} en trois phrases",
        "Répondre de mémoire à des questions sur {title}",
        "Décrire {title} à quelqu’un qui n’a rien lu à ce sujet",
    ),
    objective_condition="Dire ce qui s’applique : {start}",
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
        "Faites une fiche avec {term} au recto et sa signification au verso, et interrogez-vous ce soir.",
        "Écrivez une phrase qui dit ce qu’est {term} et une autre qui dit ce que ce n’est pas.",
    ),
    actions_about=(
        "Fermez la leçon, écrivez de mémoire trois phrases sur {title}, puis comparez.",
        "Expliquez à quelqu’un, ou à voix haute à vous-même, l’essentiel sur {title}.",
        "Écrivez deux questions sur {title} auxquelles la leçon répond, et répondez-y demain matin.",
        "Dessinez {title} sur une feuille : une case pour chaque partie, des flèches pour ce qui mène à quoi.",
        "Écrivez en une phrase où {title} compte, ou pourrait compter, dans votre travail ou votre vie.",
        "Faites trois fiches sur {title}, une question au recto et la réponse au verso, et interrogez-vous ce soir.",
    ),
    action_condition="Écrivez de mémoire ce qui s’applique dans ce cas, puis vérifiez dans la leçon : {start}",
    steps="Suivez ces étapes aujourd’hui, ou repassez-les une à une dans votre tête : {title}",
    turned=pairs(
        "avant de/après avoir, plus de/moins de, au moins/au plus, augmente/diminue, "
        "augmentent/diminuent, monte/baisse, montent/baissent, supérieur/inférieur, au-dessus/au-dessous, "
        "chaud/froid, chaude/froide, fort/faible, forte/faible, haut/bas, haute/basse, sec/humide, "
        "matin/soir, gauche/droite, dedans/dehors, tôt/tard, souvent/rarement, "
        "grand/petit, grande/petite, long/court"
    ),
    conditional=re.compile(
        r"^(?P<first>(?:Si|Quand|Lorsque|Lorsqu[’']|Dès que|Tant que) ?[^,;:]{8,120}),"
        r" (?P<second>[^;:]{8,160})[.!]$"
    ),
    causal=re.compile(r"^(?P<first>[^,;:]{12,140}?),? parce qu(?:e |[’'])(?P<second>[^;:]{12,140})[.!]$"),
    narrator=re.compile(r"(?i)\b(?:nous|notre|nos|je|mon|mes)\b"),
    definite=re.compile(r"(?i)\b(?:les|ces|des|autres)\s$"),
    no_term=re.compile(
        r"(?i)^(?:des|du|plus|cas|exemple|solution|utilisation|\w+(?:er|ir|re) (?:un|une|le|la|les|des))\b"
        r"|\bprincipales?\b|^(?:notre|nos|autres?|seconde?|deuxième|troisième|chaque|valeur|\w+ment)\b"
    ),
    denied=pairs(
        "doit/ne doit pas, doivent/ne doivent pas, peut/ne peut pas, peuvent/ne peuvent pas, est/n’est pas, "
        "sont/ne sont pas"
    ),
    no_order=re.compile(
        r"^(?:Veuillez )?[Nn]ot(?:er|ez)\b|^\w+-(?:les?|la|lui|leur|vous)\b|^(?:Voyez|Voir|Consultez|Rappelez)\b"
    ),
    vague=re.compile(
        r"(?i)\b(?:peut-être|pourrai\w+|certaine?s|gard(?:er|ez) à l[’']esprit|il y a|bien sûr|probablement|quelques)\b"
    ),
    denies=re.compile(r"(?i)\b(?:ne|pas|jamais|personne|rien|aucune?|sans|seulement|sauf|ni)\b|\bn[’']"),
    event=re.compile(
        r"(?i)\b(?:si|quand|lorsque|dès que|jusqu\w*|dans les|en cas|avant|après|de nouveau|aussi|accident|urgence"
        r"|erreur"
        r"|cet?|cette|ces|cela|ça|précédente?)\b|\bs[’']il|^\w+(?:-\w+)? (?:à )?(?:les?|la|au|aux)\b|^\w+(?:-\w+)? "
        r"l[’']"
    ),
    points_on=re.compile(r"(?i)\b(?:suivante?s?|ci-dessous|ci-dessus)\b"),
)
