"""The invitation that an administrator sends: a link to choose a password with."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from momentum.accounts import letters
from momentum.accounts.actions import time_zones
from momentum.accounts.models import User
from momentum.mail.actions.outbox import enqueue


def send_invitation(user: User) -> None:
    """Send somebody the link to choose a password with."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    about = {"user": user, "invitation_url": f"{settings.BASE_URL}{path}"}
    enqueue(letters.INVITATION, user=user, about=about)


def accept_invitation(user: User, *, time_zone: str = "") -> None:
    """Note that the link was used, in this zone: it went to that address, so it is verified."""
    EmailAddress.objects.filter(user=user, email__iexact=user.email).update(verified=True)
    time_zones.settle(user, time_zone)
    user.save(update_fields=["time_zone", "time_zones_declined"])
