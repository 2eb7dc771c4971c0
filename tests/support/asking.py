"""Asking a person over HTTP, and what administrators were told."""

from typing import Any

from django.test import Client

from momentum.notifications.models import Notification
from momentum.support.models import Conversation
from tests.mailing import mailbox
from tests.pages import button, fields

HELP = "/help/"
SUBJECT, TEXT = "The name on my certificate", "It says “Lee”.\n\nI’m called Lea."


def ask(client: Client, *, came_from: str = "", **typed: str) -> Any:
    """Open the page, fill in the form as it stands there, and send it; return what was sent and the answer."""
    headers = {"Referer": f"http://testserver{came_from}"} if came_from else {}
    sent = fields(button(client.get(HELP, headers=headers), "Send"))
    sent |= {"subject": SUBJECT, "text": TEXT, **typed}
    return sent, client.post(HELP, sent)


def asked(client: Client, **typed: str) -> Conversation:
    """Return the conversation that was begun so."""
    _sent, answer = ask(client, **typed)
    assert answer.status_code == 302, answer.content
    return Conversation.objects.latest("created_at")


def told(user: Any) -> list[str]:
    """Return what this person was told on the site about conversations that wait, the first first."""
    found = Notification.objects.filter(user=user, kind="support.escalation").order_by("id")
    return [one.title for one in found]


def mail_to(address: str) -> list[Any]:
    return [mail for mail in mailbox if mail.to == [address]]


def reply(client: Client, path: str, text: str, label: str = "Send") -> Any:
    """Fill in the form of a conversation as it stands on its page, and send it."""
    return client.post(path, fields(button(client.get(path), label)) | {"text": text})
