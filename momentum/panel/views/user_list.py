"""The list of accounts in the panel."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from momentum.accounts.actions import admin
from momentum.accounts.models import User
from momentum.panel.queries.users import PeopleForm, status_of
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import day, number
from momentum.ui.list_page import Cell, Column, Link, ListPage, Nothing

_STATUS = {
    "suspended": Cell(gettext_lazy("Suspended"), tag="fault"),
    "invited": Cell(gettext_lazy("Invited"), tag="care"),
    "active": Cell(gettext_lazy("Active"), tag="good"),
}


def _name(user: User) -> Cell:
    verified: bool = user.verified  # type: ignore[attr-defined]  # annotated
    note = user.email if verified else f"{user.email}, {_('not verified')}"
    return Cell(user.display_name, reverse("panel:user", args=[user.id]), note)


def _last_sign_in(user: User) -> Cell:
    return Cell(day(user.last_login), at=user.last_login) if user.last_login else Cell(_("never"))


USERS = ListPage(
    title=gettext_lazy("Accounts"),
    route="panel:users",
    form=PeopleForm,
    sort="-joined",
    export="panel:users-export",
    links=(Link(gettext_lazy("Invite user"), "panel:user-new", main=True),),
    columns=(
        Column(label=gettext_lazy("User"), cell=_name, sort="name", by=("name", "email")),
        Column(label=gettext_lazy("Role"), cell=lambda user: user.get_role_display()),
        Column(label=gettext_lazy("Status"), cell=lambda user: _STATUS[status_of(user)]),
        Column(
            label=gettext_lazy("Courses"),
            cell=lambda user: number(user.course_count),
            sort="courses",
            by=("course_count",),
            newest_first=True,
            numeric=True,
        ),
        Column(
            label=gettext_lazy("Joined"),
            cell=lambda user: Cell(day(user.date_joined), at=user.date_joined),
            sort="joined",
            by=("date_joined",),
            newest_first=True,
        ),
        Column(
            label=gettext_lazy("Last sign-in"),
            cell=_last_sign_in,
            sort="seen",
            by=("last_login",),
            newest_first=True,
            nullable=True,
        ),
    ),
    actions=(
        BulkAction(
            name="suspend",
            label=gettext_lazy("Suspend selected"),
            act=lambda one: admin.suspend_user(actor=one.actor, user=one.row),
            question=ngettext_lazy(
                "Suspend %(num)d account and sign it out everywhere?",
                "Suspend %(num)d accounts and sign them out everywhere?",
                "num",
            ),
            done=ngettext_lazy("%(num)d account suspended.", "%(num)d accounts suspended.", "num"),
            kind="fault",
        ),
        BulkAction(
            name="reactivate",
            label=gettext_lazy("Reactivate selected"),
            act=lambda one: admin.reactivate_user(actor=one.actor, user=one.row),
            done=ngettext_lazy("%(num)d account reactivated.", "%(num)d accounts reactivated.", "num"),
        ),
    ),
    count=ngettext_lazy("%(num)d account", "%(num)d accounts", "num"),
    nothing=Nothing(gettext_lazy("No accounts yet"), gettext_lazy("Everybody who signs up appears here.")),
    no_match=Nothing(
        gettext_lazy("No matching accounts"), gettext_lazy("Remove a filter or try a different name.")
    ),
)
