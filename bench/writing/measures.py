"""What a course is worth, counted: pure functions over the document it was written from and the course itself.

They look at what a reader would see, and know nothing of how the writer chose it, so that a writer can't be right by
its own lights alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from bench.writing.course import Course
from momentum.providers.documents import Document
from momentum.providers.language.writing import count_words, writes_without_spaces
from momentum.providers.writer import LessonDraft, Question, Sentence

_FEWEST_WORDS = 4  # of what is taken for a sentence of the document
_FEWEST_LETTERS, _ALIKE = (
    5,
    8,
)  # of a sentence before an aside; that the aside and what follows may begin with alike
_ASIDE = 80  # letters of the longest
_SECTION_WORDS = 60  # of a section that a course may be expected to show
# What an editor takes out of a sentence, and what is never compared: marks of notes and works, asides, punctuation.
_LOST = re.compile(r"\[[^\[\]]{1,60}\]|\((?:[^()]|\([^()]{0,30}\)){1,140}\)|[¹²³⁴-⁹⁰]")
_LEADER = re.compile(r"(?:\.\s?){5,}|…{2,}")  # of a table of contents, which is no text
_LETTERS = re.compile(r"[\W_]+")
_POINTS_AWAY = re.compile(
    r"(?i)\b(?:see|cf\.|siehe|vgl\.|voir|véase|ver|vedi|consulte|zie)\s+(?:also |auch |aussi |también |anche |ook )?"
    r"(?:section|chapter|appendix|page|table|figure|abschnitt|kapitel|seite|tabelle|abbildung|la section|le chapitre"
    r"|la sección|el capítulo|la sezione|il capitolo|a secção|o capítulo|paragraaf|hoofdstuk)\b"
    r"|\b(?:sections?|chapters?|appendix|abschnitte?n?|kapiteln?|chapitres?|secci[oó]n(?:es)?|cap[ií]tulos?|sezion[ei]"
    r"|capitol[oi]|se[cç][aã]o|hoofdstuk|paragraaf)\s+\d"
    r"|\b(?:in this|in diesem|dans ce|en este|in questo|neste) (?:chapter|section|kapitel|abschnitt|chapitre|capítulo"
    r"|capitolo)\b|\b(?:described|shown|listed|mentioned) (?:above|below)\b|第\s*[\d.]+\s*[章节節]"
)
_PAGE = re.compile(
    r"(?i)\b(?:pages?|seiten?|páginas?|pagin[ae]|pagina's?|p\.)\s*\d|第?\s*\d+\s*(?:ページ|页|頁)"
)
_NO_TITLE = re.compile(
    r"(?i)\b(?:part|teil|partie|parte|deel)\s+\d|\(\d+\)|^(?:day|tag|jour|día|giorno)\s+\d|^\d"
)


@dataclass(frozen=True)
class Measured:
    """Shares are between 0 and 1, and None where nothing could be counted.

    `words` are those of the shortest day, of the one in the middle, and of the longest.
    """

    days: int
    words: tuple[int, int, int]
    kept: float | None
    headings: float | None
    found: float | None
    pages: float | None
    key_points: float | None
    one_answer: float | None
    answerable: float | None
    dangling: int
    repeated: int
    sentence_words: float
    titles: float
    doable: float | None
    questions: int
    tables: int
    figures: int
    seconds: float
    megabytes: float


def measure(course: Course) -> Measured:
    """Count what became of the document."""
    text = _Text(course.document)
    bodies = [_Body(lesson) for lesson in course.lessons]
    sentences = [one for body in bodies for one in body.sentences]
    grounded = [one for body in bodies for one in body.grounded]
    found = [(page, key) for page, key in grounded if _stands(key, text.all)]
    questions = [
        (one, body) for lesson, body in zip(course.lessons, bodies, strict=True) for one in lesson.questions
    ]
    actions = [one for lesson in course.lessons for one in lesson.action_items]
    points = [
        (one, body) for lesson, body in zip(course.lessons, bodies, strict=True) for one in lesson.key_points
    ]
    sizes = sorted(lesson.words for lesson in course.lessons)
    blocks = [block for lesson in course.lessons for section in lesson.sections for block in section.blocks]
    return Measured(
        days=len(course.lessons),
        words=(sizes[0], int(median(sizes)), sizes[-1]),
        kept=text.kept(key for _, key in grounded),
        headings=text.headings(key for _, key in grounded),
        found=_share(len(found), len(grounded)),
        pages=_share(sum(text.stands_on(page, key) for page, key in found), len(found)),
        key_points=_share(sum(_key(one.text) in body.all for one, body in points), len(points)),
        one_answer=_share(sum(_has_one_answer(one, body) for one, body in questions), len(questions)),
        answerable=_share(sum(_is_answerable(one, body) for one, body in questions), len(questions)),
        dangling=sum(bool(_POINTS_AWAY.search(one)) for one in sentences),
        repeated=sum(count - 1 for key, count in Counter(map(_key, sentences)).items() if len(key) > 30),
        sentence_words=sum(map(count_words, sentences)) / max(len(sentences), 1),
        titles=_telling(course),
        doable=_share(sum(not _PAGE.search(f"{one.text} {one.note}") for one in actions), len(actions)),
        questions=len(questions),
        tables=sum(block.kind == "table" for block in blocks),
        figures=sum(block.kind == "figure" for block in blocks),
        seconds=course.reading_seconds + course.writing_seconds,
        megabytes=course.megabytes,
    )


class _Text:
    """The document, page by page, as letters alone."""

    def __init__(self, document: Document) -> None:
        self._pages = {page.number: _key(page.text) for page in document.pages}
        self.all = "".join(_key(block.shown) for block in document.blocks)
        self._document = document

    def stands_on(self, page: int, key: str) -> bool:
        """Say whether it stands on that page, or begins there."""
        return _stands(key, self._pages.get(page, "") + self._pages.get(page + 1, ""))

    def kept(self, keys: Iterable[str]) -> float | None:
        """Return which share of the words of the document's sentences is in the course."""
        usable = kept = 0
        shown = [key for key in set(keys) if key]
        for key, words in self._sentences():
            usable += words
            kept += min(words, sum(len(one) for one in shown if one in key) * words // max(len(key), 1))
        return _share(kept, usable)

    def _sentences(self) -> Iterator[tuple[str, int]]:
        """Yield the letters and the number of words of each paragraph and item, whole where a page's end cut it."""
        texts: list[str] = []
        for block in self._document.blocks:
            if block.kind not in {"paragraph", "item", "step", "quotation", "note"} or _LEADER.search(
                block.text
            ):
                continue
            if block.goes_on and texts:
                texts[-1] = f"{texts[-1]} {block.text}"
            else:
                texts.append(block.text)
        for text in texts:
            if (words := count_words(text)) >= _FEWEST_WORDS:
                yield _key(text), words

    def headings(self, keys: Iterable[str]) -> float | None:
        """Return which share of the document's outer sections has a sentence in the course."""
        shown = set(keys)
        sections: list[tuple[int, str]] = []
        for block in self._document.blocks:
            if block.kind == "heading" and block.level <= 1:
                sections.append((0, ""))
            elif sections:
                words, text = sections[-1]
                sections[-1] = (words + count_words(block.text), text + _key(block.text))
        large = [text for words, text in sections if words >= _SECTION_WORDS]
        return _share(sum(any(one in text for one in shown) for text in large), len(large))


class _Body:
    """A lesson's text: its sentences, and those with the page that they name."""

    def __init__(self, lesson: LessonDraft) -> None:
        pages = {passage.number: passage.page for passage in lesson.passages}
        claims = list(_claims(lesson))
        self.sentences = [one.text for one in claims]
        self.grounded = [(pages[one.passage], _key(one.text)) for one in claims if one.passage in pages]
        self.all = "".join(map(_key, self.sentences))


def _claims(lesson: LessonDraft) -> Iterator[Sentence]:
    for section in lesson.sections:
        for block in section.blocks:
            yield from (one for one in block.claims if block.kind != "code")


def _has_one_answer(question: Question, body: _Body) -> bool:
    """Say whether what proves the right answer, as the explanation quotes it, proves no wrong one."""
    proof = _key(question.explanation)
    if question.kind == "order":
        return len(set(question.choices)) == len(question.choices)
    if question.kind == "short":
        return any(_key(one) in proof for one in question.accepted)
    right = [_key(question.choices[at]) for at in question.answer]
    wrong = [_key(one) for at, one in enumerate(question.choices) if at not in question.answer]
    if len(wrong) == 1 and not any(one in proof for one in [*right, *wrong]):  # true or false
        return bool(proof)
    return all(one in proof for one in right) and not any(one in proof for one in wrong)


def _is_answerable(question: Question, body: _Body) -> bool:
    """Say whether the day's text holds what answers it: what is quoted as the reason, or the answers themselves."""
    quotes = re.findall(r"[“«„「『\"‘](.{8,}?)[”»“」』\"’]", question.explanation)
    if any(_key(quote) in body.all for quote in quotes):
        return True
    answers = question.accepted or [question.choices[at] for at in question.answer]
    return all(_key(one) in body.all for one in answers)


def _telling(course: Course) -> float:
    """Return the share of the days whose title is theirs alone, and says a word that their text says."""
    titles = [lesson.title for lesson in course.lessons]
    same = Counter(map(_key, titles))
    good = 0
    for lesson in course.lessons:
        said = _key(" ".join(one.text for one in _claims(lesson)))
        words = [
            word for word in re.findall(r"[^\W\d_]+", lesson.title) if len(word) > 3 or not word.isascii()
        ]
        tells = any(_is_said(_key(word), said) for word in words)
        good += same[_key(lesson.title)] == 1 and tells and not _NO_TITLE.search(lesson.title)
    return good / len(titles)


def _key(text: str) -> str:
    return _LETTERS.sub("", _LOST.sub("", text)).casefold()


def _is_said(word: str, text: str) -> bool:
    """Say whether the text has the word, or one that begins as it does; where no spaces are, a part of it."""
    if not writes_without_spaces(word[:1]):
        return word[:6] in text
    return any(word[at : at + 4] in text for at in range(max(1, len(word) - 3)))


def _stands(key: str, text: str) -> bool:
    """Say whether it is in the text, perhaps without an aside: ", as described in Section 5," may be gone, once."""
    if key in text:
        return True
    cut = next((at for at in range(len(key) - 1, _FEWEST_LETTERS, -1) if key[:at] in text), 0)
    for at in range(cut, max(cut - _ALIKE, 0), -1):
        begun = text.find(key[:at])
        if begun >= 0 and key[at:] in text[begun + at : begun + len(key) + _ASIDE]:
            return True
    return False


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
