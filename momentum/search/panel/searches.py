"""What people look for, whether they find it, and what comes of it."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.accounts.access import admin_only
from momentum.search import reports

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
# A spreadsheet takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@admin_only
def searches(request: HttpRequest) -> HttpResponse:
    """The figures of a period, the most frequent queries, and those that found nothing."""
    days = _days(request)
    context = {
        "days": days,
        "periods": reports.PERIODS,
        "totals": reports.totals(days),
        "top": reports.top(days, _SHOWN),
        "in_vain": reports.in_vain(days, _SHOWN),
    }
    return render(request, "search/panel/searches.html", context)


@require_safe
@admin_only
def export(request: HttpRequest) -> HttpResponse:
    """Every query of the period, as a CSV file."""
    days = _days(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="searches-{days}-days.csv"'
    writer = csv.writer(response)
    writer.writerow(_COLUMNS)
    for row in reports.top(days):
        figures = (row.clicked, row.known, row.enrolled)
        writer.writerow((_cell(row.text), row.searches, row.nothing, _cell(row.meant), *figures))
    return response


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return next((days for days in reports.PERIODS if str(days) == asked), reports.PERIODS[1])


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
