"""Which notifications there are: each app declares its own in `notifications.py`, and this collects them."""

from dataclasses import dataclass
from functools import cache

from momentum.core.declarations import declared
from momentum.mail.domain.kinds import EmailKind


@dataclass(frozen=True)
class NotificationKind:
    """One kind of notification, with the channels that it goes by.

    Args:
        name: such as "payments.receipt". It identifies what was told already, so it never changes.
        email: the email that is sent.
    """

    name: str
    email: EmailKind


@cache
def kinds() -> dict[str, NotificationKind]:
    """Return every kind of notification by its name: what `NOTIFICATIONS` in the apps' `notifications.py` list."""
    found: dict[str, NotificationKind] = {}
    for module in declared("notifications").values():
        for kind in module.NOTIFICATIONS:
            if found.setdefault(kind.name, kind) is not kind:
                raise ValueError(f"Two notifications are called {kind.name!r}.")
    return found
