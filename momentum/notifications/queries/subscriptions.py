"""Which emails somebody gets of those that they may do without, and when."""

from datetime import time
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model

from momentum.core.errors import NotFoundError
from momentum.notifications.domain.kinds import NotificationKind, kinds
from momentum.notifications.models import Channel, Choice, Preferences
from momentum.notifications.queries.choices import groups

if TYPE_CHECKING:
    from momentum.accounts.models import User


class Subscription(NamedTuple):
    """A kind that can be switched off, and whether somebody gets emails of it."""

    kind: NotificationKind
    is_on: bool


def subscriber(user_id: UUID) -> "User":
    """Return who gets emails, with what they chose.

    Raises:
        NotFoundError: where the account is gone.
    """
    people = get_user_model().objects.select_related("notification_preferences")
    found: User | None = people.filter(pk=user_id).first()
    if found is None:
        raise NotFoundError
    return found


def subscriptions(user: "User") -> list[Subscription]:
    """Return every kind of email that somebody may do without."""
    preferences = Preferences.chosen_by(user)
    optional = [kind for group in groups(for_admin=user.is_admin) for kind in group.optional]
    return [
        Subscription(kind, _gets(preferences, kind)) for kind in optional if Channel.EMAIL in kind.channels
    ]


def is_subscribed(user_id: UUID, kind: NotificationKind | None = None) -> bool:
    """Say whether somebody gets emails of this kind; without one, whether they get any that they may do without."""
    preferences = Preferences.objects.filter(user_id=user_id).first() or Preferences(user_id=user_id)
    return _gets(preferences, kind) if kind else not preferences.is_silent(Channel.EMAIL)


def _gets(preferences: Preferences, kind: NotificationKind) -> bool:
    default = kind.channels.get(Channel.EMAIL, Choice.OFF)
    return preferences.chosen(kind.name, Channel.EMAIL, default) != Choice.OFF


def reminder_time(user: "User", kind: str) -> time | None:
    """Return at which time of their day somebody gets emails of a kind that comes again and again; None for none."""
    known = kinds().get(kind)
    if known is None or known.recurrence is None or not is_subscribed(user.pk, known):
        return None
    return known.recurrence.at(Preferences.chosen_by(user))
