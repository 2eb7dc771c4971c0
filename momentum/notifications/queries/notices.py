"""What the list of notifications and a push message say."""

from typing import Any

from django.conf import settings

from momentum.mail.domain.kinds import EmailContent
from momentum.notifications.domain.kinds import Notice, NotificationKind


def notice_of(kind: NotificationKind, about: dict[str, Any]) -> Notice:
    """Return what is said of a notification, in the language in force: what its email says, unless it has own words."""
    return kind.notice(**about) if kind.notice is not None else _in_short(kind.email.write(**about))


def _in_short(content: EmailContent) -> Notice:
    address = content.button[1] if content.button else ""
    path = address.removeprefix(settings.BASE_URL) if address.startswith(f"{settings.BASE_URL}/") else ""
    return Notice(content.subject, next(iter(content.paragraphs), ""), path)
