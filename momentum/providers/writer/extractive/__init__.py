"""The writer that needs nothing: it chooses from the references, word for word, and never invents.

Read it in this order: `source` cuts a document into units, `material` joins the references, `plan`
divides them into days, `lesson` writes one day with `passages`, `questions` and `actions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.documents.notes import sentence
from momentum.providers.writer import (
    EXTRACTIVE,
    LessonBrief,
    LessonDraft,
    Outline,
    OutlineLesson,
    WriterError,
    Written,
)
from momentum.providers.writer.extractive import lesson as lessons
from momentum.providers.writer.extractive import plan, titles, wording
from momentum.providers.writer.extractive.material import Material, gather
from momentum.providers.writer.extractive.wishes import read_note

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
        material = _material(references)
        parts = plan.divide(material, request.days)
        days = [
            OutlineLesson(
                day=day,
                title=part.title,
                summary=_where(material, part.title, source := plan.spans(part, material)),
                source=source,
            )
            for day, part in enumerate(parts, 1)
        ]
        names = [wording.short_name(document.name) for document in references]
        title = request.title.strip() or request.topic.strip()[:120] or references[0].name
        outline = Outline(
            title=title,
            summary=_summary(days, names),
            description=_description(days, references, names),
            outcomes=[f"Explain “{day.title}” in your own words" for day in _spread(days)],
            lessons=days,
        )
        return Written[Outline](value=outline, notes=_notes(request, references, material))

    def briefs(
        self, request: CourseRequest, outline: Outline, references: Sequence[Document]
    ) -> Written[list[LessonBrief]]:
        """Name for each day its pages, and the headings it must cover."""
        _material(references)
        briefs = [
            LessonBrief(
                day=day.day,
                title=day.title,
                goal=f"Know what the source says under “{day.title}”, and where.",
                points=list(dict.fromkeys(name for span in day.source for name in span.headings)),
                source=day.source,
                avoid=[other.title for other in outline.lessons if other.day != day.day],
            )
            for day in outline.lessons
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
        material = _material(references)
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


def _material(references: Sequence[Document]) -> Material:
    if not references:
        raise WriterError(
            "no_references",
            "The built-in writer writes from references only. Add at least one PDF.",
        )
    return gather(references)


def _where(material: Material, title: str, source: list[SourceSpan]) -> str:
    names = list(dict.fromkeys(name for span in source for name in span.headings))
    found: dict[int, list[int]] = {}
    for span in source:
        found.setdefault(span.document, []).extend((span.first_page, span.last_page))
    places = wording.listed(
        [
            wording.pages(min(pages), max(pages))
            + (
                f" of {wording.short_name(material.documents[document].name)}"
                if len(material.documents) > 1
                else ""
            )
            for document, pages in found.items()
        ]
    )
    place = places[:1].upper() + places[1:]
    told = {title, *(document.name for document in material.documents)}
    readable = [
        n for n in names if titles.reads_well(n) and not any(n.casefold() in t.casefold() for t in told)
    ]
    if not readable:
        return f"{place}."
    more = ["more"] if len(readable) > _NAMED else []
    return f"{place}: {wording.listed([*readable[:_NAMED], *more])}."


def _summary(days: list[OutlineLesson], names: list[str]) -> str:
    subjects = [f"“{day.title}”" for day in _spread(days, 3)]
    lessons_ = f"{len(days)} short lessons" if len(days) > 1 else "One short lesson"
    return f"{lessons_} from {wording.listed(names)}, among them {wording.listed(subjects)}."


def _description(days: list[OutlineLesson], references: Sequence[Document], names: list[str]) -> str:
    sizes = wording.listed(
        [
            f"{name} ({len(doc.pages)} page{'s' if len(doc.pages) > 1 else ''})"
            for name, doc in zip(names, references, strict=True)
        ]
    )
    return (
        f"This course takes you through {sizes} in {len(days)} day{'s' if len(days) > 1 else ''}. "
        "Every lesson quotes the source word for word and names the page, so that you can read on there."
        "\n\n"
        f"It begins with “{days[0].title}” and ends with “{days[-1].title}”. "
        "Each day has something to read, something to do and a few questions to check yourself."
    )


def _spread(days: list[OutlineLesson], count: int = _OUTCOMES) -> list[OutlineLesson]:
    """Up to `count` days, evenly from the first to the last."""
    if len(days) <= count:
        return days
    return [days[round(at * (len(days) - 1) / (count - 1))] for at in range(count)]


def _notes(request: CourseRequest, references: Sequence[Document], material: Material) -> list[str]:
    notes = [f"{document.name}: {sentence(note)}" for document in references for note in document.notes]
    notes.append(
        "Written without a language model: the text is chosen from the references word for word. "
        "It is a draft that needs an author."
    )
    if material.language != "en":
        notes.append(
            "The references are not in English. The lessons quote them as they are; "
            "titles the writer adds, actions and questions are in English."
        )
    elif request.language.partition("-")[0].casefold() != "en":
        notes.append("The references are in English, and this writer does not translate.")
    if request.audience.strip() or request.tone.strip():
        notes.append("Audience and tone were not used, because this writer rewrites nothing.")
    return notes
