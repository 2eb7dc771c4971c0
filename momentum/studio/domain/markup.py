"""From a draft, sentence by sentence, to what the catalogue stores. Pure: nothing is saved here."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from momentum.catalog.actions import LessonFields
from momentum.catalog.models import LessonStatus, QuestionKind
from momentum.catalog.schemas import (
    ActionItemEntry,
    LessonFile,
    QuestionEntry,
    ResourceEntry,
    SourceEntry,
)
from momentum.providers.writer import LessonDraft, Passage, Question, Sentence

_LIST = {"bullet": "ul", "step": "ol"}


def lesson_html(draft: LessonDraft) -> str:
    """Return the lesson's text as HTML, with a superscript number where a sentence rests on a passage.

    A number stands once at the end of a run of sentences that rest on the same passage.
    """
    known = {passage.number for passage in draft.passages}
    parts = []
    for section in draft.sections:
        parts.append(f"<h2>{escape(section.heading, quote=False)}</h2>")
        for paragraph in section.paragraphs:
            for item, run in groupby(paragraph, key=lambda sentence: sentence.item):
                parts.append(_block(list(run), item, known))
    return "".join(parts)


def _block(sentences: Sequence[Sentence], item: str | None, known: set[int]) -> str:
    if item is None:
        return f"<p>{_run(sentences, known)}</p>"
    items = "".join(f"<li>{_run([sentence], known)}</li>" for sentence in sentences)
    return f"<{_LIST[item]}>{items}</{_LIST[item]}>"


def _run(sentences: Sequence[Sentence], known: set[int]) -> str:
    texts = []
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1].passage if place + 1 < len(sentences) else None
        text = escape(sentence.text, quote=False)
        number = sentence.passage
        if number is not None and number in known and number != following:
            text += f'<sup class="cite"><a href="#source-{number}">{number}</a></sup>'
        texts.append(text)
    return " ".join(texts)


def lesson_file(draft: LessonDraft, *, preview: bool = False) -> LessonFile:
    """Return the draft as the catalogue takes a lesson: a draft there too, until a person has read it."""
    return LessonFile(
        title=clip(draft.title, 160),
        summary=clip(draft.summary, 400),
        minutes=min(max(draft.minutes, 1), 240),
        preview=preview,
        status=LessonStatus.DRAFT,
        key_points=[point.text for point in draft.key_points],
        action_items=[
            ActionItemEntry(text=clip(item.text, 400), note=clip(item.note, 400))
            for item in draft.action_items
        ],
        resources=[
            ResourceEntry(title=clip(item.title, 200), url=_url(item.url)) for item in draft.resources
        ],
        questions=[_question(question) for question in draft.questions],
        sources=[
            SourceEntry(
                number=passage.number,
                title=clip(passage.document, 300),
                page=passage.page,
                page_label=_label(passage),
                quote=passage.text,
            )
            for passage in draft.passages
        ],
        content=lesson_html(draft),
    )


def lesson_fields(draft: LessonDraft) -> LessonFields:
    """Return the same as what `catalog.actions.edit_lesson` takes."""
    entry = lesson_file(draft)
    return LessonFields(
        title=entry.title,
        summary=entry.summary,
        content=entry.content,
        key_points=list(entry.key_points),
        minutes=entry.minutes,
        action_items=entry.action_items,
        resources=entry.resources,
        questions=entry.questions,
        sources=entry.sources,
    )


def paragraphs_html(text: str) -> str:
    """Return plain text, its paragraphs separated by blank lines, as HTML."""
    paragraphs = (" ".join(block.split()) for block in text.split("\n\n"))
    return "".join(f"<p>{escape(block, quote=False)}</p>" for block in paragraphs if block)


def clip(text: str, limit: int) -> str:
    """Return the text on one line, cut after a whole word where it is too long."""
    line = " ".join(text.replace("\0", "").split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def _question(question: Question) -> QuestionEntry:
    kind = QuestionKind(question.kind)
    return QuestionEntry(
        kind=kind,
        prompt=clip(question.prompt, 500),
        choices=list(question.choices),
        answer=list(question.accepted) if kind == QuestionKind.SHORT else list(question.answer),
        explanation=clip(question.explanation, 1000),
        page=question.page,
        page_label=_label(question),
    )


def _label(part: Passage | Question) -> str:
    """Return what is printed on the page, where that isn't its number."""
    return "" if part.label == str(part.page) else clip(part.label, 20)


def _url(url: str) -> str:
    """Return the address if a browser may follow it, else nothing: the title stays."""
    fits = url.startswith(("http://", "https://")) and len(url) <= 500
    return url if fits and not any(sign in url for sign in ' <>"\n\t\r') else ""
