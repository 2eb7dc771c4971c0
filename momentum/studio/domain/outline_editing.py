"""Changing the plan of a course by hand. Pure: from one outline to another, whose days are numbered again."""

import re
from collections.abc import Sequence

from momentum.providers.writer import Outline, OutlineLesson, SourceSpan

_RANGE = re.compile(r"(?:(\d{1,3})\s*:\s*)?(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


class CannotEditError(ValueError):
    """That day can't be changed like this."""


def pages_text(lesson: OutlineLesson, documents: int) -> str:
    """Return where a day's text is, as people write it: "3-12, 20", or "2: 3-12" where there are several documents."""
    ranges = []
    for span in lesson.source:
        pages = (
            f"{span.first_page}-{span.last_page}"
            if span.first_page < span.last_page
            else str(span.first_page)
        )
        ranges.append(f"{span.document + 1}: {pages}" if documents > 1 else pages)
    return ", ".join(dict.fromkeys(ranges))


def spans_of(text: str, page_counts: Sequence[int]) -> list[SourceSpan]:
    """Read what `pages_text` writes.

    Args:
        text: as typed.
        page_counts: how many pages each document has.

    Raises:
        CannotEditError: for what isn't pages of these documents.
    """
    spans = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise CannotEditError(part)
        document, first = int(found[1] or 1) - 1, int(found[2])
        last = int(found[3] or first)
        if not (0 <= document < len(page_counts) and 1 <= first <= last <= page_counts[document]):
            raise CannotEditError(part)
        spans.append(SourceSpan(document=document, first_page=first, last_page=last))
    return spans


def numbered(outline: Outline, lessons: Sequence[OutlineLesson]) -> Outline:
    """Return the outline with these days, in this order."""
    return outline.model_copy(
        update={"lessons": [lesson.model_copy(update={"day": day}) for day, lesson in enumerate(lessons, 1)]}
    )


def moved(outline: Outline, day: int, by: int) -> Outline:
    """Move a day by so many places, as far as it goes."""
    lessons = list(outline.lessons)
    lesson = lessons.pop(_place(outline, day))
    lessons.insert(max(0, min(len(lessons), day - 1 + by)), lesson)
    return numbered(outline, lessons)


def merged(outline: Outline, day: int) -> Outline:
    """Make one day of this and the next; it has the title of the first."""
    lessons = list(outline.lessons)
    place = _place(outline, day)
    if place + 1 >= len(lessons):
        raise CannotEditError(day)
    first, second = lessons[place], lessons.pop(place + 1)
    summary = " ".join(filter(None, (first.summary, second.summary)))
    lessons[place] = first.model_copy(update={"summary": summary, "source": [*first.source, *second.source]})
    return numbered(outline, lessons)


def split(outline: Outline, day: int, second_title: str) -> Outline:
    """Make two days of one, each with half of its text."""
    lessons = list(outline.lessons)
    place = _place(outline, day)
    lesson = lessons[place]
    first, second = _halves(lesson.source) if lesson.source else ([], [])
    lessons[place : place + 1] = [
        lesson.model_copy(update={"source": first}),
        lesson.model_copy(update={"source": second, "title": second_title}),
    ]
    return numbered(outline, lessons)


def without(outline: Outline, day: int) -> Outline:
    """Leave a day out; one is always left."""
    if len(outline.lessons) == 1:
        raise CannotEditError(day)
    place = _place(outline, day)
    return numbered(outline, [*outline.lessons[:place], *outline.lessons[place + 1 :]])


def _place(outline: Outline, day: int) -> int:
    if not 1 <= day <= len(outline.lessons):
        raise CannotEditError(day)
    return day - 1


def _halves(source: Sequence[SourceSpan]) -> tuple[list[SourceSpan], list[SourceSpan]]:
    if len(source) > 1:
        middle = (len(source) + 1) // 2
        return list(source[:middle]), list(source[middle:])
    [span] = source
    if span.last_page > span.first_page:
        middle = (span.first_page + span.last_page) // 2
        # What the writer noted about the whole no longer holds for the halves.
        plain = span.model_copy(update={"start": None, "end": None})
        return [plain.model_copy(update={"last_page": middle})], [
            plain.model_copy(update={"first_page": middle + 1})
        ]
    if span.start is None or span.end is None or span.end - span.start < 2:
        raise CannotEditError(span)
    middle = (span.start + span.end) // 2
    return [span.model_copy(update={"end": middle})], [span.model_copy(update={"start": middle})]
