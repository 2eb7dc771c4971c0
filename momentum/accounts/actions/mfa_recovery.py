"""A way back in for whose two-factor codes nobody can read any more: after a restore without the secret key.

The password and the confirmed address together stand in for the codes, once: a link is mailed, and works only in a
browser in which the password was entered. Never for administrators: see docs/adr/0024.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from momentum.accounts import letters
from momentum.accounts.actions import mfa
from momentum.accounts.models import User
from momentum.core.errors import ForbiddenError, NotFoundError
from momentum.events.actions.record import record
from momentum.mail.actions.outbox import enqueue

GOOD_FOR = timedelta(minutes=15)
_SALT = "momentum.lost-codes"


@transaction.atomic
def send_link(*, user: User) -> None:
    """Mail a link to somebody who has just given their password and is asked for a code that can't be checked.

    Raises:
        ForbiddenError: for administrators, and for whoever still has a second step that can be read.
    """
    _check(user)
    key = signing.dumps([str(user.pk), _lost(user)], salt=_SALT)
    path = reverse("account_lost_codes_opened", args=[key])
    enqueue(letters.LOST_CODES, user=user, about={"recovery_url": settings.BASE_URL + path})


def person_of(*, key: str) -> User:
    """Return whose link this is.

    Raises:
        NotFoundError: where it is forged, too old or used up, or the codes can be read after all.
    """
    try:
        user_id, lost = signing.loads(key, salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise _gone() from error
    user: User | None = User.objects.filter(pk=user_id, is_active=True).first()
    # What it turns off is named in it: once that is gone, or there is something new, it is worth nothing.
    if user is None or user.is_admin or not mfa.is_lost(user) or _lost(user) != lost:
        raise _gone()
    return user


@transaction.atomic
def turn_off(*, key: str) -> None:
    """Turn off the codes that this link is about.

    The caller has seen the password: it was entered in the same browser.

    Raises:
        NotFoundError: as for `person_of`.
    """
    # Of two that come at once, one finds something.
    User.objects.select_for_update().get(pk=person_of(key=key).pk)
    user = person_of(key=key)
    mfa.forget_unreadable(user=user)
    record("user.second_step_recovered", actor_id=user.id, subject_id=user.id)


def _check(user: User) -> None:
    if user.is_admin or not user.is_active or not mfa.is_lost(user):
        raise ForbiddenError


def _lost(user: User) -> list[int]:
    return sorted(one.pk for one in mfa.codes_of(user, readable=False))


def _gone() -> NotFoundError:
    return NotFoundError(_("This link is no longer valid."), code="link_gone")
