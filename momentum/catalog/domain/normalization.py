"""One spelling for what people type in many: the forms in which short answers are compared. Pure."""

import re
import unicodedata

# Whatever looks like a hyphen or a minus is one.
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃־"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′ʼʻ＇`´׳"), "'") | dict.fromkeys(map(ord, "“”„‟″«»＂״"), '"')
# Signs that keyboards lack, as people type them; and one letter where two keyboards give two.
_TYPED = str.maketrans(
    {"∶": ":", "♯": "#", "♭": "b", "×": "x", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "〜": "~", "٪": "%"}
    | {"ك": "ک", "ي": "ی"}
)
# They change how a letter looks: the Arabic stretch, and whether a sign is drawn as text or as an emoji.
_LOOKS = re.compile(r"[\u0640\ufe00-\ufe0f]")
_GROUPED_POWER = re.compile(r"\^\s*(?:\(\s*([+-]?\w+)\s*\)|\{\s*([+-]?\w+)\s*\})")
# The charge of an ion: nobody can type the raised sign.
_CHARGE = re.compile(r"(?<=[^\W_])\^(\d?[+-])(?!\w)")
_TIMES = re.compile(r"(?<=\d)\s*[*·⋅∙x]\s*(?=\d)")
_EARLY = re.compile(r"(?<!\d)0(?=\d:[0-5]\d)")
_ARTICLE = re.compile(r"(?:the|an?) (?=\S{2})")
_RAISED = set("0123456789+-=()ni")
# What ends a sentence, or stands around a word, without belonging to it.
_STOPS = ".,。、，．"
_ENDS = _STOPS + ";:!?…।॥؟،؛·"
_OPENS = "¿¡"
_PAIRS = {"(": ")", "[": "]", '"': '"', "'": "'", "「": "」", "『": "』", "‹": "›", "（": "）"}
_TURKIC = {"tr", "az"}
_HEBREW_POINTS = re.compile(r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_ARABIC_VOWELS = re.compile(r"[\u064b-\u0652\u0670]")
# A tone is typed before or after the circle that it stands above.
_THAI_TONE = re.compile("(\u0e4d)([\u0e48-\u0e4b])")
# Vietnamese sets the tone on either vowel at the end of a syllable: hoà and hòa.
_TONE = "[\u0300\u0301\u0303\u0309\u0323]"
_LATE_TONE = re.compile(rf"([ou])((?:(?<=o)[ae]|(?<=u)y))({_TONE})(?![^\W\d_])")
_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})")
_ABBREVIATION = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?")


def prepared(text: str) -> str:
    """Return the text in one form of Unicode, with one kind of digit, dash, quotation mark and space.

    Raised digits and fractions of one sign keep their meaning: “10³” is “10^3”, never “103”; “1½” is “1 1/2”.
    """
    spelled = "".join(_spelled(_LOOKS.sub("", text))).translate(_DASHES).translate(_QUOTES)
    composed = unicodedata.normalize("NFKC", spelled).translate(_DASHES).translate(_QUOTES).translate(_TYPED)
    signs = _THAI_TONE.sub(r"\2\1", " ".join("".join(map(_sign, composed)).split()))
    return _TIMES.sub("x", _GROUPED_POWER.sub(r"^\1\2", signs))


def plain(text: str, language: str = "en") -> str:
    """Return what of a text of words counts: no case, single spaces, nothing around it that ends a sentence."""
    found = _folded(prepared(text), language)
    found = _HYPHEN.sub(" ", _spaced(found))
    found = _EARLY.sub("", _CHARGE.sub(r"\1", found))
    if _ABBREVIATION.fullmatch(found):
        return found.replace(".", "")
    return _trimmed(found) or found


def without_article(text: str, language: str) -> str:
    """Return a plain text without the article before it, where the language's articles tell nothing: in English."""
    return (
        _ARTICLE.sub("", text, count=1)
        if language.partition("-")[0] == "en" and _ARTICLE.match(text)
        else text
    )


def without_marks(text: str) -> str:
    """Return the text without accents and whatever else stands above, below or in its letters."""
    parts = unicodedata.normalize("NFD", prepared(text))
    return "".join(sign for sign in parts if unicodedata.category(sign) != "Mn")


def pointed_alike(wanted: str, given: str) -> tuple[str, str]:
    """Return two plain texts without the points of Hebrew where only one has some: few people type them.

    The vowel signs of Arabic may be typed where none are wanted; where some are, they are what is asked.
    """
    if not _ARABIC_VOWELS.search(wanted):
        given = _ARABIC_VOWELS.sub("", given)
    if not (_HEBREW_POINTS.search(wanted) and _HEBREW_POINTS.search(given)):
        return _HEBREW_POINTS.sub("", wanted), _HEBREW_POINTS.sub("", given)
    return wanted, given


def bare(text: str) -> str:
    """Return the letters, marks and digits alone."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LMN")


def _spelled(text: str) -> "list[str]":
    out: list[str] = []
    raised = False
    for sign in text:
        kind = unicodedata.decomposition(sign).partition(" ")[0]
        spelled = unicodedata.normalize("NFKC", sign).translate(_DASHES)
        is_raised = kind == "<super>" and spelled in _RAISED
        if kind == "<fraction>":
            out.append(f" {spelled.replace('⁄', '/')} ")
        elif is_raised:
            out.append(spelled if raised else f"^{spelled}")
        else:
            out.append("/" if sign in "⁄∕" else sign)
        raised = is_raised
    return out


def _sign(sign: str) -> str:
    """Return a sign as it counts: digits of any script as ours, what can’t be seen not at all."""
    if unicodedata.category(sign) in {"Cf", "Cc"}:
        return " " if sign.isspace() else ""
    if sign == "٫":
        return "."
    if sign == "٬":
        return "'"
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


def _folded(text: str, language: str) -> str:
    if language.partition("-")[0] in _TURKIC:
        text = text.replace("I", "ı").replace("İ", "i")
    if language.partition("-")[0] == "vi":
        text = _LATE_TONE.sub(r"\1\3\2", unicodedata.normalize("NFD", text))
    # The dot that a Turkish İ leaves above an i says nothing elsewhere.
    return unicodedata.normalize("NFKC", text.casefold()).replace("i̇", "i")


def _spaced(text: str) -> str:
    """Leave out spaces beside signs: “1 : 4” is “1:4”."""
    out = ""
    for word in text.split():
        touches = not out or _is_sign(out[-1]) or _is_sign(word[0])
        out += word if touches else f" {word}"
    return out


def _trimmed(text: str) -> str:
    """Leave out what stands around words; signs around a single letter belong to it, full stops don’t."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters:
        return text
    is_word = len(letters) > 1 or unicodedata.category(letters[0]) == "Lo"
    before = ""
    while text and text != before:
        before = text
        if is_word:
            text = text.lstrip(_OPENS)
            if len(text) > 1 and _PAIRS.get(text[0]) == text[-1]:
                text = text[1:-1]
        text = text.rstrip(_ENDS if is_word else _STOPS)
    return text


def _is_sign(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"
