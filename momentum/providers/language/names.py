"""What languages are called."""

from __future__ import annotations

from typing import Final

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

# Those that can be detected and that Django has no name for.
_OTHERS: Final = {
    "am": "Amharic",
    "an": "Aragonese",
    "as": "Assamese",
    "dz": "Dzongkha",
    "fo": "Faroese",
    "gu": "Gujarati",
    "ht": "Haitian Creole",
    "ku": "Kurdish",
    "la": "Latin",
    "lo": "Lao",
    "mg": "Malagasy",
    "mt": "Maltese",
    "no": "Norwegian",
    "oc": "Occitan",
    "or": "Odia",
    "ps": "Pashto",
    "qu": "Quechua",
    "rw": "Kinyarwanda",
    "se": "Northern Sami",
    "si": "Sinhala",
    "tl": "Tagalog",
    "vo": "Volapük",
    "wa": "Walloon",
    "xh": "Xhosa",
    "yi": "Yiddish",
    "zh": "Chinese",
    "zu": "Zulu",
    "jv": "Javanese",
}


def language_name(code: str) -> str:
    """What the language of this code is called, in the active language; the code itself where nobody knows."""
    base = code.lower().partition("-")[0]
    known = LANG_INFO.get(code.lower()) or LANG_INFO.get(base) or {}
    name = _OTHERS.get(base) or known.get("name")
    return gettext(name) if name else code
