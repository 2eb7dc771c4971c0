"""Reading one's lessons as a calendar: switching that on and off, and giving it another address."""

from typing import TYPE_CHECKING

from django.db import transaction

from momentum.engagement.models import LessonCalendar
from momentum.events.actions.record import record

if TYPE_CHECKING:
    from momentum.accounts.models import User


@transaction.atomic
def turn_on(*, user: "User") -> LessonCalendar:
    """Let whoever has the address read this person's lessons. Doing so again changes nothing."""
    made = LessonCalendar(user=user)
    made.renew()
    LessonCalendar.objects.bulk_create([made], ignore_conflicts=True)
    known = LessonCalendar.objects.get(user=user)
    if known.pk == made.pk:
        record("calendar.turned_on", actor_id=user.pk, subject_id=user.pk)
    return known


@transaction.atomic
def renew(*, user: "User") -> LessonCalendar | None:
    """Give it another address, which ends the one it had; None where it isn't on."""
    known = LessonCalendar.objects.select_for_update().filter(user=user).first()
    if known is not None:
        known.renew()
        known.save()
        record("calendar.renewed", actor_id=user.pk, subject_id=user.pk)
    return known


@transaction.atomic
def turn_off(*, user: "User") -> None:
    """End it, and its address with it. Doing so again changes nothing."""
    gone, _by_table = LessonCalendar.objects.filter(user=user).delete()
    if gone:
        record("calendar.turned_off", actor_id=user.pk, subject_id=user.pk)
