"""Words for large numbers: 1.5 million, 1,5 Mio., 150万, 15 लाख. Pure.

A billion is a thousand millions here and a million millions there, so each language has its own.
"""

import re
from collections.abc import Mapping
from functools import cache

from momentum.catalog.domain.normalization import plain

_WORDS: Mapping[str, Mapping[int, str]] = {
    "en": {3: "thousand", 5: "lakh lakhs", 6: "million mn mln mio", 7: "crore crores", 9: "billion bn",
           12: "trillion tn"},
    "de": {3: "tausend tsd", 6: "million millionen mio", 9: "milliarde milliarden mrd", 12: "billion billionen bio"},
    "es": {3: "mil", 6: "millón millones", 9: "mil_millones", 12: "billón billones"},
    "fr": {3: "mille", 6: "million millions mio", 9: "milliard milliards mrd", 12: "billion billions"},
    "it": {3: "mila mille", 6: "milione milioni mln", 9: "miliardo miliardi mld", 12: "bilione bilioni"},
    "nl": {3: "duizend", 6: "miljoen mln", 9: "miljard mld", 12: "biljoen"},
    "pt": {3: "mil", 6: "milhão milhões", 9: "bilhão bilhões mil_milhões", 12: "trilhão trilhões"},
    "pl": {3: "tys tysiąc tysiące tysięcy", 6: "mln milion miliony milionów", 9: "mld miliard miliardy miliardów"},
    "tr": {3: "bin", 6: "milyon", 9: "milyar", 12: "trilyon"},
    "ru": {3: "тыс тысяча тысячи тысяч", 6: "млн миллион миллиона миллионов", 9: "млрд миллиард миллиарда миллиардов"},
    "uk": {3: "тис тисяча тисячі тисяч", 6: "млн мільйон мільйони мільйонів", 9: "млрд мільярд мільярди мільярдів"},
    "hi": {3: "हज़ार हजार", 5: "लाख", 7: "करोड़", 9: "अरब"},
    "ja": {3: "千", 4: "万", 7: "千万", 8: "億", 12: "兆"},
    "zh": {3: "千", 4: "万 萬", 6: "百万 百萬", 7: "千万 千萬", 8: "亿 億", 12: "兆 万亿 萬億"},
    "ko": {3: "천", 4: "만", 6: "백만", 7: "천만", 8: "억", 12: "조"},
}  # fmt: skip
# They stand between the word and what is counted: un million d'euros.
_OF = re.compile(r"(?:de |d'|di |of |von |van )")
_UNSPACED = {"ja", "zh", "ko"}


def multiplied(unit: str, language: str) -> tuple[int, str]:
    """Return by how much what stands after a figure multiplies it, and what is left of it: the unit, or more digits.

    It is (1, unit) for whatever isn't a word for a large number in this language.
    """
    base = language.partition("-")[0].lower()
    for word, power in _words(base):
        found = re.match(rf"{re.escape(word)}\.?(?P<rest>.*)", unit, re.IGNORECASE)
        if found and (base in _UNSPACED or not found["rest"][:1].isalpha()):
            rest = found["rest"].strip()
            return 10**power, rest[len(of[0]) :] if (of := _OF.match(rest)) else rest
    return 1, unit


@cache
def _words(language: str) -> list[tuple[str, int]]:
    """Return the words with their powers of ten, the longest first."""
    table = _WORDS.get(language, _WORDS["en"])
    pairs = [(word.replace("_", " "), power) for power, words in table.items() for word in words.split()]
    return sorted(((plain(word), power) for word, power in pairs), key=lambda pair: -len(pair[0]))
