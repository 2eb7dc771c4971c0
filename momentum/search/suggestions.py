"""What to offer while somebody types: courses, shelves, what others looked for. One query, for everybody the same."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from momentum.catalog.filters import one_line

COURSES, SHELVES, PHRASES = 5, 2, 3
_WORD = re.compile(r"[^\W_]+")

# Titles unstemmed: what is being typed is part of a word. Only published courses have a document.
_SUGGEST = """
(
    select 'course', course.title, course.slug, course.language
    from (
        select course_id, learners from search_document document
        join search_kind kind on kind.id = document.kind_id
        join catalog_category category on category.id = kind.category_id
        where search_unpacked(document.title) @@ (select to_tsquery('simple', %(words)s)) and category.active
        order by learners desc, course_id limit %(courses)s
    ) begun
    join catalog_course course on course.id = begun.course_id
    order by begun.learners desc, course.title
)
union all
(
    select 'category', name, slug, null from catalog_category
    where active and to_tsvector('simple', name) @@ to_tsquery('simple', %(words)s)
    order by position, name
    limit %(shelves)s
)
union all
(
    select 'phrase', text, text, '' from search_phrase
    where text like %(start)s and text <> %(text)s
    order by searches desc, text
    limit %(phrases)s
)
"""


@dataclass(frozen=True)
class Suggestion:
    """Something to go to: its kind is `course`, `category` or `phrase`."""

    kind: str
    label: str
    href: str
    # Of a course's title; "" for what somebody typed, None for what is ours.
    language: str | None


def suggest(typed: str) -> list[Suggestion]:
    """Return what begins like this, the popular first; nothing for less than two letters."""
    text = one_line(typed).lower()
    words = _WORD.findall(text)
    if sum(map(len, words)) < 2:
        return []
    begins = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    values: dict[str, str | int] = {
        "words": " & ".join([*words[:-1], f"{words[-1]}:*"]),
        "start": f"{begins}%",
        "text": text,
        "courses": COURSES,
        "shelves": SHELVES,
        "phrases": PHRASES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUGGEST, values)
        return [
            Suggestion(kind, label, _href(kind, key), language)
            for kind, label, key, language in cursor.fetchall()
        ]


def _href(kind: str, key: str) -> str:
    if kind == "course":
        return reverse("learning:course", args=[key])
    name = "category" if kind == "category" else "q"
    return f"{reverse('catalog:catalogue')}?{urlencode({name: key})}"
