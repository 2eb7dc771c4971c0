"""Telling somebody that something happened.

Emails that prove who reads an address, or go to one that is nobody's account (confirmations, invitations, recovery and
sign-in links, the goodbye to a deleted account), are no notifications: no other channel could stand in for them.
They are put into the outbox directly (`mail.actions.outbox.enqueue`).
"""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction

from momentum.mail.actions import outbox
from momentum.notifications.domain import NotificationKind, kinds

if TYPE_CHECKING:
    from momentum.accounts.models import User


@transaction.atomic
def notify(
    kind: NotificationKind, *, user: "User | None", about: dict[str, Any], cause: uuid.UUID | str
) -> None:
    """Tell somebody, once, that something happened, by the channels of its kind.

    Call it in the transaction of what happened: if that is rolled back, nobody is told. Telling the same person again
    of the same cause does nothing.

    Args:
        kind: what kind of news it is; one of an app's `NOTIFICATIONS`.
        user: who is told; None where the account no longer exists, and then nobody is.
        about: what the texts of the kind are written from, by name.
        cause: identifies what happened, such as the id of a payment; at most 100 characters. It is the same each time
            the same thing is told, and no other thing of this kind that is told to this person has it.

    Raises:
        ValueError: for a kind that no app declares, or an empty cause.
    """
    if kinds().get(kind.name) is not kind:
        raise ValueError(f"No app declares the notification {kind.name!r}.")
    if not str(cause):
        raise ValueError(f"A notification {kind.name!r} has no cause.")
    if user is None:
        return
    outbox.enqueue(kind.email, user=user, about=about, cause=f"{kind.name}/{user.pk}/{cause}")
