"""What the list of notifications and a push message say."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from momentum.mail.domain.edited_text import with_edits
from momentum.mail.domain.kinds import EmailContent
from momentum.mail.queries.edits import edited_text
from momentum.notifications.domain.kinds import Notice, NotificationKind


def notice_of(kind: NotificationKind, about: dict[str, Any]) -> Notice:
    """Return what is said of a notification, in the language in force: what its email says, unless it has own words.

    What administrators edited of the email is edited here, too.
    """
    if kind.notice is not None:
        return kind.notice(**about)
    content, _fault = with_edits(kind.email.write(**about), edited_text(kind.email, get_language() or "en"))
    return _in_short(content)


def _in_short(content: EmailContent) -> Notice:
    address = content.button[1] if content.button else ""
    path = address.removeprefix(settings.BASE_URL) if address.startswith(f"{settings.BASE_URL}/") else ""
    return Notice(content.subject, next(iter(content.paragraphs), ""), path)
