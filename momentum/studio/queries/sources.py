"""The page that a lesson cites, for whoever may read the lesson."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils.translation import gettext as _

from momentum.catalog.domain.citations import sentences_citing, sentences_in
from momentum.catalog.models import Course, Lesson, Source
from momentum.catalog.queries.sources import is_open
from momentum.core.errors import NotFoundError
from momentum.learning.permissions import Visitor
from momentum.learning.queries import lesson_page
from momentum.studio.domain.citations import marked
from momentum.studio.models import Reference

_BEGINNING = 60
# Of letters: what is shorter stands in too many places to be marked.
_SHORTEST = 8


@dataclass(frozen=True)
class CitedPage:
    """A page of a document that a lesson cites, and what of it the lesson says.

    `text` is the page's own, empty where the passage alone is shown: the document is gone, it has no pages, or what is
    quoted isn't on the page any more. `others` are the numbers of the lesson's sources that may be seen, in order.
    """

    lesson: Lesson
    source: Source
    others: list[int]
    reference: Reference | None
    text: str

    @property
    def course(self) -> Course:
        return self.lesson.course

    @property
    def is_gone(self) -> bool:
        """Whether the document isn't stored any more."""
        return self.reference is None

    @property
    def is_pictured(self) -> bool:
        """Whether the page can be shown as it is printed."""
        return bool(self.text) and self.reference is not None and self.reference.format == "pdf"

    @cached_property
    def quotes(self) -> list[str]:
        """What is marked: the sentences of the lesson that stand in the passage, or else all of it."""
        said = sentences_citing(self.lesson.content, self.source.number)
        passage = _letters(self.source.quote)
        standing = [one for one in said if len(_letters(one)) >= _SHORTEST and _letters(one) in passage]
        return standing or sentences_in(self.source.quote)

    @property
    def passage(self) -> list[tuple[str, bool]]:
        """The passage in parts, each with whether the lesson says it."""
        return marked(self.source.quote, self.quotes)

    @property
    def paragraphs(self) -> list[list[tuple[str, bool]]]:
        """The text of the page, each paragraph as `passage`."""
        return [marked(part, self.quotes) for part in self.text.split("\n\n") if part.strip()]

    @property
    def previous(self) -> int | None:
        """The source before this one among those of the lesson that may be seen."""
        return next((number for number in reversed(self.others) if number < self.source.number), None)

    @property
    def next(self) -> int | None:
        return next((number for number in self.others if number > self.source.number), None)


def cited_page(*, user: Visitor, slug: str, day: int, number: int) -> CitedPage:
    """Find what a lesson cites by this number, as the lesson is shown to this visitor.

    Raises:
        NotFoundError: when the lesson cites nothing by that number, or learners may not see it.
        NotFoundError, SignInRequiredError, ForbiddenError, GoneError: as the page of the lesson.
    """
    lesson = lesson_page(user=user, slug=slug, day=day).lesson
    sources = {source.number: source for source in lesson.sources.all()}
    source = sources.get(number)
    # What is kept of a course in this process may be a moment old; the right is asked for anew.
    if source is None or not is_open(lesson.course, source.title):
        raise NotFoundError(_("Nothing that learners may see is cited here. It may have been so before."))
    titles = {*lesson.course.open_sources, source.title}
    others = sorted(one.number for one in sources.values() if one.title in titles)
    reference, text = _stands_in(lesson.course, source)
    return CitedPage(lesson, source, others, reference, text)


def _stands_in(course: Course, source: Source) -> tuple[Reference | None, str]:
    """Return the document that a source is from, and the text of its page where the passage stands on it."""
    found = Reference.everything.filter(job__course=course, text__document__name=source.title)
    found = found.order_by("-created_at")
    at: Any = KeyTransform("pages", "text__document")
    if source.page is None or source.page_unit != "page":
        return found.first(), ""
    page = KeyTextTransform("text", KeyTransform(str(source.page - 1), at))
    known = list(found.annotate(page_text=page))
    for reference in known:
        text = str(vars(reference)["page_text"] or "")
        if _holds(text, source.quote) and reference.file.storage.exists(str(reference.file.name)):
            return reference, text
    return next((one for one in known if one.file.storage.exists(str(one.file.name))), None), ""


def _holds(page: str, quote: str) -> bool:
    """Say whether the passage begins on the page; the rest may be on the next."""
    beginning = _letters(quote)[:_BEGINNING]
    return bool(beginning) and beginning in _letters(page)


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
