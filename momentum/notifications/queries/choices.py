"""What somebody can choose about what they are told, as the page of preferences lists it."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from momentum.mail.queries.edits import is_on
from momentum.notifications.domain.kinds import NotificationKind, kinds
from momentum.notifications.domain.topics import TOPICS, Topic
from momentum.notifications.models import Channel
from momentum.notifications.queries.channels import reachable


class Group(NamedTuple):
    """The kinds about one topic: those that can be switched off, and those that always come."""

    topic: Topic
    optional: list[NotificationKind]
    essential: list[NotificationKind]


def groups(*, for_admin: bool) -> list[Group]:
    """Return the kinds that somebody may be told of, by topic; none that is switched off for everybody."""
    found = []
    for topic in TOPICS:
        of_topic = [kind for kind in kinds().values() if kind.topic is topic and is_on(kind.email)]
        if of_topic and (for_admin or not topic.for_admins):
            found.append(
                Group(
                    topic,
                    [kind for kind in of_topic if not kind.essential],
                    [kind for kind in of_topic if kind.essential],
                )
            )
    return found


def channels(user_id: UUID, found: Iterable[Group]) -> list[Channel]:
    """Return the channels that something of it goes by, if somebody can be reached by them."""
    used = {channel for group in found for kind in group.optional for channel in kind.channels}
    return [channel for channel in Channel if channel in used and user_id in reachable(channel, [user_id])]
