"""What administrators do to accounts. Every action checks permission, is atomic, and is audited."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.actions.invitations import send_invitation
from momentum.accounts.models import Grant, Role, Session, User, time_zones
from momentum.core.errors import ConflictError, InvalidError, NotFoundError
from momentum.core.permissions import require_admin
from momentum.core.zones import nearest_known
from momentum.events.actions.record import record
from momentum.notifications.actions import mobile_devices, push_subscriptions


@transaction.atomic
def invite_user(*, actor: User, email: str, name: str = "", role: str = Role.FREE) -> User:
    """Make an account for somebody, and send them a link to choose a password.

    The address counts as verified once that link is used.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: where the address or the role won't do.
        ConflictError: where the address has an account.
    """
    require_admin(actor)
    wanted = email.strip().lower()
    _check(wanted, name, role)
    if User.objects.filter(email__iexact=wanted).exists():
        raise ConflictError(
            _("An account for %(email)s already exists.") % {"email": wanted}, code="email_taken"
        )
    user: User = User.objects.create_user(wanted, None, name=name.strip(), role=role)
    EmailAddress.objects.create(user=user, email=wanted, primary=True, verified=False)
    record("user.invited", actor_id=actor.id, subject_id=user.id, role=role)
    send_invitation(user)
    return user


@transaction.atomic
def invite_again(*, actor: User, user: User) -> None:
    """Send the invitation once more; the links sent before stay good for their day.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: when they have chosen a password already, or are suspended.
    """
    require_admin(actor)
    if not user.is_active or not is_invited(user):
        raise ConflictError(_("This person no longer needs an invitation."), code="not_invited")
    record("user.invited", actor_id=actor.id, subject_id=user.id, again=True)
    send_invitation(user)


@transaction.atomic
def change_role(*, actor: User, user: User, role: str) -> User:
    """Make somebody a learner, a premium learner or an administrator. The same again changes nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        InvalidError: for a role that there isn't.
        ConflictError: for the last administrator.
    """
    person, admins = _lock(actor, user)
    if role not in Role.values:
        raise InvalidError(data={"fields": {"role": [_("Choose a role from the list.")]}})
    if person.role == role:
        return person
    _keep_one_admin(person, admins)
    before, person.role = person.role, role
    person.save(update_fields=["role"])
    record("user.role_changed", actor_id=actor.id, subject_id=person.id, before=before, role=role)
    return person


@transaction.atomic
def suspend_user(*, actor: User, user: User) -> User:
    """Shut somebody out of everything at once; what they have stays. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
        ConflictError: for oneself, and for the last administrator.
    """
    person, admins = _lock(actor, user)
    if not person.is_active:
        return person
    if person.pk == actor.pk:
        raise ConflictError(_("You can’t suspend yourself. Ask another administrator."), code="own_account")
    _keep_one_admin(person, admins)
    person.is_active = False
    person.save(update_fields=["is_active"])
    # Every door asks whether the account is active; without their sessions and tokens they must sign in anew, too.
    Session.objects.filter(user=person).delete()
    Grant.objects.filter(user=person).delete()
    push_subscriptions.forget_browsers(user=person)
    mobile_devices.forget_devices(user=person)
    record("user.suspended", actor_id=actor.id, subject_id=person.id)
    return person


@transaction.atomic
def reactivate_user(*, actor: User, user: User) -> User:
    """Let somebody in again. Again does nothing.

    Raises:
        ForbiddenError: unless `actor` is an administrator.
    """
    person, _admins = _lock(actor, user)
    if person.is_active:
        return person
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("user.reactivated", actor_id=actor.id, subject_id=person.id)
    return person


def is_invited(user: User) -> bool:
    """Say whether they were invited and haven't chosen a password yet."""
    if user.has_usable_password() or user.last_login is not None:
        return False
    return not EmailAddress.objects.filter(user=user, verified=True).exists()


def refuse_last_admin(user: User) -> None:
    """Refuse where nobody would be left to run the place without this account; locks the administrators.

    Raises:
        ConflictError: for the last active administrator.
    """
    _keep_one_admin(user, _lock_admins())


def _lock(actor: User, user: User) -> tuple[User, dict[uuid.UUID, User]]:
    """Return the account as it is now, locked, and all administrators, locked as well."""
    admins = _lock_admins()
    require_admin(admins.get(actor.pk) or User(role=Role.FREE))
    person = admins.get(user.pk) or User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    if person is None:
        raise NotFoundError(_("Account not found."))
    return person, admins


def _lock_admins() -> dict[uuid.UUID, User]:
    # All of them, in one order: two administrators who take each other's role away come one after the other,
    # and whoever comes second isn't one any more.
    locked = User.objects.admins().select_for_update(no_key=True).order_by("pk")
    return {admin.pk: admin for admin in locked}


def _keep_one_admin(person: User, admins: dict[uuid.UUID, User]) -> None:
    if set(admins) == {person.pk}:
        raise ConflictError(
            _("This is the last administrator. Make someone else an administrator first."), code="last_admin"
        )


def _check(email: str, name: str, role: str) -> None:
    wrong: dict[str, Any] = {}
    try:
        validate_email(email)
    except ValidationError as error:
        wrong["email"] = error.messages
    if len(name.strip()) > 120:
        wrong["name"] = [_("Use at most %(limit)d characters.") % {"limit": 120}]
    if role not in Role.values:
        wrong["role"] = [_("Choose a role from the list.")]
    if wrong:
        raise InvalidError(data={"fields": wrong})


def mend_time_zones() -> int:
    """Give people whose time zone is no longer known to Python and the database alike one that shows the same time.

    Return how many people that were. Their calendars stay what they were; a name that nobody knows becomes UTC.
    """
    odd = User.objects.exclude(time_zone__in=time_zones()).values_list("time_zone", flat=True).distinct()
    return sum(
        User.objects.filter(time_zone=name).update(time_zone=nearest_known(name)) for name in odd.order_by()
    )
