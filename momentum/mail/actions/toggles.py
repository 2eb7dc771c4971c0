"""Deciding which kinds of mail are sent at all."""

from typing import TYPE_CHECKING

from django.db import transaction

from momentum.core.errors import ConflictError
from momentum.core.permissions import require_admin
from momentum.events.actions.record import record
from momentum.mail.domain.kinds import EmailKind
from momentum.mail.models import SwitchedOffKind
from momentum.mail.queries.edits import edits

if TYPE_CHECKING:
    from momentum.accounts.models import User


@transaction.atomic
def switch_off(*, actor: "User", kind: EmailKind) -> None:
    """Have no mail of this kind sent from now on, not even what waits. Again does nothing.

    Raises:
        ForbiddenError: for anybody but administrators.
        ConflictError: `always_sent`, where the kind is about access, security, money or what somebody has to know.
    """
    require_admin(actor)
    if not kind.can_be_switched_off:
        raise ConflictError(str(kind.purpose.label), code="always_sent")
    _row, new = SwitchedOffKind.objects.get_or_create(kind=kind.name)
    if new:
        edits.changed()
        record("mail.switched_off", actor_id=actor.id, kind=kind.name)


@transaction.atomic
def switch_on(*, actor: "User", kind: EmailKind) -> None:
    """Have a kind of mail sent again; what it would have said meanwhile stays unsaid. Again does nothing.

    Raises:
        ForbiddenError: for anybody but administrators.
    """
    require_admin(actor)
    count, _by_table = SwitchedOffKind.objects.filter(kind=kind.name).delete()
    if count:
        edits.changed()
        record("mail.switched_on", actor_id=actor.id, kind=kind.name)
