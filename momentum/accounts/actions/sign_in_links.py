"""Making a browser known by a link that is mailed: for who is kept out of a new one by what strangers guessed.

The link opens nothing by itself. It works once, in the browser that asked for it alone, which then may ask for the
password as the browsers do that were signed in from before.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from momentum.accounts import letters
from momentum.accounts.models import Browser, User
from momentum.core.errors import NotFoundError
from momentum.events.actions.record import record
from momentum.mail.actions.outbox import enqueue

GOOD_FOR = timedelta(minutes=15)
_SALT = "momentum.sign-in-link"


@transaction.atomic
def send_link(*, email: str, key_hash: str) -> None:
    """Mail a link to whoever has this address, for the browser of this key; it looks the same where nobody has."""
    email = email.strip().lower()
    user = User.objects.filter(email__iexact=email, is_active=True, emailaddress__verified=True).first()
    if user is None:
        return
    if Browser.objects.filter(user=user, key_hash=key_hash).exists():
        path = reverse("account_login")  # it is known, and was no stranger's
    else:
        key = signing.dumps([str(user.pk), key_hash], salt=_SALT)
        path = reverse("account_sign_in_link_opened", args=[key])
    enqueue(letters.SIGN_IN_LINK, user=user, about={"sign_in_url": settings.BASE_URL + path})


def person_of(*, key: str, key_hash: str) -> User:
    """Return who asked for a link, in the browser of this key.

    Raises:
        NotFoundError: where it is forged, too old, used up, or was asked for in another browser.
    """
    try:
        user_id, asked_in = signing.loads(key, salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise _gone() from error
    if key_hash != asked_in:
        raise NotFoundError(
            _("Open this link in the browser in which you requested it."), code="other_browser"
        )
    user: User | None = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or Browser.objects.filter(user=user, key_hash=key_hash).exists():
        raise _gone()
    return user


@transaction.atomic
def prove_browser(*, key: str, key_hash: str, user_agent: str) -> None:
    """Make the browser of this key one that the account knows.

    Raises:
        NotFoundError: as for `person_of`.
    """
    user = person_of(key=key, key_hash=key_hash)
    seen = {"user_agent": user_agent[:200]}
    # Of two that come at once, one makes it.
    _browser, new = Browser.objects.get_or_create(user=user, key_hash=key_hash, defaults=seen)
    if not new:
        raise _gone()
    record("user.browser_proven", actor_id=user.id, subject_id=user.id)


def _gone() -> NotFoundError:
    return NotFoundError(_("This link is no longer valid."), code="link_gone")
