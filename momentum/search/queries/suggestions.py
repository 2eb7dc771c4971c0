"""What to offer while somebody types: courses, shelves, what others looked for. For everybody the same."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from momentum.catalog.queries.filters import one_line
from momentum.search.domain import ngrams
from momentum.search.queries.spelling import corrected

COURSES, SHELVES, PHRASES = 5, 2, 3
_WORD = re.compile(r"[^\W_]+")
# What stands there in the middle of typing a Korean syllable.
_HALF_A_SYLLABLE = re.compile("(?<=[\uac00-\ud7a3])[\u3131-\u318e]$")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")

# Titles unstemmed: what is being typed is part of a word. Only published courses have a document.
_SUGGEST = """
(
    select 'course', course.title, course.slug, course.language
    from (
        select course_id, learners from search_document document
        join search_facetgroup kind on kind.id = document.kind_id
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
    where active and (
        to_tsvector('simple', name) @@ to_tsquery('simple', %(words)s)
        or %(run)s <> '' and position(%(run)s in name) > 0
    )
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


@dataclass(frozen=True)
class Offered:
    """What is offered for what was typed or, where that finds nothing, for what was probably `meant`."""

    typed: str
    meant: str
    suggestions: list[Suggestion]

    def results(self) -> str:
        """Return the address of all results for what was typed."""
        return _href("phrase", self.typed)

    def meant_results(self) -> str:
        return _href("phrase", self.meant)


def offer(typed: str) -> Offered:
    """Return what begins like this, the popular first; nothing for one letter, unless that is a word already.

    One query; three where what was typed finds nothing, and may be misspelt.
    """
    text = one_line(typed)
    if sum(map(len, _WORD.findall(text))) < 2 and not _HAN.search(text):
        return Offered("", "", [])
    if found := _begun(text):
        return Offered(text, "", found)
    meant = corrected(text, unfinished=True)
    found = _begun(meant) if meant else []
    # A word that leads to nothing here may stand in a course that isn't on a shelf just now.
    return Offered(text, meant, found) if found else Offered(text, "", [])


def _begun(typed: str) -> list[Suggestion]:
    text = _HALF_A_SYLLABLE.sub("", typed.lower())
    begins = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    values: dict[str, str | int] = {
        "words": _asked(text),
        # A shelf's name is short enough to be looked through.
        "run": text if ngrams.has_runs(text) else "",
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


def _asked(text: str) -> str:
    words = _WORD.findall(ngrams.apart(text))
    begun = [*words[:-1], f"{words[-1]}:*"] if words else []
    return " & ".join(filter(None, (ngrams.phrase(text), *begun)))


def _href(kind: str, key: str) -> str:
    if kind == "course":
        return reverse("learning:course", args=[key])
    name = "category" if kind == "category" else "q"
    return f"{reverse('catalog:catalogue')}?{urlencode({name: key})}"
