"""The writer that needs nothing: it chooses from the references, word for word, and never invents.

Read it in this order: `source` cuts a document into units, `structure` says which of them are matter for lessons,
`material` joins the references, `plan` divides them into days, `lesson` writes one day: `abridging` chooses what it
keeps, `cleaning` and `composition` set it down, `teaching` adds what a teacher would, with `checks` and `actions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.documents.notes import sentence
from momentum.providers.language.names import language_name
from momentum.providers.writer import (
    EXTRACTIVE,
    LessonBrief,
    LessonDraft,
    Outline,
    OutlineLesson,
    Written,
)
from momentum.providers.writer.extractive import lesson as lessons
from momentum.providers.writer.extractive import omissions, plan, titles
from momentum.providers.writer.extractive.material import Material, gather
from momentum.providers.writer.extractive.recap import has_recap
from momentum.providers.writer.extractive.review_notes import read_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer import Call, CourseRequest, SourceSpan

_OUTCOMES, _NAMED = 6, 3


class ExtractiveWriter:
    """Writes courses from references only; the same input always gives the same course."""

    name = EXTRACTIVE
    needs_references = True

    def outline(self, request: CourseRequest, references: Sequence[Document]) -> Written[Outline]:
        """Divide the references into the days asked for, by their own headings or by their topics."""
        material = gather(references)
        looks_back = has_recap(material, request.days)
        parts = plan.divide(material, request.days - looks_back)
        days = [
            OutlineLesson(
                day=day,
                title=part.title,
                summary=_where(material, part.title, source := plan.spans(part, material)),
                source=source,
            )
            for day, part in enumerate(parts, 1)
        ]
        language = material.language
        last: list[OutlineLesson] = []
        if looks_back:
            every = [span for day in days for span in day.source]
            said = {"title": language.phrases.recap, "summary": language.phrases.recap_summary}
            last = [OutlineLesson(day=request.days, source=every, **said)]
        names = [language.short_name(document.name) for document in references]
        title = request.title.strip() or request.topic.strip()[:120] or references[0].name
        outline = Outline(
            title=title,
            summary=_summary(material, days, names, request.days),
            description=_description(material, days, names, request.days),
            outcomes=[
                language.phrases.outcome.format(title=language.quoted(day.title)) for day in _spread(days)
            ],
            lessons=[*days, *last],
            language=_code(request, material),
        )
        used = [unit for part in parts for unit in part.units()]
        return Written[Outline](value=outline, notes=_notes(request, material, used))

    def briefs(
        self, request: CourseRequest, outline: Outline, references: Sequence[Document]
    ) -> Written[list[LessonBrief]]:
        """Name for each day its pages, and the headings it must cover."""
        material = gather(references)
        briefs = [
            LessonBrief(
                day=day.day,
                title=day.title,
                goal=material.language.phrases.outcome.format(title=material.language.quoted(day.title)),
                points=list(dict.fromkeys(name for span in day.source for name in span.headings)),
                source=day.source,
                avoid=[other.title for other in outline.lessons if other.day != day.day],
                yesterday=before.source if before is not None else [],
            )
            for before, day in zip([None, *outline.lessons], outline.lessons, strict=False)
        ]
        return Written[list[LessonBrief]](value=briefs)

    def lesson(
        self,
        request: CourseRequest,
        brief: LessonBrief,
        references: Sequence[Document],
        *,
        note: str = "",
        previous: LessonDraft | None = None,
    ) -> Written[LessonDraft]:
        """Write a day from its pages; a note can change how much and what kind of text is chosen."""
        material = gather(references)
        draft = lessons.write(material, brief, read_note(note, previous))
        return Written[LessonDraft](value=draft, notes=list(draft.notes))

    def reserve(
        self,
        kind: Call,
        request: CourseRequest,
        references: Sequence[Document],
        *,
        outline: Outline | None = None,
        brief: LessonBrief | None = None,
    ) -> int | None:
        """Nothing: this writer costs nothing."""
        return 0


def proposed_days(references: Sequence[Document]) -> int:
    """How many days of a comfortable length these references make; 0 where they hold no running text.

    Raises:
        WriterError: where there are no references, or they are in a language that this writer doesn't write in.
    """
    return plan.proposed(gather(references))


def most_days(references: Sequence[Document]) -> int:
    """How many days they carry at most; more are refused. Raises as `proposed_days` does."""
    return plan.most(gather(references))


def _where(material: Material, title: str, source: list[SourceSpan]) -> str:
    names = list(dict.fromkeys(name for span in source for name in span.headings))
    language, phrases = material.language, material.language.phrases
    found: dict[int, list[int]] = {}
    for span in source:
        found.setdefault(span.document, []).extend((span.first_page, span.last_page))
    several = len(material.documents) > 1
    places = language.listed(
        [
            language.where(place, material.documents[document].name) if several else place
            for document, pages in found.items()
            for place in [material.place(document, min(pages), max(pages))]
        ]
    )
    place = places[:1].upper() + places[1:]
    told = {title, *(document.name for document in material.documents)}
    readable = [
        n for n in names if titles.reads_well(n) and not any(n.casefold() in t.casefold() for t in told)
    ]
    if not readable:
        return f"{place}{phrases.stop}"
    more = [phrases.more] if len(readable) > _NAMED else []
    return f"{place}{phrases.colon}{language.listed([*readable[:_NAMED], *more])}{phrases.stop}"


def _summary(material: Material, days: list[OutlineLesson], names: list[str], count: int) -> str:
    language = material.language
    subjects = language.listed([language.quoted(day.title) for day in _spread(days, 3)])
    said = language.phrases.summary if len(days) > 1 else language.phrases.summary_one
    return said.format(count=count, names=language.listed(names), subjects=subjects)


def _description(material: Material, days: list[OutlineLesson], names: list[str], count: int) -> str:
    language = material.language
    phrases = language.phrases
    sizes = language.listed(
        [
            (phrases.size if len(doc.pages) > 1 else phrases.size_one).format(name=name, count=len(doc.pages))
            if doc.unit == "page"
            else language.quoted(name)
            for name, doc in zip(names, material.documents, strict=True)
        ]
    )
    through = (phrases.through if len(days) > 1 else phrases.through_one).format(sizes=sizes, count=count)
    ends = {"first": language.quoted(days[0].title), "last": language.quoted(days[-1].title)}
    second = [phrases.span.format(**ends), phrases.each_day] if len(days) > 1 else [phrases.each_day]
    between = " " if language.has_spaces else ""
    return f"{through}{between}{phrases.quotes_source}\n\n{between.join(second)}"


def _code(request: CourseRequest, material: Material) -> str:
    """The course's language: the references', in the variety that was asked for, such as pt-BR."""
    asked, code = request.language.strip(), material.language.code
    return asked if asked.partition("-")[0].casefold() == code else code


def _spread(days: list[OutlineLesson], count: int = _OUTCOMES) -> list[OutlineLesson]:
    """Up to `count` days, evenly from the first to the last."""
    if len(days) <= count:
        return days
    return [days[round(at * (len(days) - 1) / (count - 1))] for at in range(count)]


def _notes(request: CourseRequest, material: Material, used: Sequence[int]) -> list[str]:
    notes = [
        f"{document.name}: {sentence(note)}" for document in material.documents for note in document.notes
    ]
    notes.append(
        "Written without a language model: the text is the references’ own, word for word. "
        "It is a draft that needs an author."
    )
    code = material.language.code
    if request.language.strip() and request.language.partition("-")[0].casefold() != code:
        notes.append(
            f"The course is in {language_name(code)}, as the references are, and not in "
            f"{language_name(request.language)}: this writer does not translate."
        )
    notes += omissions.of_course(material, used)
    held = plan.proposed(material)
    if has_recap(material, request.days):
        notes.append(
            f"These references make {held} days of a good length, so the last one looks back on the others."
        )
    elif request.days > held > 0:
        notes.append(
            f"These references make {held} days of a good length; {request.days} are rather short ones."
        )
    if request.audience.strip() or request.tone.strip():
        notes.append("Audience and tone were not used, because this writer rewrites nothing.")
    return notes
