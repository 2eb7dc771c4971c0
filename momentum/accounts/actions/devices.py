"""The browsers that an account is entered from: which are known, and signing out of them."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from momentum.accounts import notifications
from momentum.accounts.models import Browser, Grant, Session, User
from momentum.accounts.models.session_store import SessionStore, hash_key
from momentum.core.errors import NotFoundError
from momentum.events.actions.record import record
from momentum.notifications.actions import mobile_devices, push_subscriptions
from momentum.notifications.actions.notify import notify

KEPT_FOR = timedelta(days=400)  # as long as browsers keep a cookie


@transaction.atomic
def arrive(*, user: User, key_hash: str, user_agent: str, quietly: bool = False) -> None:
    """Note that somebody is entering from a browser; where they never did before, they are told by mail.

    Args:
        user: who enters.
        key_hash: of the key that the browser is known by (`adapters.device_cookie`).
        user_agent: what it calls itself.
        quietly: tell nobody: for the first time of all, and for who has just proved that they read the account's mail.
    """
    seen = {"last_seen_at": timezone.now(), "user_agent": user_agent[:200]}
    browser, new = Browser.objects.update_or_create(user=user, key_hash=key_hash, defaults=seen)
    if not new or quietly:
        return
    record("user.new_browser", actor_id=user.id, subject_id=user.id)
    notify(notifications.NEW_BROWSER, user=user, about={"browser": browser}, cause=browser.id)


def mark_of(*, key_hash: str, email: str) -> str:
    """Return the hash itself where whoever has this address was in that browser before; "" elsewhere."""
    known = Browser.objects.filter(key_hash=key_hash, user__email__iexact=email.strip()).exists()
    return key_hash if known else ""


@transaction.atomic
def sign_out(*, user: User, session_id: uuid.UUID) -> None:
    """End one of somebody's own sessions.

    Raises:
        NotFoundError: where they have none of this id; it may have ended meanwhile, or be another's.
    """
    session = Session.objects.select_for_update().filter(user=user, pk=session_id).first()
    if session is None:
        raise NotFoundError
    push_subscriptions.forget_browser(SessionStore().decode(session.data).get(push_subscriptions.IN_SESSION))
    session.delete()
    record("user.session_ended", actor_id=user.id, subject_id=user.id)


@transaction.atomic
def withdraw(*, user: User, grant_id: uuid.UUID) -> None:
    """End what one of somebody's own programs may do.

    Raises:
        NotFoundError: where they have none of this id.
    """
    ended, _rows = Grant.objects.filter(user=user, pk=grant_id).delete()
    if not ended:
        raise NotFoundError
    mobile_devices.forget_signed_out(grant_ids=[grant_id])
    record("user.program_ended", actor_id=user.id, subject_id=user.id)


@transaction.atomic
def sign_out_everywhere(*, user: User, but: SessionStore | None = None) -> int:
    """End all of somebody's sessions and tokens, but for this one where it is given; return how many ended."""
    User.objects.filter(pk=user.pk).update(signed_out_at=timezone.now())
    programs: int = Grant.objects.filter(user=user).delete()[0]
    ending = Session.objects.filter(user=user)
    if but is not None:
        ending = ending.exclude(key_hash=hash_key(but.session_key or ""))
    ended: int = programs + ending.delete()[0]
    own = but.get(push_subscriptions.IN_SESSION) if but is not None else None
    push_subscriptions.forget_browsers(user=user, but=own)
    mobile_devices.forget_devices(user=user)
    record("user.signed_out_elsewhere", actor_id=user.id, subject_id=user.id)
    return ended


def forget_unused() -> None:
    """Forget the browsers whose cookie has run out, and the programs whose tokens have."""
    expired = Grant.objects.filter(expires_at__lt=timezone.now())
    mobile_devices.forget_signed_out(grant_ids=list(expired.values_list("pk", flat=True)))
    expired.delete()
    Browser.objects.unused_since(timezone.now() - KEPT_FOR).delete()
