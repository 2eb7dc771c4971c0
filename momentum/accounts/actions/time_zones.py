"""The time zone somebody lives by: what their browser says, what their profile says, and asking where these differ."""

from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import User, time_zones
from momentum.core.errors import InvalidError
from momentum.core.zones import nearest_known
from momentum.events.actions.record import record

# Every zone there is could be declined; nobody sees so much of the world.
_DECLINED_AT_MOST = 50


def known(zone: str) -> str:
    """Return the zone as it was said, or nothing where there is none of this name.

    Where Python and the database don't agree on it, return one that they agree on and that shows the same time: a
    browser in Vancouver isn't in UTC because British Columbia has changed its rules and one of the two hasn't heard.
    """
    usable = nearest_known(zone, known=time_zones)
    return usable if usable != "UTC" or zone == "UTC" else ""


def settle(user: User, zone: str) -> None:
    """Have a new account live by the zone that a browser said, unless the name means nothing. The caller saves it.

    Where another zone stands in for it, there is nothing to ask: they would be told to choose what they have.
    """
    if usable := known(zone):
        user.time_zone = usable
        if usable != zone:
            user.time_zones_declined = [[zone, usable]]


@transaction.atomic
def answer(*, user: User, zone: str, use: bool) -> User:
    """Use this zone from now on, or keep the profile's; whoever has the one isn't asked about the other again.

    Raises:
        InvalidError: where there is no such zone.
    """
    used = known(zone)
    if not used:
        raise InvalidError(
            _("“%(value)s” is not a valid time zone.") % {"value": zone[:64]}, code="time_zone_unknown"
        )
    person: User = User.objects.select_for_update().get(pk=user.pk)
    if use:
        person.time_zone = used
    pair = [zone, person.time_zone]
    if zone != person.time_zone and pair not in person.time_zones_declined:
        person.time_zones_declined = [*person.time_zones_declined, pair][-_DECLINED_AT_MOST:]
    person.save(update_fields=["time_zone", "time_zones_declined"])
    if use:
        record("user.changed", actor_id=person.id, subject_id=person.id)
    return person
