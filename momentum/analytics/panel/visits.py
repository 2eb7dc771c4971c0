"""Who comes, and what becomes of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only
from momentum.analytics.queries import funnel as funnel_queries
from momentum.ui.listing import PERIODS, period_of


@require_safe
@admin_only
def visits(request: HttpRequest) -> HttpResponse:
    """The visitors of a period who agreed to be counted, and how far they went."""
    days = period_of(request)
    funnel = funnel_queries.funnel(days)
    steps = (
        (_("Visited"), funnel.visitors),
        (_("Signed up"), funnel.signed_up),
        (_("Enrolled"), funnel.enrolled),
        (_("Completed a lesson"), funnel.did_a_lesson),
        (_("Completed a course"), funnel.completed),
    )
    context = {
        "days": days,
        "periods": PERIODS,
        "funnel": funnel,
        "steps": steps,
        "today": funnel_queries.visitors_today(),
    }
    return render(request, "analytics/panel/visits.html", context)
