"""The browsers that an account is entered from: which are known, and signing out of them."""

import secrets
import uuid
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from momentum.accounts import letters
from momentum.accounts.models import Browser, Grant, Session, User
from momentum.accounts.models.session_store import SessionStore, hash_key
from momentum.core.errors import NotFoundError
from momentum.events.actions.record import record
from momentum.mail.actions.outbox import post

COOKIE = "momentum_browser"
KEPT_FOR = timedelta(days=400)  # as long as browsers keep a cookie


def arrive(request: HttpRequest, user: User, *, quietly: bool = False) -> None:
    """Note that somebody is entering from this browser; where they never did before, they are told by mail.

    `quietly` tells nobody: for the first time of all, and for who has just proved that they read the account's mail.
    """
    key_hash = give_key(request)
    _note(user=user, key_hash=key_hash, user_agent=request.headers.get("User-Agent", ""), quietly=quietly)


def mark_of(request: HttpRequest, email: str) -> str:
    """Return what tells this browser from others, where whoever has this address was in it before; "" elsewhere."""
    key = hash_key(_key(request))
    known = Browser.objects.filter(key_hash=key, user__email__iexact=email.strip()).exists()
    return key if known else ""


def give_key(request: HttpRequest) -> str:
    """Have this browser keep the key it has, or a new one, and return its hash; by itself a key proves nothing."""
    key = _key(request) or secrets.token_urlsafe(32)
    request.momentum_browser_key = key  # type: ignore[attr-defined]  # for the middleware to keep
    return hash_key(key)


def key_hash_of(request: HttpRequest) -> str:
    """Return the hash of the key that this browser came with."""
    return hash_key(_key(request))


def key_to_keep(request: HttpRequest) -> str | None:
    """Return the key that this request's browser is known by from now on; none unless it was just given one."""
    return getattr(request, "momentum_browser_key", None)


@transaction.atomic
def _note(*, user: User, key_hash: str, user_agent: str, quietly: bool) -> None:
    seen = {"last_seen_at": timezone.now(), "user_agent": user_agent[:200]}
    browser, new = Browser.objects.update_or_create(user=user, key_hash=key_hash, defaults=seen)
    if not new or quietly:
        return
    record("user.new_browser", actor_id=user.id, subject_id=user.id)
    post(letters.NEW_BROWSER, user=user, cause=f"new-browser/{browser.id}", about={"browser": browser})


@transaction.atomic
def sign_out(*, user: User, session_id: uuid.UUID) -> None:
    """End one of somebody's own sessions.

    Raises:
        NotFoundError: where they have none of this id; it may have ended meanwhile, or be another's.
    """
    ended, _rows = Session.objects.filter(user=user, pk=session_id).delete()
    if not ended:
        raise NotFoundError
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
    record("user.signed_out_elsewhere", actor_id=user.id, subject_id=user.id)
    return ended


def forget_unused() -> None:
    """Forget the browsers whose cookie has run out, and the programs whose tokens have."""
    Grant.objects.filter(expires_at__lt=timezone.now()).delete()
    Browser.objects.unused_since(timezone.now() - KEPT_FOR).delete()


def _key(request: HttpRequest) -> str:
    key = request.COOKIES.get(COOKIE, "")
    # Nothing else was ever given out; what somebody made up isn't kept for them.
    return key if len(key) == 43 and key.replace("-", "").replace("_", "").isalnum() else ""
