"""What Momentum keeps in a browser: all of it. One thing is optional, and is kept after a yes alone (docs/adr/0011).

Who only reads is given nothing at all. Whoever adds something optional adds it to that question: it may be set only
after a yes, and a no must be as near as a yes.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kept:
    """One thing that a browser keeps for us."""

    name: str
    kind: str | Promise
    purpose: str | Promise
    until: str | Promise


def kept_in_browser() -> list[Kept]:
    """Return everything that a browser may be given."""
    cookie, storage = _("Cookie"), _("Storage of the browser")
    return [
        Kept(
            settings.SESSION_COOKIE_NAME,
            cookie,
            _("Keeps you signed in."),
            _("30 days after your last visit"),
        ),
        Kept(
            settings.CSRF_COOKIE_NAME,
            cookie,
            _("Makes sure that a form was sent from our own page. Set where there is a form to send."),
            _("A year"),
        ),
        Kept("messages", cookie, _("Says on the next page what the last click did."), _("Until it is shown")),
        Kept(
            "momentum_browser",
            cookie,
            _("Tells a browser you have signed in from before, so that we write to you about others."),
            _("As long as you sign in from it"),
        ),
        Kept(
            "theme", storage, _("Remembers light or dark, once you choose."), _("Until you choose “system”")
        ),
        Kept(
            "momentum.shortcuts-off",
            storage,
            _("Remembers that you switched the keys off."),
            _("Until you switch them on"),
        ),
        Kept(
            "momentum",
            storage,
            _(
                "Keeps what you did offline until it reaches us, and the lessons you opened last. Only while signed in."
            ),
            _("Until it is sent, or somebody else signs in"),
        ),
        Kept(
            "momentum.visits",
            storage,
            _(
                "Remembers your answer, once you give one: a no, or a yes with the number by which we count visits."
            ),
            _("Half a year for a no, 13 months for a yes, or until you say otherwise"),
        ),
    ]
