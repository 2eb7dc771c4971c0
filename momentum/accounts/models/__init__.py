"""People with an account."""

from momentum.accounts.models.address_change import AddressChange
from momentum.accounts.models.browser import Browser, BrowserQuerySet
from momentum.accounts.models.grant import Grant
from momentum.accounts.models.session import Session, SessionQuerySet
from momentum.accounts.models.user import (
    Role,
    User,
    UserManager,
    UserQuerySet,
    time_zones,
    validate_time_zone,
)

__all__ = [
    "AddressChange",
    "Browser",
    "BrowserQuerySet",
    "Grant",
    "Role",
    "Session",
    "SessionQuerySet",
    "User",
    "UserManager",
    "UserQuerySet",
    "time_zones",
    "validate_time_zone",
]
