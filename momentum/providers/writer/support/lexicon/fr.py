"""French."""

from __future__ import annotations

from momentum.providers.writer.support.lexicon.lexicon import Lexicon

LEXICON = Lexicon(
    code="fr",
    elisions="l d n qu s c j m t jusqu lorsqu puisqu quoiqu",
    marks={
        "nothing": "non seulement|plus ou moins|sans doute|surtout|sans cesse|d' abord|bien sûr|tout d' abord"
        "|pas seulement",
        "not": "pas|jamais|rien|personne|aucun|aucune|ni|nullement|non|ne plus|n' est plus|ne sont plus|évite|évitent"
        "|éviter|empêche|empêchent|empêcher|incapable de",
        "only": "seulement|uniquement|exclusivement|seul|seule|seuls|seules|rien que|ne que",
        "except": "sauf|excepté|à l' exception de|à l' exception des|hormis|à part|en dehors de|mais pas",
        "if": "si|s' il|s' ils|s' elle|quand|lorsque|lorsqu'|en cas de|à condition que|à condition de"
        "|pourvu que|dès que"
        "|tant que|au cas où|une fois que",
        "unless": "à moins que|à moins de|sauf si|si ne pas|sauf quand",
        "until": "jusqu' à|jusqu' au|jusqu' en|jusqu' aux|jusqu' à ce que",
        "before": "avant de|avant que|avant l'|avant d'|avant",
        "after": "après que|après avoir|après|ensuite",
        "because": "parce que|parce qu'|à cause de|à cause du|à cause des|en raison de|en raison du|grâce à"
        "|grâce au|car"
        "|puisque|puisqu'|du fait de|dû à|due à",
        "more": "plus|davantage",
        "less": "moins",
        "as": "autant que|aussi que",
        "all": "tout|toute|tous|toutes|chaque|toujours|n' importe quel|les deux|entier|entière|en permanence"
        "|chacun|chacune",
        "some": "certains|certaines|quelques|plusieurs|parfois|quelquefois|de temps en temps|en partie|partiellement",
        "most": "la plupart des|la plupart du|la plupart|la majorité des|principalement|majoritairement|presque tous"
        "|presque toutes|essentiellement|en majorité",
        "few": "peu de|peu d'|à peine|une minorité de|très peu de",
        "must": "doit|doivent|devez|il faut|faut|est obligatoire|est nécessaire|il est nécessaire|obligé de"
        "|obligés de"
        "|devait|devaient|tenu de|tenus de",
        "should": "devrait|devraient|il convient|convient|il est conseillé|il est recommandé|est recommandé|devriez"
        "|mieux vaut",
        "may": "peut|peuvent|pourrait|pourraient|peut-être|probablement|sans doute|il est possible|est possible"
        "|capable de"
        "|capables de|éventuellement|permet|permettent|pouvait|pouvez|pouvaient",
        "often": "souvent|fréquemment|généralement|habituellement|normalement|en général|d' habitude|d' ordinaire"
        "|en règle générale|le plus souvent|régulièrement",
        "rarely": "rarement",
        "about": "environ|à peu près|approximativement|autour de|près de|presque|une dizaine de|quelque",
        "min": "au moins|au minimum|pas moins de|un minimum de|ou plus|minimum",
        "max": "au plus|au maximum|pas plus de|un maximum de|ou moins|maximum|tout au plus",
        "over": "plus de|plus d'|supérieur à|supérieure à|au-dessus de|dépasse|dépassent|excède",
        "under": "moins de|moins d'|inférieur à|inférieure à|au-dessous de|en dessous de|sous",
        "daily": "chaque jour|tous les jours|par jour|une fois par jour|quotidiennement|quotidien|quotidienne",
        "weekly": "chaque semaine|toutes les semaines|par semaine|une fois par semaine|hebdomadaire",
        "monthly": "chaque mois|tous les mois|par mois|une fois par mois|mensuel|mensuelle|mensuellement",
        "yearly": "chaque année|tous les ans|par an|une fois par an|annuel|annuelle|annuellement",
        "hourly": "chaque heure|toutes les heures|par heure|à l' heure",
        "than": "que|qu'",
        "from": "de|du|des|d'|depuis",
        "to": "à|au|aux|vers",
        "by": "par",
        "without": "sans",
        "instead": "au lieu de|au lieu d'|plutôt que|à la place de",
    },
    light="le la les l' un une ce cet cette ces et ou mais en dans pour sur avec comme se s' son sa ses leur"
        " leurs il elle"
    " ils elles on nous vous je tu me te y lui eux est sont être était étaient fut furent été étant a ont avoir avait"
    " avaient eu fait font faire très aussi ainsi alors où qui dont lequel laquelle lesquels pendant durant entre"
    " chez contre selon même mêmes propre autre autres encore déjà beaucoup bien tant façon manière chose type"
        " sorte cas"
    " quantité nombre fois temps donner donne donnent appeler appelle appelé appelée trouve trouvent c' ne n'"
        " notre votre"
    " ici là donc puis il y cela ça mettre met mettent prendre prend",
    same="""commencer débuter démarrer|finir terminer achever|grand gros énorme|petit minuscule|acheter acquérir
construire bâtir édifier ériger|montrer indiquer afficher|aider assister soutenir|rapide vite
important essentiel fondamental crucial
récolter recueillir ramasser collecter|garder conserver stocker|nécessiter exiger demander|choisir sélectionner
changer modifier
expliquer décrire|produire créer fabriquer générer|recevoir obtenir|détruire ruiner|enfant|médecin docteur
maladie affection
maison logement habitation|voiture automobile|travail tâche|personne gens humain|erreur faute|difficile dur
facile simple
riche fortuné|faux incorrect erroné|vrai correct exact juste|humide mouillé|pays nation état|ville|rue route
zone région
partie morceau portion|trouver découvrir|arriver survenir produire|contenir comprendre inclure|permettre autoriser
interdire défendre|enlever retirer éliminer supprimer ôter|ajouter|fermer|parler|dire|répondre|essayer tenter
vérifier contrôler examiner|relier connecter joindre unir|diviser séparer partager|protéger préserver
nuire endommager abîmer
tuer|mourir|vivre habiter|manger consommer nourrir|cher coûteux onéreux|méthode technique procédé|résultat conséquence
but objectif|règle|loi|entreprise société firme|employé salarié travailleur|élève étudiant|professeur enseignant
image photo photographie|mer océan|forêt bois|pierre roche|sol terre|transporter porter|envoyer expédier|préparer
cuire bouillir cuisiner|chauffer réchauffer|refroidir|couvrir recouvrir|réparer|remplacer substituer
réduire diminuer baisser abaisser
augmenter accroître croître monter grandir|améliorer|durer|effacer supprimer|appareil machine dispositif|outil
substance matière|suffisant assez|dernier|premier|principal|danger risque|sûr|arroser irriguer|utiliser employer
fonder créer|demander|précédent antérieur|ruche|colonie|entrer|quitter partir sortir|appuyer presser cliquer
prix coût|payer régler|bord|déplacer bouger|atteindre|entourer|traverser franchir|mesurer|peser|écrire rédiger
inventer|publier|gouverner|gagner|vaincre battre|voyager aller|ouvrir|placer poser|semer planter|eau""",
    opposite="""augmenter accroître croître monter / diminuer réduire baisser abaisser décroître descendre chuter
commencer débuter / finir terminer|chaud chauffer chaleur / froid refroidir froide|haut élevé / bas faible
grand gros / petit
long / court|tôt / tard|vieux ancien / jeune nouveau moderne récent|rapide vite / lent lentement|fort / faible
clair / sombre foncé
léger / lourd|humide mouillé / sec|ouvrir ouvert / fermer fermé|plein / vide|bon bien meilleur / mauvais mal pire
vrai correct juste / faux incorrect|sûr / dangereux|facile / difficile|riche / pauvre|cher coûteux / bon marché
épais / mince fin|large / étroit|profond / superficiel|dur / mou tendre|rugueux / lisse|propre / sale
vivant vivre / mort mourir|permettre autoriser / interdire empêcher|accepter / refuser rejeter
ajouter / enlever retirer
gagner / perdre|aimer / haïr détester|acheter / vendre|donner / recevoir|envoyer / recevoir|pousser / tirer
entrer / sortir
arriver / partir|dedans intérieur / dehors extérieur|dessus / dessous|gauche / droite droit|nord / sud|est / ouest
premier / dernier|maximum maximal / minimum minimal|mâle homme masculin / femelle femme féminin|jour / nuit
matin / soir
étésaisonsaison / hiver|printemps / automne|succès réussite / échec|positif / négatif|public / privé
toujours / jamais|rappeler / oublier
construire / détruire|attaquer / défendre|dilater / contracter|attirer / repousser|devant / derrière
supérieur / inférieur
plus / moins|beaucoup / peu|verrouiller / déverrouiller|activer / désactiver|présent / absent|sucré doux / amer aigre
acide / alcalin basique|liquide / solide|inclure / exclure|question / réponse|améliorer / aggraver détériorer
économiser / gaspiller dépenser|proche près / loin lointain|visible / invisible|rare / commun fréquent|avant / après
frais / pourri|professeur / élève|parent / enfant|cru / cuit|mûr / vert|lâche / serré|même égal / différent
volontaire facultatif / obligatoire|gratuit / payant|aider utile bénéfique / nuire nuisible nocif|importer / exporter
avec / sans|causer provoquer / empêcher éviter|allumer / éteindre|lever / coucher|semer / récolter""",
    numbers={
        "zéro": 0, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
        "dix": 10,
        "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30,
        "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "cents": 100, "mille": 1000,
        "million": 1_000_000, "millions": 1_000_000, "milliard": 1_000_000_000, "milliards": 1_000_000_000,
        "douzaine": 12, "dizaine": 10, "quinzaine": 15, "demi": 0.5, "demie": 0.5, "moitié": 0.5, "quart": 0.25,
        "double": 2, "triple": 3, "premier": 1, "première": 1, "deuxième": 2, "second": 2, "seconde": 2,
        "troisième": 3, "quatrième": 4, "cinquième": 5, "tiers": 0.333,
    },
    articles="un une",
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi"
    " jeudi vendredi samedi dimanche",
    negating=("in", "im", "il", "ir", "dés", "dé", "mal", "non", "a"),
    lacking=(),
    passive="est sont fut furent être été était étaient étant",
    participle=r"é|ée|és|ées|i|ie|is|ies|it|ite|its|ites|u|ue|us|ues|ert|erte|erts|int|ait|aits",
    places="en dans pour sur avec pendant durant entre chez contre",
    linking="être avoir",
    splits="mais tandis alors et",
    leaning="il elle ils elles ce cet cette ces cela ça son sa ses leur leurs celui celle ceux",
    units={
        "mètre mètres": "m", "kilomètre kilomètres": "km", "centimètre centimètres": "cm",
        "millimètre millimètres": "mm",
        "gramme grammes": "g", "kilogramme kilogrammes kilo kilos": "kg", "milligramme milligrammes": "mg",
        "tonne tonnes": "t", "litre litres": "l", "millilitre millilitres": "ml", "secondes": "s",
        "minute minutes": "min",
        "heure heures": "h", "jour jours": "d", "semaine semaines": "wk", "mois": "mo", "an ans année années": "yr",
        "décennie décennies": "dec", "siècle siècles": "cent", "pour cent": "%", "degrés celsius": "°C",
        "degrés": "°",
        "degré": "°", "euro euros": "€", "dollar dollars": "$", "hectare hectares": "ha", "mètres carrés": "m²",
        "kilomètres carrés": "km²", "watt watts": "W", "kilowatt kilowatts": "kW",
    },
)  # fmt: skip
