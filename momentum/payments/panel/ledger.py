"""The ledger in the panel."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only
from momentum.payments.panel.lists import LEDGER
from momentum.payments.queries.ledger import balances, days_of, uneven_causes


@require_safe
@admin_only
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger: what each account holds, whether it sums, and every movement."""
    return LEDGER.respond(request, balances=balances(), uneven=uneven_causes(), days=days_of(14))
