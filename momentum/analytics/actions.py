"""Counting visitors who agreed to it, and forgetting them."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from momentum.accounts.models import User
from momentum.analytics.models import VisitDay, Visitor

# As long as a yes lasts: the browser asks again then, under another number.
KEPT = timedelta(days=395)


@transaction.atomic
def note_visit(*, visitor_id: uuid.UUID, user: User | None) -> None:
    """Keep that this visitor came today; told again, it stays one visit.

    Args:
        visitor_id: what the browser calls itself.
        user: who is signed in there. Administrators aren't counted.
    """
    if user is not None and (user.is_admin or user.impersonator is not None):
        return
    today = timezone.now().date()
    Visitor.objects.bulk_create([Visitor(id=visitor_id, first_on=today)], ignore_conflicts=True)
    VisitDay.objects.bulk_create([VisitDay(visitor_id=visitor_id, day=today)], ignore_conflicts=True)
    if user is not None:
        Visitor.objects.filter(pk=visitor_id, user=None).update(user=user)


@transaction.atomic
def forget_visitor(*, visitor_id: uuid.UUID) -> None:
    """Remove all that was counted of a visitor, who took back their yes."""
    Visitor.objects.filter(pk=visitor_id).delete()


@transaction.atomic
def forget_old() -> int:
    """Remove visitors whose yes has run out; return how many."""
    old = Visitor.objects.filter(first_on__lt=timezone.now().date() - KEPT)
    return old.delete()[1].get("analytics.Visitor", 0)
