"""The time zone that a browser said it is in, as its session remembers it."""

from django.http import HttpRequest

from momentum.accounts.actions.time_zones import known

_SEEN = "time_zone"


def note_seen(request: HttpRequest, zone: str) -> bool:
    """Remember for this session which zone the browser is in; say whether the name means something."""
    if not known(zone):
        return False
    request.session[_SEEN] = zone
    return True


def said(request: HttpRequest) -> str:
    """Return the zone that this session's browser said it is in, in its own words, or nothing where it never did."""
    return str(request.session.get(_SEEN, ""))


def seen(request: HttpRequest) -> str:
    """Return the zone to go by for `said`, or nothing where it never said."""
    return known(said(request))
