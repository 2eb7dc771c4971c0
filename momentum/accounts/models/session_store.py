"""Sessions in the database: one query brings the session and the person who is signed in."""

import hashlib
import json
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from momentum.accounts.models import Session, User
from momentum.core.compiled_queries import Slot, compiled
from momentum.notifications.models import Notification, Preferences

# How often a session that is only read is written again: for "last seen", and so that it expires
# thirty days after the last visit instead of the first.
SEEN_EVERY = timedelta(hours=1)


def hash_key(session_key: str) -> str:
    """Return what the database keeps of a session key."""
    return hashlib.sha256(session_key.encode()).hexdigest()


@compiled
def _running(key_hash: Slot, now: Slot) -> QuerySet[Any]:  # of sessions, with what is counted besides
    of_user = {"user": OuterRef("user")}
    unread = Notification.objects.unread().filter(**of_user).values("user").annotate(number=Count("id"))
    return (
        Session.objects.filter(key_hash=key_hash, expires_at__gt=now)
        .select_related("user")
        .annotate(
            unread=Coalesce(Subquery(unread.values("number")), 0),
            has_preferences=Exists(Preferences.objects.filter(**of_user)),
        )
    )


@lru_cache(maxsize=4_000)
def _checked(data: str, *_secrets: str) -> str:
    """Return what the data of a session says, as JSON, where it was signed with one of the secrets.

    Checking a signature takes as long as all else about a session, and people ask for page after page with the same.
    """
    return json.dumps(SessionBase.decode(SessionStore(), data))


class SessionStore(SessionBase):
    """The session engine that `SESSION_ENGINE` names.

    After loading, `user` is the person whose session this is, already read; whether they may still
    use it is for `momentum.accounts.middleware.Authentication` to say.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.user: User | None = None
        self.user_agent = ""

    def load(self) -> dict[str, Any]:
        row = _running.first(key_hash=hash_key(self.session_key or ""), now=timezone.now())
        if row is None:
            self._session_key = None
            return {}
        self.user = row.user
        if row.user is not None:
            row.user.unread_notifications = row.unread
            row.user.has_notification_preferences = row.has_preferences
        if row.last_seen_at < timezone.now() - SEEN_EVERY:
            self.modified = True
        return self.decode(row.data)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        text = session_data.decode() if isinstance(session_data, bytes) else session_data
        found: dict[str, Any] = json.loads(
            _checked(text, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        )
        return found

    def exists(self, session_key: str) -> bool:
        return bool(Session.objects.filter(key_hash=hash_key(session_key)).exists())

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Django's own, not in its stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # Django's own, not in its stubs
        key_hash = hash_key(self._get_or_create_session_key())  # type: ignore[attr-defined]  # Django's own, not in its stubs
        fields = {
            "user_id": data.get(SESSION_KEY),
            "data": self.encode(data),
            "last_seen_at": timezone.now(),
            "expires_at": self.get_expiry_date(),
        }
        if self.user_agent:
            fields["user_agent"] = self.user_agent[:200]
        if not must_create:
            if not Session.objects.filter(key_hash=key_hash).update(**fields):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                Session.objects.create(key_hash=key_hash, **fields)
        except IntegrityError as error:
            raise CreateError from error

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(key_hash=hash_key(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.expired().delete()
