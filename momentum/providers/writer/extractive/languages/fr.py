"""French."""

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
    page="page {page}",
    pages="pages {first} à {last}",
    units={
        "slide": ("diapositive {page}", "diapositives {first} à {last}"),
        "chapter": ("chapitre {page}", "chapitres {first} à {last}"),
        "section": ("section {page}", "sections {first} à {last}"),
        "part": ("partie {page}", "parties {first} à {last}"),
        "line": ("ligne {page}", "lignes {first} à {last}"),
        "minute": ("minute {page}", "minutes {first} à {last}"),
    },
    of="{place} de «\u00a0{name}\u00a0»",
    of_source="{place} de la source",
    the_source="la source",
    joiner=" et ",
    heavy_joiner="\u00a0; et ",
    more="la suite",
    part="{title}, partie {number}",
    first_title="Ce que dit d’abord la source",
    next_title="Ce qui vient ensuite",
    recap="Récapitulation",
    recap_summary="Les phrases les plus importantes de chaque jour.",
    outcome="Expliquer {title} avec ses propres mots",
    summary_one="Une courte leçon tirée de {names}\u00a0: {subjects}.",
    summary="{count} courtes leçons tirées de {names}, dont {subjects}.",
    size_one="«\u00a0{name}\u00a0» (1 page)",
    size="«\u00a0{name}\u00a0» ({count} pages)",
    through_one="Ce cours parcourt {sizes} en un jour.",
    through="Ce cours parcourt {sizes} en {count} jours.",
    quotes_source="Chaque leçon cite la source mot pour mot et indique la page, pour que vous puissiez y lire la"
    " suite.",
    span="Il commence par {first} et se termine par {last}.",
    each_day="Chaque jour, il y a quelque chose à lire, quelque chose à faire et quelques questions pour vérifier.",
)

_REFERRED = (
    r"(?:figures?|fig\.|tableaux?|tabl\.|chapitres?|chap\.|sections?|paragraphes?|annexes?"
    r"|[eé]quations?|pages?|p\.)"
)
_DOCUMENT = (
    r"(?:chapitre|section|paragraphe|page|manuel|document|livre|texte|article|tableau|figure"
    r"|guide|exemple|liste)"
)

_SECTION = r"(?:chapitres?|sections?|paragraphes?|annexes?)"

SIGNS = Signs(
    pointer=re.compile(
        r"(?i)^\(?(?:voir|cf\.|consultez|reportez-vous|se reporter|référez-vous)\b.*(?:\d|chapitre|section|figure"
        r"|annexe|page|[«“])"
        r"|^pour (?:plus|de plus amples|davantage) (?:d['’]|de )?(?:informations?|détails|renseignements)\b"
        r"|^(?:ce|le prochain|cette|la prochaine) (?:chapitre|section|document|annexe|manuel) (?:décrit|explique"
        r"|présente|traite"
        r"|contient|aborde|montre|donne)\b"
        rf"|^(?:veuillez (?:lire |consulter |vous reporter )|lire |lisez ).{{0,60}}{places(_SECTION)}"
        rf"|^(?:pour|si)\b.{{1,120}}, (?:veuillez )?(?:consulte[rz]|voir|voyez|lire|lisez)\b.{{0,60}}{places(_SECTION)}"
    ),
    points_away=re.compile(
        rf"\b{_REFERRED}\s*(?:\d|[A-Z]\b)|\b(?:voir|cf\.|consultez|reportez-vous|r[eé]f[eé]rez-vous)\s"
        r"|\bci-(?:dessus|dessous|apr[eè]s|contre|joint)|\b(?:plus (?:haut|bas|loin))\b"
        rf"|\b(?:ce|cette|pr[eé]sent|prochaine?|derni[eè]re?) {_DOCUMENT}\b|\b{_DOCUMENT} (?:suivante?"
        rf"|pr[eé]c[eé]dente?)\b"
        r"|\b(?:suivants?|suivantes?) ?:|\bcomme suit\b|\bpour (?:plus|en savoir plus|de plus amples)\b|\[\d{1,3}\]",
        re.IGNORECASE,
    ),
    asides=re.compile(
        bracketed(r"(?:veuillez )?(?:voir|cf\.|consultez|consulter|reportez-vous)\s", _REFERRED) + "|"
        rf",? (?:comme|tel que) (?:(?:cela|il) est |c[’']est )?(?:décrit|expliqué|indiqué|montré|vu)e?s? "
        rf"(?:dans|à|en) {places(_SECTION)}"
        r"|,? comme (?:(?:cela|il) (?:est|a été) )?(?:décrit|expliqué|indiqué|montré|vu|mentionné)e?s? (?:ci-dessus"
        r"|ci-dessous|plus haut|plus bas|précédemment)(?=[ .,;:)])|"
        rf"\s*\((?:voir|cf\.)?\s*(?:aussi )?(?:la |le |l’|l')?{_REFERRED}\s*\d[\w.,–-]*\)"
        rf"|, (?:comme|voir)(?: (?:le |la |on le )?(?:montre|indiqu[eé]|voit))? ?(?:[aà] |dans )?(?:la |le |l’"
        rf"|l')?{_REFERRED}"
        r" \d[\w–-]*(?:\.\d+)*(?=[.,;])|\s*\(voir (?:plus haut|plus bas|ci-dessus|ci-dessous)\)",
        re.IGNORECASE,
    ),
    leans_back=re.compile(
        r"^(?:Ce(?:tte|t|s|la|ci|ux|lle|lles|lui)?|C[’']est(?! (?:en|quand|lorsqu))|Ça|Il(?! (?:faut|existe|y a"
        r"|est (?:important"
        r"|n[eé]cessaire|possible|utile|pr[eé]f[eé]rable)))|Elles?|Ils|Son|Sa|Ses|Leurs?|Mais|Et|Ou|Or|Donc|Car"
        r"|Ainsi|Alors"
        r"|Aussi|Cependant|Toutefois|N[eé]anmoins|Pourtant|Par (?:cons[eé]quent|exemple|contre|ailleurs|la suite)"
        r"|De (?:plus"
        r"|m[eê]me|ce fait|cette)|En (?:effet|outre|revanche|cons[eé]quence|ce cas|fait|r[eé]sum[eé]|plus)"
        r"|Dans (?:ce|cet"
        r"|cette|ces|les deux) |[AÀ] (?:ce|cet|cette|ces|son tour)|Pour (?:cela|ce|cette|ces)|Ensuite|Puis|Enfin"
        r"|Finalement"
        r"|Ici|L[aà]|Y|Les deux|D[’']autres|Un autre|Une autre|Autrement|Sinon|Oui|Non|Bref|Tel(?:le|s|les)?"
        r"|(?:Le|La|Les) (?:m[eê]mes?|premi[eè]re?s?|seconde?s?|deuxi[eè]me|derni[eè]re?s?|autres?|suivante?s?"
        r"|pr[eé]c[eé]dente?s?))"
        r"\b"
    ),
    points_back=re.compile(
        r"\b(?:celui-ci|celle-ci|ceux-ci|celles-ci|cela|celui|celles?|ceux|ils?(?! (?:faut|y a))|elles?|leurs?|aussi"
        r"|[eé]galement)\b",
        re.IGNORECASE,
    ),
    order=re.compile(
        r"^(?:(?:D[’']abord|Tout d[’']abord|Ensuite|Puis|Maintenant|Enfin|Pour finir),? )?(?:Ne "
        r"|N[’'])?\w+ez\b(?! (?:pas )?que)"
        r"(?!.*\?)",
        re.IGNORECASE,
    ),
    advice=re.compile(
        r"^(?:Il faut|Il est (?:important|pr[eé]f[eé]rable|conseill[eé]) de|Vous devez|Vous devriez) "
    ),
    idle=re.compile(
        r"(?i)\bexemples?\b|^(?:Ensuite|Puis|Maintenant|Enfin|Pour finir)\b|^(?:Notez|Imaginez|Rappelez)\b"
    ),
    sequence=re.compile(r"^(?:D[’']abord|Tout d[’']abord|Ensuite|Puis|Maintenant|Enfin|Pour finir)\b"),
    fact=re.compile(r"(?:Le|La|Les|Une?|Des|Chaque|Tous|Toutes?|Il|Elle|L[’'])"),
    condition=re.compile(r"(?:Si|Quand|Lorsque|Tant que|Jusqu|Parfois|En g[eé]n[eé]ral|\w+ez)\b"),
    defines=re.compile(
        r"^(?P<term>(?:Le |La |Les |L[’']|Une? )?[^\W\d_][\w’-]*(?: [\w’-]+){0,3}?) (?P<verb>est|sont|signifie"
        r"|consiste en)"
        r" (?P<rest>(?:une?|le|la|les|l[’']|ce qui|tout)(?:\b|(?<=[’'])).+)$"
    ),
    no_term=re.compile(
        r"(?i)\b(?:ce(?:tte|t|s|la)?|il|elle|ici|l[aà]|qui|que|quoi|quel\w*|on|nous|vous|si|quand|o[uù]|but"
        r"|probl[eè]me|raison"
        r"|r[eé]sultat|point|id[eé]e|chose|premi\w+|prochain\w*|dernier\w*|autres?|plupart|m[eê]me|seule?|question"
        r"|exemple"
        r"|objectif|avantage|diff[eé]rence|meilleur\w*|en|pour|avec|et|ou|par|[aà]|dans|ne)\b"
    ),
    plural=frozenset({"sont"}),
    weighty=re.compile(
        r"\b(?:doit|doivent|il faut|jamais|toujours|important\w*|essentiel\w*|parce que|car|signifie"
        r"|n[eé]cessaire\w*|permet\w*"
        r"|aide\w*)\b",
        re.IGNORECASE,
    ),
    example=re.compile(r"\b(?:par exemple|p\. ?ex\.|imaginez|supposons)", re.IGNORECASE),
    label=re.compile(
        r"^(?:Attention|Avertissement|Danger|Important|Note|Remarque|Conseil|Astuce|Rappel|À noter|NB|N\.B\.)"
        r"(?:\s?[:!.–—-]\s*|\s+)(?=[A-ZÀÂÇÉÈÊËÎÏÔÙÛ«])"
    ),
    generic=re.compile(
        r"(?i)^(?:d[eé]finitions?|pr[eé]face|avant-propos|introduction|aper[cç]u|r[eé]sum[eé]|description"
        r"|g[eé]n[eé]ralit[eé]s"
        r"|notes?|contexte|d[eé]tails|discussion|bases|conclusions?|exemples?|usage|but|objectifs?|conseils"
        r"|r[eé]sultats?"
        r"|m[eé]thodes?|pourquoi|comment|quoi)$"
    ),
)

LANGUAGE = Language(
    code="fr",
    quotes=("«\u00a0", "\u00a0»"),
    common=frozenset(
        "le la les de des et est une un dans que pour qui sur pas par plus au avec ce sont du il elle en ne se on"  # noqa: SIM905
        " son sa ses"
        " aux ou mais comme leur leurs cette ces tout tous toute si aussi peut peuvent être a ont fait sans entre"
        " bien deux"
        " même très dont où quand nous vous ils elles après avant chaque lorsque encore puis l d qu n s".split()
    ),
    phrases=PHRASES,
    signs=SIGNS,
)
