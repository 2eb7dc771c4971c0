"""All references of a course as one run of units, with what is needed to rank and to cut them."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sklearn.feature_extraction.text import TfidfVectorizer

from momentum.providers.writer.extractive import source as cutting
from momentum.providers.writer.extractive.language import stop_words
from momentum.providers.writer.extractive.source import Heading, Piece, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document

_KEPT = 6
_LETTERS = r"(?u)\b[^\W\d_][\w'’-]+\b"
# A word of the text, and not a part of a path, a file's name or an address.
_WORD = re.compile(r"(?<![\w/.@-])[^\W\d_][\w’'-]*(?![/@]|\.\w)")


@dataclass(slots=True)
class Material:
    """Units in reading order, the headings above them, and a TF-IDF row for every piece."""

    documents: list[Document]
    units: list[Unit]
    headings: list[Heading]
    pieces: list[Piece]
    language: str
    bare_pages: list[tuple[int, list[int]]]
    vectorizer: TfidfVectorizer | None
    rows: Any  # scipy sparse matrix, one row a piece
    lower: Counter[str]
    upper: Counter[str]
    capitals: Counter[str]

    def unit_pieces(self, start: int, end: int) -> list[Piece]:
        """The pieces of the units from `start` up to `end`."""
        return [piece for unit in self.units[start:end] for piece in unit.pieces]


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
    """The material of these references; the last few are kept in the process."""
    key = hashlib.sha256("\0".join(doc.model_dump_json() for doc in references).encode()).hexdigest()
    with _reading:  # lessons are written in parallel: one thread reads, the others wait for its answer
        return _materials.get(key) or _materials.put(key, _gather(references))


def _gather(references: Sequence[Document]) -> Material:
    units: list[Unit] = []
    headings: list[Heading] = []
    bare: list[tuple[int, list[int]]] = []
    languages: Counter[str] = Counter()
    several = len(references) > 1
    for number, document in enumerate(references):
        source = cutting.read(document)
        languages[source.language] += document.words
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
    pieces = [piece for unit in units for piece in unit.pieces]
    for order, piece in enumerate(pieces):
        piece.order = order
    language = languages.most_common(1)[0][0] if languages else "en"
    vectorizer, rows = _rows(pieces, language)
    lower, upper, capitals = _cases(pieces)
    return Material(
        list(references), units, headings, pieces, language, bare, vectorizer, rows, lower, upper, capitals
    )


def _rows(pieces: list[Piece], language: str) -> tuple[TfidfVectorizer | None, Any]:
    texts = [piece.text if piece.whole else "" for piece in pieces]
    stop: str | list[str] = "english" if language == "en" else sorted(stop_words(language))
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
