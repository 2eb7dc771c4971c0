"""What SES tells of a mail, read for the little that is kept of it.

It tells the same in two ways, as event publishing and as notifications of an identity; see docs/mail.md.
"""

import json
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# What the log knows, and where in an event it is said.
_KNOWN = {
    "Reject": ("rejected", "reject"),
    "DeliveryDelay": ("delayed", "deliveryDelay"),
    "Delivery": ("delivered", "delivery"),
    "Bounce": ("bounced", "bounce"),
    "Open": ("opened", "open"),
    "Click": ("clicked", "click"),
    "Complaint": ("complained", "complaint"),
}
_DETAILS = {
    "bounced": ("bounceType", "bounceSubType"),
    "complained": ("complaintFeedbackType", "complaintSubType"),
    "delayed": ("delayType",),
    "rejected": ("reason",),
}
# Somebody took the mail out of their spam: the opposite of a complaint.
_NO_COMPLAINT = "not-spam"


class BadEventError(Exception):
    """A text that is no event of SES's."""


@dataclass(frozen=True)
class SesEvent:
    """One thing that happened to a mail. `carried` is the id of ours that the mail was labelled with."""

    provider_id: str
    type: str
    at: datetime
    detail: str
    carried: uuid.UUID | None


def read_event(text: str) -> SesEvent | None:
    """Return what happened; None where it is nothing that the log knows.

    Raises:
        BadEventError: for what is no event.
    """
    if text.startswith("Successfully validated SNS topic"):  # what SES says first of all
        return None
    try:
        said: Any = json.loads(text)
        name = said.get("eventType") or said.get("notificationType")
        if name not in _KNOWN:
            return None
        kind, place = _KNOWN[name]
        mail, about = said["mail"], said.get(place) or {}
        if kind == "complained" and about.get("complaintFeedbackType") == _NO_COMPLAINT:
            return None
        return SesEvent(
            provider_id=str(mail["messageId"])[:120],
            type=kind,
            # When it happened, which stays the same however often it is told.
            at=_moment(about.get("timestamp") or mail["timestamp"]),
            detail="/".join(str(about[key]) for key in _DETAILS.get(kind, ()) if about.get(key))[:100],
            carried=_carried(mail),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadEventError("The message holds no event of SES.") from None


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _carried(mail: dict[str, Any]) -> uuid.UUID | None:
    values = (mail.get("tags") or {}).get("email") or []
    with suppress(ValueError, IndexError):
        return uuid.UUID(values[0])
    return None
