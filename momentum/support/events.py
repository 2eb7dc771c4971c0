"""What happens in conversations with support. `events.queries.declared` says how this is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = (
    # By whoever asks.
    "conversation.started",
    "conversation.continued",
    "conversation.closed",
    # By administrators.
    "conversation.answered",
    "conversation.assigned",
    "conversation.resolved",
    "conversation.reopened",
    "conversation.links_revoked",
)

AUDITED: dict[str, str | Promise] = {
    "conversation.answered": _("Answered a conversation"),
    "conversation.assigned": _("Assigned a conversation"),
    "conversation.resolved": _("Resolved a conversation"),
    "conversation.reopened": _("Reopened a conversation"),
    "conversation.links_revoked": _("Revoked the private links of a conversation"),
    "conversation.viewed": _("Viewed a conversation"),
    "conversations.listed": _("Viewed conversations"),
}
