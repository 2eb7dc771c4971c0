"""The log of searches: what a browser tells of a page of results that somebody looked at (docs/adr/0007)."""

import re
import uuid
from collections import Counter
from datetime import timedelta
from typing import TypedDict

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import InvalidError
from momentum.search.domain.text import spelling
from momentum.search.models import Click, Phrase, Search, Word
from momentum.search.queries.search import Found
from momentum.search.site_settings import SearchSettings
from momentum.site.queries.current import current

_COUNTED = timedelta(days=30)
_ENOUGH = 5
_PHRASES = 1000
_LAST_POSITION = 10_000
_WORD = re.compile(r"\w+")
_signer = Signer(salt="momentum.search.log")


class _Page(TypedDict):
    text: str
    corrected: str
    filters: str
    found: int


def token(found: Found) -> str:
    """Return what the page carries for its browser to send back: the search, signed; the same for everybody."""
    page: _Page = {
        "text": found.asked.text.lower()[:100],
        "corrected": found.filter.text.lower()[:200] if found.corrected else "",
        "filters": found.asked.facet_query()[:1000],
        "found": found.number,
    }
    return _signer.sign_object(page)


@transaction.atomic
def note_search(*, search_id: uuid.UUID, signed: str, user: User | None) -> Search:
    """Keep that somebody looked at the results of a search; told again, it stays one search.

    Raises:
        InvalidError: for anything that isn't one of our result pages.
    """
    try:
        page: _Page = _signer.unsign_object(signed)
    except (BadSignature, ValueError) as error:
        raise InvalidError(_("That is not a page of results.")) from error
    Search.objects.bulk_create([Search(id=search_id, user=user, **page)], ignore_conflicts=True)
    return Search.objects.get(pk=search_id)


@transaction.atomic
def note_click(*, search: Search, slug: str, position: int) -> None:
    """Keep that this result was opened, once a search and course.

    Raises:
        InvalidError: for a course that isn't in the catalogue, or a place that no result has.
    """
    course = Course.objects.on_shelf().filter(slug=slug).first()
    if course is None or not 1 <= position <= _LAST_POSITION:
        raise InvalidError(_("That is not one of the results."))
    click = Click(search=search, course=course, position=position)
    Click.objects.bulk_create([click], ignore_conflicts=True)


@transaction.atomic
def forget_old() -> int:
    """Delete searches past their time, take the learner off those that needn't have one; return how many went."""
    now, periods = timezone.now(), current(SearchSettings)
    _total, deleted = Search.objects.filter(at__lt=now - timedelta(days=periods.kept_days)).delete()
    named = Search.objects.filter(at__lt=now - timedelta(days=periods.user_kept_days), user__isnull=False)
    named.update(user=None)
    return deleted.get("search.Search", 0)


@transaction.atomic
def count_phrases() -> int:
    """Choose anew which queries are offered to others while they type, and return how many those are.

    Only what was searched for often, found something and is made of words that stand in the catalogue for everybody
    to read: a name or an address that somebody typed is never shown to somebody else.
    """
    since = timezone.now() - _COUNTED
    often = (
        Search.objects.filter(at__gte=since, found__gt=0, corrected="")
        .values("text")
        .annotate(number=Count("pk"))
        .filter(number__gte=_ENOUGH)
        .order_by("-number", "text")[:_PHRASES]
    )
    counted = Counter({row["text"]: row["number"] for row in often})
    public = set(Word.objects.filter(word__in=spelling(" ".join(counted))).values_list("word", flat=True))
    shown = [
        Phrase(text=text, searches=number)
        for text, number in counted.items()
        if (words := _WORD.findall(text)) and all(word in public for word in words)
    ]
    Phrase.objects.all().delete()
    Phrase.objects.bulk_create(shown)
    return len(shown)
