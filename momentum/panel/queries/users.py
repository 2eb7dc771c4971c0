"""Reading accounts for the panel: which are asked for, in which order, and what is known of one."""

from collections.abc import Iterator
from typing import Any, override

from allauth.account.models import EmailAddress
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import Role, User
from momentum.catalog.models import Course
from momentum.learning.models import Enrolment
from momentum.ui.listing import DatedFilterForm, choice, day, words

STATES = (("active", _("Active")), ("suspended", _("Suspended")), ("invited", _("Invited")))
CSV_COLUMNS = ("id", "email", "name", "role", "status", "verified", "joined", "last_sign_in", "courses")


class PeopleForm(DatedFilterForm):
    """Accounts."""

    q = words(_("Name or email"))
    role = choice(_("Role"), *Role.choices)
    status = choice(_("Status"), *STATES)
    verified = choice(_("Email"), ("yes", _("Verified")), ("no", _("Not verified")))
    since = day(_("Joined from"))

    @override
    def rows(self) -> "QuerySet[User]":
        """Return all accounts, with `verified` and `course_count`."""
        return people()

    @override
    def find(self) -> "QuerySet[User]":
        """Return the accounts that are asked for."""
        asked = self.cleaned_data
        found = self.rows()
        if text := asked.get("q"):
            found = found.filter(Q(email__icontains=text) | Q(name__icontains=text))
        if role := asked.get("role"):
            found = found.filter(role=role)
        if status := asked.get("status"):
            found = found.filter(_in_state(status))
        if verified := asked.get("verified"):
            found = found.filter(Q(verified=verified == "yes"))
        return self.within(found, "date_joined")


def people() -> "QuerySet[User]":
    """Return every account, with whether its address is `verified` and in how many courses it is."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True, primary=True)
    places = Enrolment.objects.current().filter(user=OuterRef("pk")).order_by().values("user")
    courses = Subquery(places.annotate(number=Count("pk")).values("number"))
    found: QuerySet[User] = User.objects.annotate(
        verified=Exists(addresses), course_count=Coalesce(courses, 0)
    )
    return found


def status_of(user: User) -> str:
    """Return one of STATES for somebody from `people`."""
    if not user.is_active:
        return "suspended"
    facts: Any = user  # with what `people` annotates
    # As accounts.actions.admin.is_invited says, without a query for each.
    invited = not user.has_usable_password() and user.last_login is None and not facts.verified
    return "invited" if invited else "active"


def to_give(user: User) -> "QuerySet[Course]":
    """Return the published courses that they aren't in."""
    taken = Enrolment.objects.current().filter(user=user)
    return Course.objects.published().exclude(pk__in=taken.values("course")).order_by("title")


def rows(found: "QuerySet[User]") -> Iterator[tuple[object, ...]]:
    """Return accounts as rows of CSV_COLUMNS, read as they are sent."""
    for user in found.iterator(chunk_size=1000):
        seen = user.last_login.isoformat(timespec="seconds") if user.last_login else ""
        facts: Any = user  # with what `people` annotates
        yield (
            *(user.id, user.email, user.name, user.role, status_of(user), facts.verified),
            *(user.date_joined.isoformat(timespec="seconds"), seen, facts.course_count),
        )


def _in_state(status: str) -> Q:
    # As Django marks a password that nothing fits.
    invited = Q(password__startswith="!", last_login=None, verified=False)  # noqa: S106 - none
    if status == "suspended":
        return Q(is_active=False)
    return Q(is_active=True) & (invited if status == "invited" else ~invited)
