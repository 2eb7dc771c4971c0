"""All references of a course as one run of units, with what is needed to rank and to cut them."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sklearn.feature_extraction.text import TfidfVectorizer

from momentum.providers.language.names import language_name
from momentum.providers.writer import WriterError
from momentum.providers.writer.extractive import languages
from momentum.providers.writer.extractive import source as cutting
from momentum.providers.writer.extractive.structure import segments_of
from momentum.providers.writer.extractive.units import Heading, Piece, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer.extractive.languages.language import Language
    from momentum.providers.writer.extractive.structure import Segment

_KEPT = 6
_LETTERS = r"(?u)\b[^\W\d_][\w'’-]+\b"
# A word of the text, and not a part of a path, a file's name or an address; nor one that begins a sentence.
_WORD = re.compile(r"(?<![\w/.@-])(?<![.!?:;•] )(?<!^)[^\W\d_][\w’'-]*(?![/@]|\.\w)")


@dataclass(kw_only=True)
class Material:
    """Units in reading order and the headings above them.

    `dropped` is what could not stand in a lesson, by document, kind and page; `foreign` are paragraphs in another
    language. Sentences, and their TF-IDF rows, are made when they are first asked for.
    """

    documents: list[Document]
    units: list[Unit]
    headings: list[Heading]
    language: Language
    dropped: list[tuple[int, str, int]]
    foreign: int

    @cached_property
    def pieces(self) -> list[Piece]:
        """All sentences and items, in order; each knows its place and its document."""
        with _cutting:
            found: list[Piece] = []
            for unit in self.units:
                for piece in unit.pieces:
                    piece.order, piece.document = len(found), unit.document
                    found.append(piece)
            return found

    @cached_property
    def segments(self) -> list[Segment]:
        """The sections that the units stand in, in reading order."""
        return segments_of(self)

    @cached_property
    def vectorizer(self) -> TfidfVectorizer | None:
        """Knows the words of all units; None where there are none."""
        language = self.language
        stop: str | list[str] = "english" if language.code == "en" else sorted(language.common)
        # Where no spaces stand between words, pairs of letters say as much.
        made = (
            TfidfVectorizer(stop_words=stop, sublinear_tf=True, token_pattern=_LETTERS, max_features=60_000)
            if language.has_spaces
            else TfidfVectorizer(analyzer="char", ngram_range=(2, 2), max_features=60_000)
        )
        try:
            return made.fit([unit.text for unit in self.units])
        except ValueError:  # no words at all
            return None

    @cached_property
    def unit_rows(self) -> Any:  # noqa: ANN401 - scipy sparse matrix
        """A TF-IDF row for every unit."""
        return self.vectorizer.transform([unit.text for unit in self.units]) if self.vectorizer else None

    @cached_property
    def rows(self) -> Any:  # noqa: ANN401 - scipy sparse matrix
        """A TF-IDF row for every piece."""
        texts = [piece.text if piece.whole else "" for piece in self.pieces]
        return self.vectorizer.transform(texts) if self.vectorizer and texts else None

    @cached_property
    def _cases(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        return _cases(self.units)

    @property
    def lower(self) -> Counter[str]:
        """How often each word stands in small letters inside sentences."""
        return self._cases[0]

    @property
    def upper(self) -> Counter[str]:
        """How often with a capital."""
        return self._cases[1]

    @property
    def capitals(self) -> Counter[str]:
        """How often in capitals."""
        return self._cases[2]

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
        labels = self.label(document, first), self.label(document, end)
        return self.language.place(*labels, self.documents[document].unit)

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
_reading, _cutting = threading.Lock(), threading.Lock()


def gather(references: Sequence[Document]) -> Material:
    """The material of these references; the last few are kept in the process.

    Raises:
        WriterError: where there are none, or they are in a language that the writer doesn't write in.
    """
    if not references:
        raise WriterError(
            "no_references",
            "The built-in writer writes from references only. Add at least one document.",
        )
    key = hashlib.sha256("\0".join(doc.model_dump_json() for doc in references).encode()).hexdigest()
    with _reading:  # lessons are written in parallel: one thread reads, the others wait for its answer
        return _materials.get(key) or _materials.put(key, _gather(references))


def _gather(references: Sequence[Document]) -> Material:
    language = _language(references)
    units: list[Unit] = []
    headings: list[Heading] = []
    dropped: list[tuple[int, str, int]] = []
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
        dropped += [(number, kind, page) for kind, page in source.dropped]
    return Material(
        documents=list(references),
        units=units,
        headings=headings,
        language=language,
        dropped=dropped,
        foreign=foreign,
    )


def _language(references: Sequence[Document]) -> Language:
    """The language that most of their words are in."""
    words: Counter[str] = Counter()
    for document in references:
        words[languages.language_of(document).partition("-")[0].casefold()] += max(document.words, 1)
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


def _cases(units: Sequence[Unit]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each word stands in small letters, capitalised, and in capitals, inside sentences."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for unit in units:
        if unit.kind in {"code", "figure", "formula"}:
            continue
        for block in unit.blocks:
            for word in _WORD.findall(block.text):
                case = lower if word[0].islower() else capitals if len(word) > 1 and word.isupper() else upper
                case[word.casefold()] += 1
    return lower, upper, capitals
