"""Addresses that get no mail any more, in the panel."""

from typing import override

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from momentum.accounts.permissions import admin_only, audited
from momentum.mail.actions import suppressions as actions
from momentum.mail.models import Suppression
from momentum.mail.models.suppression import REVOKED, STANDING, SuppressionQuerySet
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import moment
from momentum.ui.list_page import Cell, Column, Link, ListPage, Nothing
from momentum.ui.listing import FilterForm, choice, words


class SuppressionsForm(FilterForm):
    """Addresses that get no mail."""

    q = words(gettext_lazy("Address"))
    state = choice(
        gettext_lazy("Status"), (STANDING, gettext_lazy("Suppressed")), (REVOKED, gettext_lazy("Revoked"))
    )
    reason = choice(gettext_lazy("Reason"), *Suppression.Reason.choices)

    @override
    def rows(self) -> SuppressionQuerySet:
        """Return all, the latest first."""
        return Suppression.objects.asked()

    @override
    def find(self) -> SuppressionQuerySet:
        """Return those that are asked for."""
        asked = self.cleaned_data
        return Suppression.objects.asked(
            address=asked.get("q", ""), state=asked.get("state", ""), reason=asked.get("reason", "")
        )


def _state(row: Suppression) -> Cell:
    if row.revoked_at is None:
        return Cell(_("Suppressed"), tag="fault")
    return Cell(_("Revoked"), tag="good", note=moment(row.revoked_at))


SUPPRESSIONS = ListPage(
    title=gettext_lazy("Suppressed addresses"),
    route="panel:mail-suppressions",
    form=SuppressionsForm,
    per_page=50,
    links=(Link(gettext_lazy("Email log"), "panel:mail"),),
    intro=gettext_lazy(
        "Addresses that get no email because a message bounced permanently or was marked as spam. Everything else "
        "on the site still works for these people."
    ),
    columns=(
        Column(label=gettext_lazy("Address"), cell=lambda row: Cell(row.address)),
        Column(label=gettext_lazy("Reason"), cell=lambda row: row.get_reason_display()),
        Column(label=gettext_lazy("Status"), cell=_state),
        Column(label=gettext_lazy("Since"), cell=lambda row: Cell(moment(row.at), at=row.at)),
    ),
    actions=(
        BulkAction(
            name="revoke",
            label=gettext_lazy("Allow email to selected"),
            act=lambda one: actions.revoke(actor=one.actor, suppression_id=one.row.id),
            done=ngettext_lazy(
                "%(num)d address can get email again.", "%(num)d addresses can get email again.", "num"
            ),
        ),
    ),
    count=ngettext_lazy("%(num)d address", "%(num)d addresses", "num"),
    nothing=Nothing(
        gettext_lazy("No suppressed addresses"),
        gettext_lazy(
            "An address appears here when Amazon SES reports a permanent bounce or a spam complaint."
        ),
    ),
    no_match=Nothing(gettext_lazy("No results"), gettext_lazy("No addresses match your filters.")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_only
@audited("suppressions.listed")
def suppressions(request: HttpRequest) -> HttpResponse:
    """Addresses that get no mail, narrowed as asked; POST lets several have it again."""
    return SUPPRESSIONS.respond(request)
