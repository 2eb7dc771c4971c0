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

    name: str | Promise
    kind: str | Promise
    purpose: str | Promise
    until: str | Promise


def kept_in_browser() -> list[Kept]:
    """Return everything that a browser may be given."""
    cookie, storage = _("Cookie"), _("Browser storage")
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
            _("Protects forms against forged requests. Only set on pages with a form."),
            _("One year"),
        ),
        Kept("messages", cookie, _("Carries messages, such as “Saved”, to the next page."), _("Until shown")),
        Kept(
            "momentum_browser",
            cookie,
            _("Recognises browsers you have signed in from, so that we can tell you about new ones."),
            _("As long as you sign in from this browser"),
        ),
        Kept(
            "theme", storage, _("Remembers your theme, once you choose one."), _("Until you choose “System”")
        ),
        Kept(
            "momentum.shortcuts-off",
            storage,
            _("Remembers that you turned keyboard shortcuts off."),
            _("Until you turn them on"),
        ),
        Kept(
            "momentum",
            storage,
            _(
                "Stores changes you make offline, such as answers and completed lessons, so that none is lost."
            ),
            _(
                "Until we have received them. Changes we couldn’t receive before you signed out stay until you sign "
                "in again from this browser."
            ),
        ),
        Kept(
            "lessons-…",
            storage,
            _("Keeps the last 20 lessons you opened, so that you can read them offline."),
            _(
                "Until you sign out, even if you’re offline when you do. If your session ends elsewhere or someone "
                "else signs in, until this browser next opens a page while online."
            ),
        ),
        Kept(
            "leaving",
            storage,
            _("If you sign out while offline, remembers to sign you out on our server too."),
            _("Until you’re back online"),
        ),
        Kept(
            _("Push subscription"),
            storage,
            _(
                "If you turn on notifications in this browser, lets it receive them. They travel encrypted through the "
                "service of your browser’s maker."
            ),
            _("Until you turn them off or sign out"),
        ),
        Kept(
            "momentum.visits",
            storage,
            _("Remembers your choice: a no, or a yes with a random number we count visits by."),
            _("Six months for a no, 13 months for a yes, or until you change it"),
        ),
    ]
