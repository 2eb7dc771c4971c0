"""What people look for, whether they find it, and what comes of it."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only
from momentum.search.queries import reports
from momentum.ui.csv import download
from momentum.ui.listing import PERIODS, period_of

_SHOWN = 25
_COLUMNS = (
    "query",
    "searches",
    "found_nothing",
    "corrected_to",
    "opened_a_result",
    "signed_in",
    "enrolled_after",
)


@require_safe
@admin_only
def searches(request: HttpRequest) -> HttpResponse:
    """The figures of a period, the most frequent queries, and those that found nothing."""
    days = period_of(request)
    context = {
        "days": days,
        "periods": PERIODS,
        "totals": reports.totals(days),
        "top": reports.top(days, _SHOWN),
        "in_vain": reports.in_vain(days, _SHOWN),
    }
    return render(request, "search/panel/searches.html", context)


@require_safe
@admin_only
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Every query of the period, as a CSV file."""
    days = period_of(request)
    rows = (
        (row.text, row.searches, row.nothing, row.meant, row.clicked, row.known, row.enrolled)
        for row in reports.top(days)
    )
    return download(f"searches-{days}-days.csv", _COLUMNS, rows)
