"""What makes accounts."""

import secrets
import string
from typing import TypedDict

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from momentum.accounts.actions.avatars import keep_avatar, remove_avatar
from momentum.accounts.models import Role, User
from momentum.core.errors import ConflictError, InvalidError
from momentum.core.pictures import MAX_BYTES
from momentum.events.actions.record import record


@transaction.atomic
def sign_up(*, user: User) -> User:
    """Save somebody's new account, filled in but not saved yet, and record that they signed up."""
    user.save(force_insert=True)
    record("user.signed_up", actor_id=user.id, subject_id=user.id)
    return user


class ProfileFields(TypedDict, total=False):
    """What a person may change about themselves; what isn't named stays as it is. `picture` None takes it away."""

    name: str
    bio: str
    time_zone: str
    language: str
    celebrates: bool
    picture: "File[bytes] | None"


@transaction.atomic
def edit_profile(*, user: User, fields: ProfileFields) -> User:
    """Change one's own profile.

    Raises:
        InvalidError: where something won't do; `data["fields"]` says what.
    """
    # Locked, so that of two new pictures at once none is left behind.
    person: User = User.objects.select_for_update().get(pk=user.pk)
    for name in ("name", "bio", "time_zone", "language", "celebrates"):
        if name in fields:
            setattr(person, name, fields[name])
    _check_profile(person)
    _set_picture(person, fields)
    person.save(update_fields=["name", "bio", "time_zone", "language", "celebrates", "avatar"])
    record("user.changed", actor_id=person.id, subject_id=person.id)
    return person


@transaction.atomic
def publish_profile(*, user: User) -> User:
    """Show the profile to whoever knows its address, which nobody can guess. Again changes nothing."""
    person: User = User.objects.select_for_update().get(pk=user.pk)
    if person.public_address is None:
        person.public_address = secrets.token_urlsafe(16)
        person.save(update_fields=["public_address"])
        record("user.profile_published", actor_id=person.id, subject_id=person.id)
    return person


@transaction.atomic
def withdraw_profile(*, user: User) -> User:
    """Show it to nobody any more; its address is gone for good. Again changes nothing."""
    person: User = User.objects.select_for_update().get(pk=user.pk)
    if person.public_address is not None:
        person.public_address = None
        person.save(update_fields=["public_address"])
        record("user.profile_withdrawn", actor_id=person.id, subject_id=person.id)
    return person


@transaction.atomic
def create_admin(*, email: str, password: str | None = None, time_zone: str = "UTC") -> tuple[User, str]:
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
            _("An account for %(email)s already exists.") % {"email": email.strip()}, code="email_taken"
        )
    if password is None:
        password = make_password()
    _check_password(password, User(email=email))
    admin = _create(email=email, password=password, role=Role.ADMIN, time_zone=time_zone)
    record("user.admin_created", subject_id=admin.id)
    return admin, password


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


def _check_profile(person: User) -> None:
    """Look at what was typed; an account of before may have an address or a password that wouldn't do today."""
    try:
        person.clean_fields(exclude=["password", "email", "role", "avatar", "public_address"])
    except ValidationError as error:
        raise InvalidError(data={"fields": error.message_dict}) from error
    if person.language not in dict(settings.LANGUAGES):
        raise InvalidError(
            data={"fields": {"language": [_("Momentum isn’t available in this language yet.")]}}
        )


def _set_picture(person: User, fields: ProfileFields) -> None:
    """Keep the new picture; the old one goes when the transaction has held. Last of all: files know no rollback."""
    if "picture" not in fields:
        return
    upload, old = fields["picture"], person.avatar
    # One byte more than allowed is enough to know.
    person.avatar = keep_avatar(upload.read(MAX_BYTES + 1)) if upload else ""
    if old:
        transaction.on_commit(lambda: remove_avatar(old))


def _create(*, email: str, password: str | None, verified: bool = True, **fields: str) -> User:
    user: User = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


def _check_email(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise InvalidError(
            _("“%(email)s” is not a valid email address.") % {"email": email},
            data={"fields": {"email": error.messages}},
        ) from error


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidError(" ".join(error.messages), data={"fields": {"password": error.messages}}) from error
