"""Parts of a lesson as `catalog.schemas` writes them."""

from typing import Any, cast

from momentum.catalog.models import Lesson, Question, QuestionKind
from momentum.catalog.schemas import SourceEntry
from momentum.providers.documents.places import Unit


def question_fields(question: Question) -> dict[str, Any]:
    """Return what a `QuestionEntry` holds of a question, by its names."""
    return {
        "kind": QuestionKind(question.kind),
        "prompt": question.prompt,
        "choices": question.choices,
        "answer": question.answer,
        "tolerance": question.tolerance,
        "explanation": question.explanation,
        "page": question.page,
        "page_label": question.page_label,
    }


def source_entries(lesson: Lesson) -> list[SourceEntry]:
    """Return the passages that the text of a lesson rests on."""
    return [
        SourceEntry(
            number=one.number,
            title=one.title,
            page=one.page,
            page_label=one.page_label,
            page_unit=cast("Unit", one.page_unit),
            quote=one.quote,
        )
        for one in lesson.sources.all()
    ]
