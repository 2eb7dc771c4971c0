"""What a document is called: by its own metadata, its first page, or else its file's name."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

_EXTENSION: Final = re.compile(
    r"(?i)\.(?:pdf|docx?|dotx?|pptx?|potx?|ppsx?|xlsx?|odt|odp|ods|odg|rtf|txt|md|tex|dvi|ps|eps|indd|indt|qxd|qxp"
    r"|pages|key|numbers|html?|xml|xps|cdr|ai|psd|pub|vsdx?|csv|epub|wpd|fm|book|lyx|typ|jpe?g|png|tiff?)$"
)
# What programs, printers and scanners put where a title should be.
_PROGRAM: Final = re.compile(
    r"(?i)^microsoft (?:office )?(?:word|power ?point|excel|publisher|visio|access)\s*[-–—:].*"
    r"|^(?:(?:microsoft|adobe) )?(?:office|word|power ?point|excel|publisher|acrobat|indesign|quark\w*|(?:la)?tex"
    r"|(?:open|libre) ?office|google (?:docs?|slides|sheets)|canva|keynote)$"
    r"|^(?:(?:power ?point|google slides|keynote)\W*)?(?:presentation|präsentation|présentation|presentación"
    r"|apresentação|presentazione|presentatie|presentasjon|презентация|bildschirmpräsentation)\s*\W?\d*\W?$"
    r"|^(?:slide|folie|diapositiva|diapositive|dia|slajd|слайд|page|seite|página|sheet|blatt|layout|chapter|tmp|temp"
    r"|(?:new |neues |nouveau |nuevo )?(?:document|dokument|documento|документ)|doc|mappe|book|file|datei|scan\w*"
    r"|print\w*|druck\w*|job|image|img|untitled|unbenannt|ohne titel|sans titre|sin título|без названия"
    r"|title|titel|titre|título|no ?name|default|test|draft|entwurf|output|export|out|main|article|paper|manuscript"
    r"|template|vorlage|report|unknown|none|null|n/?a|about:blank|pdf)[\s_.#-]*\(?\d*\)?$"
    r"|^(?:untitled|\(?anonymous|scanned (?:by|from|at|with|doc\w*|image)|scan_|img[_-]|dsc[_-]|crystal reports)"
    r"|^full page (?:photo|print)|^\(.*\)$"
)
# A title of nothing but these is a program's, or a step on a document's way.
_PROGRAM_WORDS: Final = """
microsoft office word powerpoint excel publisher adobe acrobat pdf pdfcreator pdftex latex
libreoffice openoffice google docs slides writer impress print job printout druckauftrag new neu
neues nouveau nuevo nuova nuovo novo document documento dokument documents doc presentation
presentación apresentação présentation präsentation presentazione presentatie final finale
endfassung version draft entwurf copy kopie copia copie of von de di du template vorlage plantilla
modèle title titel titre título your paper report untitled scan page sheet the a an my
"""
_SAID_BY_PROGRAMS: Final = frozenset(_PROGRAM_WORDS.split())
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def title_of(metadata: str, shown: str, opening: str, file_name: str) -> str:
    """Return the title, or nothing where there is none to be trusted.

    `metadata` is what the file claims, `shown` what its first page shows largest, `opening` the words of its
    first pages.
    """
    stem = _stem(file_name)
    if _is_title(metadata, stem) and (not shown or _is_told(metadata, f"{opening} {shown}")):
        return metadata
    return shown


def name_of(title: str, file_name: str) -> str:
    """Return what to cite the document by: its title, or its file's name as one would write it."""
    if title:
        return title
    stem = re.sub(r"(?<=\S)\s*\(\d{1,2}\)$", "", _stem(file_name))  # the second download of a file
    words = re.sub(r"(?:[\s_]|(?<!\d)-|-(?!\d))+", " ", stem).strip()
    if words.isupper() and len(words) > 4:
        words = words.lower()
    return f"{words[:1].upper()}{words[1:]}" or "Untitled"


def _stem(file_name: str) -> str:
    stem = re.split(r"[/\\]", unquote(file_name))[-1]
    while _EXTENSION.search(stem):
        stem = _EXTENSION.sub("", stem)
    return stem


def _is_title(text: str, stem: str) -> bool:
    if len(text) < 4 or (not _WORD.search(text) and not re.search(r"[^\x00-\u024f]{2}", text)):
        return False
    if (
        _PROGRAM.match(text.strip())
        or _EXTENSION.search(text)
        or re.search(r"[\\]|://|^[a-z]:", text, re.IGNORECASE)
    ):
        return False
    if all(
        word in _SAID_BY_PROGRAMS or re.fullmatch(r"v?\d*", word)
        for word in re.split(r"[\W_]+", text.casefold())
    ):
        return False
    if _plain(text) == _plain(stem):
        return False
    # One run of letters with digits or underscores in it is a file's name, or a number of some office.
    return " " in text.strip() or not re.search(r"[\d_]|[a-z][A-Z]|-.*-", text)


def _is_told(text: str, opening: str) -> bool:
    """Whether the first pages speak of what the metadata calls the document; a template's title they don't."""
    words = {word.casefold() for word in _WORD.findall(text)}
    seen = opening.casefold()
    return not words or 2 * sum(word in seen for word in words) >= len(words)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
