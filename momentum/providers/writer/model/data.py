"""Sets down reference text for a model so that it can't be taken for anything but data.

Each piece is one line of JSON, so a line of the text can't pass for another piece; and the whole stands
between tags with a marker that is drawn at random for each call, so the text can't close them.
"""

from __future__ import annotations

import json
import math
import secrets
from typing import TYPE_CHECKING, Any

from momentum.providers.writer.model.tokens import CHARACTERS_A_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from momentum.providers.documents import Document
    from momentum.providers.writer import LessonDraft, Outline, Passage

NOTHING = "(none)"
_HEADINGS_SHARE = 0.25
_SHORTEST_EXCERPT, _LONGEST_EXCERPT = 120, 1_500


def marker() -> str:
    """A marker that nobody can have written into a document beforehand."""
    return secrets.token_hex(8)


def lines(items: Iterable[Mapping[str, Any]]) -> str:
    """One JSON object a line. Characters that some readers take for line breaks are escaped as well."""
    text = "\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return text.translate({0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}) or NOTHING


def passages(chosen: Iterable[Passage]) -> str:
    """The passages of one lesson."""
    return lines(
        {"passage": p.number, "document": p.document, "page": p.shown_page, "text": p.text} for p in chosen
    )


def overview(
    references: Sequence[Document], tokens: int, points: Sequence[Mapping[str, Any]] | None = None
) -> str:
    """What a plan is made from: size and headings of each document, and what its pages teach.

    Without `points` it is the pages themselves: whole where they fit, else the beginning of many.
    """
    room = tokens * CHARACTERS_A_TOKEN
    items: list[dict[str, Any]] = []
    headings: list[dict[str, Any]] = []
    for number, document in enumerate(references):
        items.append({"document": number, "title": document.name, "pages": last_page(document)})
        headings += [
            {"document": number, "page": entry.page, "level": entry.level, "heading": entry.title}
            for entry in document.outline
        ]
    # The outermost headings first when not all fit; then back in the order of the pages.
    used = 0
    kept: list[int] = []
    for at in sorted(range(len(headings)), key=lambda at: (headings[at]["level"], at)):
        used += len(str(headings[at]))
        if used > room * _HEADINGS_SHARE:
            break
        kept.append(at)
    items += [headings[at] for at in sorted(kept)]
    if points is not None:
        return lines([*items, *_fitting(points, int(room * (1 - _HEADINGS_SHARE)))])
    pages = [
        (number, page)
        for number, document in enumerate(references)
        for page in document.pages
        if page.text.strip()
    ]
    rest = int(room * (1 - _HEADINGS_SHARE))
    step = max(1, -(-len(pages) * _SHORTEST_EXCERPT // max(1, rest)))
    shown = pages[::step]
    length = min(_LONGEST_EXCERPT, max(_SHORTEST_EXCERPT, rest // max(1, len(shown))))
    if sum(len(page.text) for _, page in pages) <= rest:
        length = rest
    items += [
        {"document": number, "page": page.number, "excerpt": page.text[:length]} for number, page in shown
    ]
    return lines(items)


def _fitting(points: Sequence[Mapping[str, Any]], characters: int) -> Sequence[Mapping[str, Any]]:
    """As many of the points as fit, from everywhere: every second or third where not all do."""
    size = sum(len(json.dumps(point, ensure_ascii=False)) + 1 for point in points)
    return points[:: max(1, math.ceil(size / max(1, characters)))]


def last_page(document: Document) -> int:
    """The number of the document's last page."""
    return max((page.number for page in document.pages), default=0)


def briefing(outline: Outline, chosen: Sequence[Sequence[Passage]]) -> str:
    """The plan, each lesson followed by passages that it is taken from."""
    items: list[dict[str, Any]] = []
    for day, passages_of_day in zip(outline.lessons, chosen, strict=True):
        items.append(
            {
                "day": day.day,
                "title": day.title,
                "summary": day.summary,
                "objectives": day.objectives,
                "headings": [heading for span in day.source for heading in span.headings][:20],
            }
        )
        items += [{"of_day": day.day, "page": p.shown_page, "text": p.text} for p in passages_of_day]
    return lines(items)


def lesson_text(draft: LessonDraft) -> str:
    """What a learner reads, section by section."""
    return lines([{"title": draft.title}, *_sections(draft)])


def earlier(draft: LessonDraft | None) -> str:
    """The whole of an earlier version: text, key points, things to do and questions."""
    if draft is None:
        return NOTHING
    return lines(
        [
            {"title": draft.title, "summary": draft.summary},
            {"key_points": [point.text for point in draft.key_points]},
            *_sections(draft),
            {"to_do": [f"{item.text} {item.note}".strip() for item in draft.action_items]},
            *(
                {
                    "question": question.prompt,
                    "answers": question.accepted or [question.choices[at] for at in question.answer],
                }
                for question in draft.questions
            ),
        ]
    )


def _sections(draft: LessonDraft) -> Iterable[dict[str, Any]]:
    for section in draft.sections:
        text = "\n\n".join(" ".join(claim.text for claim in block.claims) for block in section.blocks)
        yield {"heading": section.heading, "text": text}
