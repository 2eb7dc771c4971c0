"""What became of one mail, from when it was written."""

from typing import Any

from django.utils.translation import gettext as _

from momentum.mail.models import Email, EventType
from momentum.ui.formats import moment

_BAD = {EventType.REJECTED, EventType.BOUNCED, EventType.COMPLAINED}


def timeline(message: Email) -> list[dict[str, Any]]:
    """Return the steps of a mail for the component `steps`, in the order in which they happened."""
    rows: list[dict[str, Any]] = [
        {"state": "done", "label": _("Written"), "time": moment(message.created_at)},
    ]
    if message.sent_at:
        rows.append({"state": "done", "label": _("Sent"), "time": moment(message.sent_at)})
    for event in message.events.order_by("at", "id"):
        bad = event.type in _BAD
        said = {"error" if bad else "detail": event.detail} if event.detail else {}
        state = "failed" if bad else "done"
        rows.append({"state": state, "label": event.get_type_display(), "time": moment(event.at), **said})
    return rows
