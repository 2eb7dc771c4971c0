"""Every address of the product, and what each kind of person gets there: one table, a module for each part."""

from tests.routes import (
    accounts,
    api,
    engagement,
    learning,
    notifications,
    panel,
    payments,
    privacy,
    public,
    studio,
    support,
)
from tests.routes.route import ACTORS, ADMIN, NOBODY, SIGN_IN, Answers, Route, post_to

__all__ = [
    "ACTORS",
    "ADMIN",
    "ADMINISTRATION",
    "HIDDEN",
    "NOBODY",
    "ROUTES",
    "SIGN_IN",
    "Answers",
    "Route",
    "post_to",
]

ADMINISTRATION = ("panel:", "studio:", "api:")

_PARTS = (
    public,
    learning,
    payments,
    engagement,
    notifications,
    accounts,
    privacy,
    support,
    panel,
    studio,
    api,
)
ROUTES: dict[str, Route] = {name: route for part in _PARTS for name, route in part.ROUTES.items()}
# In a single table the linter would see a name that is declared twice; here the second would win unseen.
assert len(ROUTES) == sum(len(part.ROUTES) for part in _PARTS)

# What is there for some must be hidden from others, not refused: a refusal would say that it exists.
HIDDEN: dict[str, Route] = (
    public.HIDDEN | learning.HIDDEN | payments.HIDDEN | engagement.HIDDEN | studio.HIDDEN | support.HIDDEN
)
