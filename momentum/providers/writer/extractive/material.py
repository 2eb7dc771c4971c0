"""All references of a course as one run of units, with what is needed to rank and to cut them."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sklearn.feature_extraction.text import TfidfVectorizer

from momentum.providers.language.names import language_name
from momentum.providers.writer import WriterError
from momentum.providers.writer.extractive import languages
from momentum.providers.writer.extractive import source as cutting
from momentum.providers.writer.extractive.units import Heading, Piece, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer.extractive.languages.language import Language

_KEPT = 6
_LETTERS = r"(?u)\b[^\W\d_][\w'’-]+\b"
# A word of the text, and not a part of a path, a file's name or an address.
_WORD = re.compile(r"(?<![\w/.@-])[^\W\d_][\w’'-]*(?![/@]|\.\w)")


@dataclass(slots=True)
class Material:
    """Units in reading order, the headings above them, and a TF-IDF row for every piece.

    `bare_pages` and `incomplete` are by document; `foreign` are paragraphs in another language.
    """

    documents: list[Document]
    units: list[Unit]
    headings: list[Heading]
    pieces: list[Piece]
    language: Language
    bare_pages: list[tuple[int, list[int]]]
    incomplete: list[tuple[int, list[int]]]
    foreign: int
    vectorizer: TfidfVectorizer | None
    rows: Any  # scipy sparse matrix, one row a piece
    lower: Counter[str]
    upper: Counter[str]
    capitals: Counter[str]

    def unit_pieces(self, start: int, end: int) -> list[Piece]:
        """The pieces of the units from `start` up to `end`."""
        return [piece for unit in self.units[start:end] for piece in unit.pieces]

    def label(self, document: int, page: int) -> str:
        """What is printed on a page."""
        pages = self.documents[document].pages
        # Pages are counted from 1 and none is left out, but a caller may have made others.
        if page <= len(pages) and pages[page - 1].number == page:
            return pages[page - 1].label
        return next((one.label for one in pages if one.number == page), str(page))

    def place(self, document: int, first: int, last: int | None = None) -> str:
        """Say "page 3" or "pages 3 to 5" of a document, as they are printed."""
        end = first if last is None else last
        return self.language.place(self.label(document, first), self.label(document, end))

    def place_of(self, piece: Piece) -> str:
        """Say on which page a piece stands."""
        return self.place(piece.document, piece.page)


class _Kept[T]:
    """The last few answers, by fingerprint; worker threads share them."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> T | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: str, answer: T) -> T:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return answer


_materials: _Kept[Material] = _Kept()
_reading = threading.Lock()


def gather(references: Sequence[Document]) -> Material:
    """The material of these references; the last few are kept in the process.

    Raises:
        WriterError: where they are in a language that the writer doesn't write in.
    """
    key = hashlib.sha256("\0".join(doc.model_dump_json() for doc in references).encode()).hexdigest()
    with _reading:  # lessons are written in parallel: one thread reads, the others wait for its answer
        return _materials.get(key) or _materials.put(key, _gather(references))


def _gather(references: Sequence[Document]) -> Material:
    language = _language(references)
    units: list[Unit] = []
    headings: list[Heading] = []
    bare: list[tuple[int, list[int]]] = []
    incomplete: list[tuple[int, list[int]]] = []
    foreign = 0
    several = len(references) > 1
    for number, document in enumerate(references):
        source = cutting.read(document, language)
        foreign += source.foreign
        if several:
            headings.append(Heading(len(units), 0, document.name, 1, number))
        for heading in source.headings:
            level = heading.level + several
            headings.append(Heading(heading.unit + len(units), level, heading.title, heading.page, number))
        for unit in source.units:
            unit.document = number
        units.extend(source.units)
        if source.bare_pages:
            bare.append((number, source.bare_pages))
        if source.incomplete:
            incomplete.append((number, source.incomplete))
        for unit in source.units:
            for piece in unit.pieces:
                piece.document = number
    pieces = [piece for unit in units for piece in unit.pieces]
    for order, piece in enumerate(pieces):
        piece.order = order
    vectorizer, rows = _rows(pieces, language)
    lower, upper, capitals = _cases(pieces)
    return Material(
        list(references),
        units,
        headings,
        pieces,
        language,
        bare,
        incomplete,
        foreign,
        vectorizer,
        rows,
        lower,
        upper,
        capitals,
    )


def _language(references: Sequence[Document]) -> Language:
    """The language that most of their words are in."""
    words: Counter[str] = Counter()
    for document in references:
        # A language without spaces has fewer words than letters would make of it.
        size = max(document.words, sum(len(page.text) for page in document.pages) // 12)
        words[languages.language_of(document).partition("-")[0].casefold()] += size
    code = words.most_common(1)[0][0]
    language = languages.find(code)
    if language is not None:
        return language
    named = [f"“{doc.name}”" for doc in references if languages.language_of(doc).startswith(code)]
    known = languages.names()
    raise WriterError(
        "language_unsupported",
        f"The built-in writer can't write in {language_name(code)} yet, and that is the language of "
        f"{named[0] if len(named) == 1 else 'these references'}. It writes in {', '.join(known[:-1])} and {known[-1]}. "
        "For this language, choose a language model as the writer.",
    )


def _rows(pieces: list[Piece], language: Language) -> tuple[TfidfVectorizer | None, Any]:
    texts = [piece.text if piece.whole else "" for piece in pieces]
    stop: str | list[str] = "english" if language.code == "en" else sorted(language.common)
    vectorizer = TfidfVectorizer(
        stop_words=stop, sublinear_tf=True, token_pattern=_LETTERS, max_features=60_000
    )
    try:
        return vectorizer, vectorizer.fit_transform(texts)
    except ValueError:  # no words at all
        return None, None


def _cases(pieces: list[Piece]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each word stands in small letters, capitalised, and in capitals, inside sentences."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for piece in pieces:
        for word in _WORD.findall(piece.text)[1:]:
            case = lower if word[0].islower() else capitals if len(word) > 1 and word.isupper() else upper
            case[word.casefold()] += 1
    return lower, upper, capitals
