"""People with an account."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from momentum.core.ids import uuid7
from momentum.core.zones import known_to_both


def time_zones() -> frozenset[str]:
    """Return every name that may be chosen: Python and the database understand it alike."""
    return known_to_both()


def validate_time_zone(value: str) -> None:
    """Refuse what Python or the database doesn't know."""
    if value not in time_zones():
        raise ValidationError(_("“%(value)s” is not a valid time zone."), params={"value": value})


class Role(models.TextChoices):
    """What an account is for. Premium and free are learners; an admin runs the place."""

    FREE = "free", _("Free")
    PREMIUM = "premium", _("Premium")
    ADMIN = "admin", _("Administrator")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def admins(self) -> "UserQuerySet":
        return self.active().filter(role=Role.ADMIN)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # a built base
    """Making users; Django and allauth call these names."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401
        """Save and return a user; without a password the account can only be entered by recovery."""
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email__iexact=username)
        return user


class User(AbstractBaseUser):
    """A person with an account. The e-mail address is the name to sign in with, whatever its case."""

    id: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    email = models.EmailField(_("email address"), max_length=254)
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.FREE)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    # Pairs of a zone that their browser was in and the one that they live by: what isn't asked about again.
    time_zones_declined = models.JSONField(default=list, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=12, default="en")
    bio = models.CharField(_("bio"), max_length=300, blank=True)
    # The random name that its sizes are stored under; accounts/actions/avatars.py keeps and removes them.
    avatar = models.CharField(_("picture"), max_length=40, blank=True, editable=False)
    celebrates = models.BooleanField(_("celebrate new badges"), default=True)
    # Random, and there only while the profile is public: whoever makes it private and public again gets another.
    public_address = models.CharField(max_length=40, unique=True, null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # What others signed in before this, a Cognito pool's tokens say, is signed out here.
    signed_out_at = models.DateTimeField(null=True, blank=True, editable=False)

    # The administrator who looks as this person, in a request where one does (accounts.actions.impersonation).
    impersonator: "User | None" = None
    # What the program that acts as this person is signed in by, in a request where one does.
    grant_id: uuid.UUID | None = None

    # The zone that the browser of this request is in, where it has said so, and what it said
    # (accounts.adapters.session_zone).
    browser_zone: str = ""
    browser_said: str = ""

    # What the header and the offer of a reminder say, in a request: read with the session (session_store).
    unread_notifications: int = 0
    has_notification_preferences: bool = True

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        )

    def __str__(self) -> str:
        return self.display_name

    def zones_declined(self) -> list[str]:
        """Return the zones that somebody who lives by this profile's zone didn't want, or has chosen another for."""
        return [zone for zone, own in self.time_zones_declined if own == self.time_zone]

    @property
    def display_name(self) -> str:
        """The name, or what stands before the @ for someone who gave none."""
        return self.name or self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        words = self.display_name.replace(".", " ").split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def is_admin(self) -> bool:
        return self.is_active and self.role == Role.ADMIN

    @property
    def is_premium(self) -> bool:
        return self.role == Role.PREMIUM

    @property
    def reader(self) -> str:
        """A name for what a browser keeps for this person; it says nothing about them, and never changes."""
        return salted_hmac("momentum.reader", str(self.pk), algorithm="sha256").hexdigest()[:32]

    @property
    def is_public(self) -> bool:
        """Whether anybody who knows the address may see the profile."""
        return self.public_address is not None

    def get_short_name(self) -> str:
        return self.display_name.split()[0]
