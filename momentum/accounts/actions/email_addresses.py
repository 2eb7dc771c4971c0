"""Changing the e-mail address that one signs in with: confirmed at the old one and at the new one."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from momentum.accounts import letters
from momentum.accounts.models import AddressChange, User
from momentum.core.errors import ConflictError, InvalidError, NotFoundError
from momentum.events.actions.record import record
from momentum.mail.actions.outbox import enqueue

GOOD_FOR = timedelta(days=3)
_SALT = "momentum.address-change"
_SIDES = ("old", "new")


@transaction.atomic
def ask_for_address(*, user: User, email: str) -> AddressChange:
    """Send a link to both addresses; who asked before and asks again means the last one.

    It looks the same from here where the new one belongs to somebody else: its owner is told by mail, and
    nothing comes of it.

    Raises:
        InvalidError: where it is the address they have.
    """
    email = email.strip().lower()
    if email == user.email.lower():
        raise InvalidError(data={"fields": {"email": [_("This is already your email address.")]}})
    # Made anew, so that links of before no longer work.
    AddressChange.objects.filter(user=user).delete()
    change: AddressChange = AddressChange.objects.create(user=user, email=email)
    if owner := User.objects.filter(email__iexact=email).first():
        _tell_owner(owner, email)
    else:
        _send(change, "new", email)
    _send(change, "old", user.email)
    return change


def _tell_owner(owner: User, email: str) -> None:
    recovery = settings.BASE_URL + reverse("account_reset_password")
    enqueue(letters.ACCOUNT_EXISTS, user=owner, address=email, about={"password_reset_url": recovery})


@transaction.atomic
def call_off(*, user: User) -> None:
    """Keep the address as it is. Again changes nothing."""
    AddressChange.objects.filter(user=user).delete()


def asked_with(key: str) -> tuple[AddressChange, str]:
    """Return the change that a link is about, and which side it was sent to: "old" or "new".

    Raises:
        NotFoundError: where the link is forged, too old, used up or called off.
    """
    try:
        change_id, side = signing.loads(key, salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise _gone() from error
    change = AddressChange.objects.select_related("user").filter(pk=change_id, user__is_active=True).first()
    if change is None or side not in _SIDES:
        raise _gone()
    return change, side


@transaction.atomic
def confirm(*, key: str) -> bool:
    """Note that the link was followed; with the second of the two the address changes, which is what is returned.

    Raises:
        NotFoundError: as for `asked_with`.
        ConflictError: where somebody else has taken the address meanwhile.
    """
    change, side = asked_with(key)
    # One after the other, so that two links followed at once change the address, and once.
    held = AddressChange.objects.select_for_update().filter(pk=change.pk).first()
    if held is None:
        raise _gone()
    if not held.confirm(side):
        return False
    _take_effect(held)
    return True


def forget_old() -> None:
    """Forget what was asked for and never confirmed."""
    AddressChange.objects.filter(created_at__lt=timezone.now() - GOOD_FOR).delete()


def _take_effect(change: AddressChange) -> None:
    user: User = User.objects.select_for_update().get(pk=change.user_id)
    old, user.email = user.email, change.email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    except IntegrityError as error:
        raise ConflictError(
            _("This email address now belongs to another account."), code="email_taken"
        ) from error
    change_id = change.id
    change.delete()
    record("user.address_changed", actor_id=user.id, subject_id=user.id)
    told = {"from_email": old, "to_email": user.email}
    enqueue(letters.EMAIL_CHANGED, user=user, address=old, cause=f"address-changed/{change_id}", about=told)


def _send(change: AddressChange, side: str, email: str) -> None:
    key = signing.dumps([str(change.id), side], salt=_SALT)
    link = settings.BASE_URL + reverse("account_email_confirmation", args=[key])
    if side == "new":
        enqueue(letters.ADDRESS_NEW, user=change.user, address=email, about={"confirm_url": link})
        return
    about = {"to_email": change.email, "from_email": change.user.email, "confirm_url": link}
    enqueue(letters.ADDRESS_OLD, user=change.user, address=email, about=about)


def _gone() -> NotFoundError:
    return NotFoundError(_("This link is no longer valid."), code="link_gone")
