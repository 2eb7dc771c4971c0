"""The time zone somebody lives by: what their browser says, what their profile says, and asking where these differ."""

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from momentum.accounts.models import User, time_zones
from momentum.core.errors import InvalidError
from momentum.events.record import record

_SEEN = "time_zone"
# Every zone there is could be declined; nobody sees so much of the world.
_DECLINED_AT_MOST = 50


def known(zone: str) -> str:
    """Return the zone as it was said, or nothing where there is none of this name."""
    return zone if zone in time_zones() else ""


def note_seen(request: HttpRequest, zone: str) -> None:
    """Remember for this session which zone the browser is in; a name that means nothing is ignored."""
    if known(zone):
        request.session[_SEEN] = zone


def seen(request: HttpRequest) -> str:
    """Return the zone that this session's browser said it is in, or nothing where it never did."""
    return known(request.session.get(_SEEN, ""))


@transaction.atomic
def answer(*, user: User, zone: str, use: bool) -> User:
    """Use this zone from now on, or keep the profile's and never ask about this one again.

    Raises:
        InvalidError: where there is no such zone.
    """
    if not known(zone):
        raise InvalidError(
            _("“%(value)s” is not a valid time zone.") % {"value": zone[:64]}, code="time_zone_unknown"
        )
    person: User = User.objects.select_for_update().get(pk=user.pk)
    if use:
        person.time_zone = zone
    elif zone not in person.time_zones_declined:
        person.time_zones_declined = [*person.time_zones_declined, zone][-_DECLINED_AT_MOST:]
    person.save(update_fields=["time_zone", "time_zones_declined"])
    if use:
        record("user.changed", actor_id=person.id, subject_id=person.id)
    return person
