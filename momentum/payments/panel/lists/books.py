"""The books in the panel: the lists of what the provider told, of entries in the ledger, and of reconciliations."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from momentum.payments import actions
from momentum.payments.models import (
    LedgerEntry,
    Reconciliation,
    WebhookEvent,
)
from momentum.payments.panel import filters
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import date_words, moment, money, number
from momentum.ui.languages import isolated
from momentum.ui.list_page import Cell, Column, ListPage, Nothing, macro

_TEMPLATE, _PARTS = "payments/panel/list.html", "payments/panel/parts.html"
_FEWER_FILTERS = gettext_lazy("Remove a filter or choose a different status.")


def _event(event: WebhookEvent) -> Cell:
    note = f"{event.provider}: {event.error}" if event.error else event.provider
    return Cell(event.type, reverse("panel:payments:webhook-event", args=[event.id]), note)


def _entry(entry: LedgerEntry) -> Cell:
    address = reverse("panel:payments:payment", args=[entry.payment_id])
    return Cell(isolated(entry.payment.order.title), address, entry.cause)


def _reconciliation(report: Reconciliation) -> Cell:
    return Cell(moment(report.created_at), reverse("panel:payments:reconciliation", args=[report.id]))


def _reconciliation_status(report: Reconciliation) -> Cell:
    if not report.finished_at:
        return Cell(_("Running"), tag="blue") if report.is_at_work else Cell(_("Incomplete"), tag="care")
    if not report.findings:
        return Cell(_("No differences"), tag="good")
    return Cell(_("Fixed"), tag="good") if report.is_clean else Cell(_("Needs attention"), tag="fault")


EVENTS = ListPage(
    title=gettext_lazy("Events"),
    route="panel:payments:webhook-events",
    form=filters.EventsForm,
    template=_TEMPLATE,
    sort="-received",
    intro=gettext_lazy(
        "Events received from the payment provider, each listed once however often it was sent."
    ),
    columns=(
        Column(label=gettext_lazy("Event"), cell=_event),
        Column(label=gettext_lazy("Status"), cell=macro(_PARTS, "event_tag")),
        Column(
            label=gettext_lazy("Received"),
            cell=lambda event: Cell(moment(event.created_at), at=event.created_at),
            sort="received",
            by=("created_at",),
            newest_first=True,
        ),
        Column(
            label=gettext_lazy("Processed"),
            cell=lambda event: moment(event.handled_at) if event.handled_at else _("not yet"),
        ),
        Column(label=gettext_lazy("Attempts"), cell=lambda event: number(event.handled_times), numeric=True),
    ),
    actions=(
        BulkAction(
            name="replay",
            label=gettext_lazy("Process selected again"),
            act=lambda one: actions.replay_event(actor=one.actor, event=one.row),
            done=ngettext_lazy(
                "%(num)d event is being processed again.", "%(num)d events are being processed again.", "num"
            ),
        ),
    ),
    count=ngettext_lazy("%(num)d event", "%(num)d events", "num"),
    nothing=Nothing(
        gettext_lazy("No events yet"),
        gettext_lazy("The payment provider sends an event whenever something happens to a payment."),
    ),
    no_match=Nothing(gettext_lazy("No matching events"), _FEWER_FILTERS),
)

LEDGER = ListPage(
    title=gettext_lazy("Ledger"),
    route="panel:payments:ledger",
    form=filters.LedgerForm,
    template="payments/panel/ledger.html",
    intro=gettext_lazy("Double-entry record of every movement of money. Entries are added, never changed."),
    columns=(
        Column(label=gettext_lazy("Transaction"), cell=_entry),
        Column(label=gettext_lazy("Account"), cell=lambda entry: entry.get_account_display()),
        Column(label=gettext_lazy("Date"), cell=lambda entry: Cell(moment(entry.at), at=entry.at)),
        Column(
            label=gettext_lazy("Amount"),
            cell=lambda entry: money(entry.amount, entry.currency),
            numeric=True,
        ),
    ),
    count=ngettext_lazy("%(num)d entry", "%(num)d entries", "num"),
    nothing=Nothing(
        gettext_lazy("No transactions yet"), gettext_lazy("The first payment creates the first entries.")
    ),
)

RECONCILIATIONS = ListPage(
    title=gettext_lazy("Reconciliation"),
    route="panel:payments:reconciliations",
    form=filters.ReconciliationsForm,
    template="payments/panel/reconciliations.html",
    intro=gettext_lazy(
        "Every night our records are reconciled with the payment provider’s. "
        "Differences are fixed where possible and always listed here."
    ),
    columns=(
        Column(label=gettext_lazy("Date"), cell=_reconciliation),
        Column(label=gettext_lazy("Status"), cell=_reconciliation_status),
        Column(label=gettext_lazy("Since"), cell=lambda report: date_words(report.since)),
        Column(label=gettext_lazy("Checked"), cell=lambda report: number(report.checked), numeric=True),
        Column(
            label=gettext_lazy("Differences"), cell=lambda report: number(len(report.findings)), numeric=True
        ),
    ),
    count=ngettext_lazy("%(num)d reconciliation", "%(num)d reconciliations", "num"),
    nothing=Nothing(
        gettext_lazy("No reconciliations yet"),
        gettext_lazy("The first reconciliation runs tonight, or now if you start it."),
    ),
)
