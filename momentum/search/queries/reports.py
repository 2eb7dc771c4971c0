"""What the log of searches says: read for the panel."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from momentum.learning.models import Enrolment
from momentum.search.models import Click, Search

# An enrolment is put down to a search when the learner opened that course from it so shortly before.
_LED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Totals:
    """Counts of a period; `known` are searches by somebody signed in, of which `enrolled` led to an enrolment."""

    searches: int
    nothing: int
    clicked: int
    known: int
    enrolled: int


@dataclass(frozen=True)
class PhraseCount:
    """One query, however often it was made; `nothing` says how often it found nothing as it was typed."""

    text: str
    searches: int
    nothing: int
    clicked: int
    known: int
    enrolled: int
    # What was shown instead, where nothing was found.
    meant: str


def since(days: int) -> datetime:
    """Return when a period of so many days, today included, began."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days - 1)


def totals(days: int) -> Totals:
    return Totals(**_searches(days).aggregate(**_COUNTS))


def top(days: int, limit: int | None = None) -> list[PhraseCount]:
    """Return the most frequent queries first."""
    return _rows(days, limit)


def in_vain(days: int, limit: int | None = None) -> list[PhraseCount]:
    """Return the queries that found nothing as they were typed, the most frequent first."""
    return _rows(days, limit, nothing__gt=0)


def _rows(days: int, limit: int | None, **having: int) -> list[PhraseCount]:
    first = "-nothing" if having else "-searches"
    # The plugin for types doesn't see through a mapping of annotations.
    grouped: Any = _searches(days).values("text").annotate(**_COUNTS, meant=Max("corrected"))
    return [
        PhraseCount(**row) for row in grouped.filter(**having).order_by(first, "-searches", "text")[:limit]
    ]


def _searches(days: int) -> QuerySet[Search]:
    enrolment = Enrolment.objects.filter(
        user=OuterRef("search__user"),
        course=OuterRef("course"),
        enrolled_at__gte=OuterRef("at"),
        enrolled_at__lte=OuterRef("at") + _LED_WITHIN,
    )
    clicks = Click.objects.filter(search=OuterRef("pk"))
    return Search.objects.filter(at__gte=since(days)).annotate(
        was_clicked=Exists(clicks), led=Exists(clicks.filter(Exists(enrolment)))
    )


_COUNTS = {
    "searches": Count("pk"),
    "nothing": Count("pk", filter=Q(found=0) | ~Q(corrected="")),
    "clicked": Count("pk", filter=Q(was_clicked=True)),
    "known": Count("pk", filter=Q(user__isnull=False)),
    "enrolled": Count("pk", filter=Q(led=True)),
}
