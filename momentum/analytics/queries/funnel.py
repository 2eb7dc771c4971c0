"""What became of visits: read for the panel."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from momentum.analytics.models import VisitDay, Visitor
from momentum.learning.models import Enrolment, Progress


@dataclass(frozen=True)
class Funnel:
    """Of the visitors who came first in a period, how many went how far, up to now; each is among those before."""

    visitors: int
    came_back: int
    signed_up: int
    enrolled: int
    did_a_lesson: int
    completed: int


def first_day(days: int) -> date:
    """Return the first day (UTC) of a period of so many days, today included."""
    return timezone.now().date() - timedelta(days=days - 1)


def visitors_today() -> int:
    return VisitDay.objects.filter(day=timezone.now().date()).count()


def funnel(days: int) -> Funnel:
    """Follow the visitors whose first visit was in the period.

    An account that is older than the first visit isn't one that the visit led to, so neither are its courses.
    """
    came_before = Q(user__date_joined__date__gte=F("first_on"))
    places = Enrolment.objects.filter(user=OuterRef("user"))
    lessons = Progress.objects.filter(user=OuterRef("user"), completed_at__isnull=False)
    later = VisitDay.objects.filter(visitor=OuterRef("pk"), day__gt=OuterRef("first_on"))
    seen = Visitor.objects.filter(first_on__gte=first_day(days)).annotate(
        back=Exists(later),
        place=Exists(places),
        lesson=Exists(lessons),
        finished=Exists(places.filter(status=Enrolment.Status.COMPLETED)),
    )
    enrolled = came_before & Q(place=True)
    return Funnel(
        **seen.aggregate(
            visitors=Count("pk"),
            came_back=Count("pk", filter=Q(back=True)),
            signed_up=Count("pk", filter=came_before),
            enrolled=Count("pk", filter=enrolled),
            did_a_lesson=Count("pk", filter=enrolled & Q(lesson=True)),
            completed=Count("pk", filter=enrolled & Q(lesson=True, finished=True)),
        )
    )
