"""Which language a text is in, as far as the extractive writer needs to know."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

# The commonest words tell languages apart well enough on a page of text.
_COMMON: Final = {
    "en": "the of and to in is that for it with as are be this on by you not or an from which have",
    "de": "der die und das ist nicht ein eine zu den mit von sich auf für dem des auch es im werden",
    "fr": "le la les de des et est une un dans que pour qui sur pas par plus au avec ce sont du",
    "es": "el la los las de y que en un una es por para con no se del su como más al lo",
    "it": "il la di che e un una per non con sono del della le si dei più come da nel gli",
    "nl": "de het een en van is dat niet in te op voor met zijn aan er ook als bij door maar",
    "pt": "o a os as de e que em um uma é por para com não se do da mais como dos no na",
    "pl": "i w na z nie że się do jest o jak to po od za przez ale są oraz dla",
    "sv": "och att det som en på är av för med den till inte om ett har de var men",
    "da": "og at det som en på er af for med den til ikke om et har de var men vi",
}
# The languages pysbd can cut into sentences.
SEGMENTED: Final = frozenset(
    "en hi mr zh es am ar hy bg ur ru pl fa nl da fr my el it ja de kk sk".split()  # noqa: SIM905
)
_SETS: Final = {code: frozenset(words.split()) for code, words in _COMMON.items()}


def detect(text: str, default: str = "en") -> str:
    """The language's two-letter code, or `default` when the text is too short or unknown."""
    words = re.findall(r"[^\W\d_]+", text[:60_000].casefold())
    counts = Counter(words)
    scores = {code: sum(counts[word] for word in common) for code, common in _SETS.items()}
    best = max(scores, key=lambda code: (scores[code], code == default))
    return best if scores[best] > 0.08 * len(words) else default


def stop_words(language: str) -> frozenset[str]:
    """The commonest words of a language; empty for one that is not known."""
    return _SETS.get(language, frozenset())
