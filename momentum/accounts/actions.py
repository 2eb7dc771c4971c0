"""What makes accounts."""

import secrets
import string

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.models import Role, User
from momentum.core.errors import ConflictError, InvalidError
from momentum.events.record import record


@transaction.atomic
def sign_up(*, user: User) -> User:
    """Save somebody's new account, filled in but not saved yet, and record that they signed up."""
    user.save(force_insert=True)
    record("user.signed_up", actor_id=user.id, subject_id=user.id)
    return user


@transaction.atomic
def create_admin(*, email: str, password: str | None = None) -> tuple[User, str]:
    """Make an administrator with a verified address; without a password, make that up too.

    Returns:
        The user, and the password in clear, which is kept nowhere.

    Raises:
        InvalidError: where the address or the password won't do.
        ConflictError: where the address has an account.
    """
    _check_email(email)
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise ConflictError(
            _("There is already an account for %(email)s.") % {"email": email.strip()}, code="email_taken"
        )
    if password is None:
        password = make_password()
    _check_password(password, User(email=email))
    return _create(email=email, password=password, role=Role.ADMIN), password


@transaction.atomic
def ensure_user(
    *,
    email: str,
    name: str = "",
    role: str = Role.FREE,
    password: str | None = None,
    verified: bool = True,
    time_zone: str = "UTC",
) -> User:
    """Return the account of this address, made now where there is none.

    An account that exists is left as it is, its password too. Without a password the new account can
    only be entered by recovery.
    """
    found: User | None = User.objects.filter(email__iexact=email.strip()).first()
    if found is not None:
        return found
    return _create(
        email=email, name=name, role=role, password=password, verified=verified, time_zone=time_zone
    )


def make_password() -> str:
    """Return a random password that keeps the rules: twenty letters and digits in four groups."""
    alphabet = string.ascii_letters + string.digits
    while True:
        groups = ("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))
        password = "-".join(groups)
        if (
            any(c.islower() for c in password)
            and any(c.isupper() for c in password)
            and any(c.isdigit() for c in password)
        ):
            return password


def _create(*, email: str, password: str | None, verified: bool = True, **fields: str) -> User:
    user: User = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


def _check_email(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise InvalidError(
            _("“%(email)s” is no e-mail address.") % {"email": email},
            data={"fields": {"email": error.messages}},
        ) from error


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidError(" ".join(error.messages), data={"fields": {"password": error.messages}}) from error
