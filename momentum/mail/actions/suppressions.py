"""Addresses that get no mail: what administrators do about them."""

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.mail.models import Suppression

if TYPE_CHECKING:
    from momentum.accounts.models import User


@transaction.atomic
def revoke(*, actor: "User", suppression_id: uuid.UUID) -> None:
    """Let mail go to an address again; once that was done, doing it again changes nothing.

    Raises:
        ForbiddenError: for anybody but administrators.
    """
    require_admin(actor)
    found = Suppression.objects.standing().select_for_update(of=("self",)).filter(pk=suppression_id).first()
    if found is None:
        return
    found.revoke(actor)
    record("mail.suppression_revoked", actor_id=actor.id, subject_id=found.user_id, reason=found.reason)
