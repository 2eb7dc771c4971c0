"""The ledger in the panel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only
from momentum.payments.models import LedgerEntry
from momentum.payments.queries.ledger import balances, days_of, uneven_causes
from momentum.ui.listing import page_of


@require_safe
@admin_only
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger: what each account holds, whether it sums, and every movement."""
    entries = LedgerEntry.objects.select_related("payment__order").order_by("-at", "-id")
    context = {
        "balances": balances(),
        "uneven": uneven_causes(),
        "days": days_of(14),
        **page_of(request, entries),
    }
    return render(request, "payments/panel/ledger.html", context)
