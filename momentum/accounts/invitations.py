"""The invitation that an administrator sends: a link to choose a password with."""

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from momentum.accounts.adapter import AccountAdapter
from momentum.accounts.administering import is_invited
from momentum.accounts.models import User


def send_invitation(user_id: uuid.UUID) -> None:
    """Send it, unless they have come in meanwhile, were suspended or are gone.

    Raises:
        UnavailableError: where the mail server can't be reached or refuses.
    """
    user: User | None = User.objects.active().filter(pk=user_id).first()
    if user is None or not is_invited(user):
        return
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    context = {"user": user, "invitation_url": f"{settings.BASE_URL}{path}"}
    AccountAdapter().send_mail("account/email/invitation", user.email, context)


def accept_invitation(user: User) -> None:
    """Note that the link was used: it went to that address, so it is verified."""
    EmailAddress.objects.filter(user=user, email__iexact=user.email).update(verified=True)
