"""Plain text, words, and the language that they are in."""

import re
from html import unescape

from momentum.search.domain import ngrams

_TAG = re.compile(r"<[^>]*>")
_BETWEEN = re.compile(r"</(?:p|h[2-4]|li|td|th|blockquote|figcaption|pre)>|<br>")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]{3,30}")
# A headline marks what it found with these; no text may bring them along.
START, STOP = "\x02", "\x03"
_MARKS = str.maketrans("", "", START + STOP + "\0")

# What PostgreSQL itself can stem; everything else is compared word by word.
_STEMMED = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch",
    "en": "english", "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi",
    "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip
SIMPLE = "simple"
CONFIGS = frozenset({*_STEMMED.values(), SIMPLE})


def config_of(language: str) -> str:
    """Return the name of the PostgreSQL configuration for a language such as `en` or `pt-BR`."""
    return _STEMMED.get(language.lower().partition("-")[0], SIMPLE)


def plain(html: str) -> str:
    """Return stored rich text as one line of text."""
    text = _TAG.sub("", _BETWEEN.sub(" ", html)) if "<" in html else html
    return _SPACE.sub(" ", unescape(text).translate(_MARKS)).strip()


def spelling(text: str) -> set[str]:
    """Return the words that a query may be corrected to: letters only, in lower case, and no runs of several words."""
    return {word.lower() for word in _WORD.findall(ngrams.apart(text))}
