"""Which notifications there are: each app declares its own in `notifications.py`, and this collects them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.utils.functional import Promise

from momentum.core.declarations import declared
from momentum.mail.domain.kinds import EmailKind
from momentum.notifications.domain.topics import LEARNING, Topic
from momentum.notifications.models import Channel, Choice, Preferences

if TYPE_CHECKING:
    from momentum.accounts.models import User


@dataclass(frozen=True)
class Notice:
    """What the list of notifications and a push message say.

    Args:
        title: what it is, in a few words.
        body: a sentence or two; plain text.
        path: where on this site it leads, such as "/courses/tides/".
    """

    title: str
    body: str = ""
    path: str = ""


class Due(NamedTuple):
    """What somebody is to be told now; all as for `notify`."""

    user: "User"
    cause: str
    about: dict[str, Any]


@dataclass(frozen=True)
class Recurrence:
    """When a kind comes again and again, and to whom.

    Args:
        at: the time of the person's day; it may depend on what they chose.
        due: says who of some people, whose time it is, is to be told what. It is told the moment, and asks the database
            for all of them together.
        weekday: the one day of the week, 0 for Monday; each day where omitted.
        settle: called for all of them once they have been told, in the same transaction.
    """

    at: Callable[[Preferences], time]
    due: "Callable[[Collection[User], datetime], Iterable[Due]]"
    weekday: int | None = None
    settle: Callable[[Collection[UUID]], object] | None = None


@dataclass(frozen=True)
class NotificationKind:
    """One kind of notification, with the channels that it goes by.

    Args:
        email: the email that is sent; both have one name. What isn't essential is written when it is sent, and raises
            NotFoundError where nothing is left to say; then no push message is sent either.
        topic: what it is about, for the page of preferences.
        description: what causes it, in a sentence to whom it is sent; what the panel says of its email where omitted.
        channels: those that a kind which isn't essential may go by, with what holds until somebody chooses otherwise.
        in_inbox: whether the list of notifications shows it; a reminder that is over tomorrow isn't kept there.
        immediate: whether it follows what the person just did, so that neither quiet hours nor the limit a day keep it.
        today_only: whether it is of no use after the person's day.
        notice: what the list and a push message say, from what `notify` was told; what its email says where omitted.
        recurrence: for what isn't told by `notify` but comes again and again.
    """

    email: EmailKind
    topic: Topic = LEARNING
    description: str | Promise = ""
    channels: Mapping[Channel, Choice] = field(default_factory=lambda: {Channel.EMAIL: Choice.ON})
    in_inbox: bool = True
    immediate: bool = False
    today_only: bool = False
    notice: Callable[..., Notice] | None = None
    recurrence: Recurrence | None = None

    @property
    def name(self) -> str:
        """Such as "payments.receipt". It identifies what was told already, so it never changes."""
        return self.email.name

    @property
    def essential(self) -> bool:
        """Whether nobody can switch it off, by what its email is for: then it is put into the outbox at once."""
        return not self.email.can_be_switched_off

    @property
    def title(self) -> str | Promise:
        """What the page of preferences calls it."""
        return self.email.title

    @property
    def sentence(self) -> str | Promise:
        """What the page of preferences says of it."""
        return self.description or self.email.when

    def choices(self, channel: Channel) -> tuple[Choice, ...]:
        """Return what may be chosen for a channel. What is of no use later, or expected at once, isn't in a digest."""
        gathers = self.recurrence is not None and self.recurrence.settle is not None
        waits = channel == Channel.EMAIL and not (self.today_only or self.immediate or gathers)
        return (Choice.ON, Choice.DIGEST, Choice.OFF) if waits else (Choice.ON, Choice.OFF)


@cache
def kinds() -> dict[str, NotificationKind]:
    """Return every kind of notification by its name: what `NOTIFICATIONS` in the apps' `notifications.py` list."""
    found: dict[str, NotificationKind] = {}
    # Those of the apps that stand highest first, as people see them: of each day before of once.
    for module in reversed(declared("notifications").values()):
        for kind in module.NOTIFICATIONS:
            if found.setdefault(kind.name, kind) is not kind:
                raise ValueError(f"Two notifications are called {kind.name!r}.")
    return found


@cache
def recurring_kinds() -> dict[str, tuple[NotificationKind, Recurrence]]:
    """Return the kinds that come again and again, by name, with what they say about when."""
    return {name: (kind, kind.recurrence) for name, kind in kinds().items() if kind.recurrence is not None}
