"""Making a change once, however often a door is asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import ConflictError
from momentum.core.idempotency import Key
from momentum.learning.models import IdempotencyKey

REMEMBERED = timedelta(days=7)


@contextmanager
def once(*, user: User, key: Key | None) -> Iterator[bool]:
    """Run the block in a transaction; it is given whether the change has to be made, or was made before.

    Whoever sends the same at the same moment waits for the first. When the block raises, nothing is remembered. Without
    a key the change has to be made each time.

    Raises:
        ConflictError: for a key that stood for another change (`client_id_taken`).
    """
    with transaction.atomic():
        if key is None:
            yield True
            return
        digest = IdempotencyKey.objects.take(user=user, key=key.id, digest=key.digest)
        if digest not in {None, key.digest}:
            raise ConflictError(
                _("This request was already sent with different content."), code="client_id_taken"
            )
        yield digest is None


def forget_old_keys() -> int:
    """Forget the keys of changes that nobody sends again; return how many."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - REMEMBERED).delete()[0]
