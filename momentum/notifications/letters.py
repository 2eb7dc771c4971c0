"""The mail that gathers several notifications."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from momentum.mail.domain.blocks import Card, Cards
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.mail.domain.subjects import fitting

SHOWN = 12


def _digest(*, name: str, items: Sequence[tuple[str, str, str]], path: str) -> EmailContent:
    """Gather what somebody was told since the last one.

    Args:
        name: how they are addressed.
        items: at least one, the latest first: a title, a sentence, and the path of the page that it is about.
        path: of their notifications.
    """
    more = len(items) - 1
    subject = fitting("%(title)s", title=items[0][0])
    if more:
        also = ngettext("%(title)s, and %(num)d more", "%(title)s, and %(num)d more", more)
        subject = fitting(also, title=items[0][0], num=more)
    said = ngettext(
        "%(num)d thing since the last digest.", "%(num)d things since the last digest.", len(items)
    )
    return EmailContent(
        subject,
        [said % {"num": len(items)}],
        button=(_("See all notifications"), settings.BASE_URL + path),
        greeting=_("Hello %(name)s,") % {"name": name},
        heading=_("What’s new"),
        preheader="; ".join(title for title, _body, _path in items[:3]),
        blocks=[
            Cards([Card(title, settings.BASE_URL + where, body) for title, body, where in items[:SHOWN]])
        ],
        values={"name": name, "count": str(len(items)), "title": items[0][0]},
    )


def _sample() -> dict[str, object]:
    items = [
        (
            "New in Nature: Tides, a working knowledge",
            "How the sea rises and falls, and how to know when.",
            "/courses/",
        ),
        ("You earned a badge: First week", "Seven days in a row, each with a lesson.", "/badges/"),
    ]
    return {"name": "Lea Learner", "items": items, "path": "/notifications/"}


DIGEST = EmailKind(
    "notifications.digest",
    gettext_lazy("Daily digest"),
    gettext_lazy("Once a day, for whoever prefers several notifications in one email."),
    _digest,
    _sample,
    purpose=Purpose.OPTIONAL,
)
LETTERS = (DIGEST,)
