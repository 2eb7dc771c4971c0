"""Reading mail in tests: whenever somebody looks, what waits in the outbox is sent first, as the worker does it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.core import mail
from django.utils import timezone


def deliver() -> None:
    """Make an attempt at every mail and notification that waits."""
    from momentum.mail.actions import delivery
    from momentum.mail.models import Email
    from momentum.notifications.actions import deliver as notifications

    for message in Email.objects.queued().order_by("id"):
        delivery.deliver(str(message.pk))
    notifications.deliver_due(until=timezone.now() + timedelta(minutes=1))


class Mailbox(Sequence[Any]):
    """All mail that was sent, by Django's backend for tests."""

    def _sent(self) -> list[Any]:
        deliver()
        return mail.outbox

    def __len__(self) -> int:
        return len(self._sent())

    def __getitem__(self, place: Any) -> Any:
        return self._sent()[place]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._sent())

    def __eq__(self, other: object) -> bool:
        return self._sent() == other

    __hash__ = None  # type: ignore[assignment]  # it changes

    def clear(self) -> None:
        self._sent().clear()


mailbox = Mailbox()
