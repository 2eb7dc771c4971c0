"""Questions in the panel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only
from momentum.catalog.domain.numbers import tolerance_of
from momentum.catalog.domain.short_answers import accepts, spelled_out
from momentum.catalog.models import QuestionKind


@require_safe
@admin_only
def answer_trial(request: HttpRequest) -> HttpResponse:
    """Say whether a short answer would be accepted, of a question as its row of the form stands, saved or not."""
    row = request.GET.get("row", "")
    kind, answer, tolerance = (
        request.GET.get(f"{row}-{name}", "") for name in ("kind", "answer", "tolerance")
    )
    tried = request.GET.get("trial", "")
    accepted = [line.strip() for line in answer.splitlines() if line.strip()]
    language = request.GET.get("language", "en")
    tolerance = tolerance if _is_tolerance(tolerance) else ""
    context = {
        "right": None
        if kind != QuestionKind.SHORT
        else accepts(accepted, tried, tolerance=tolerance, language=language),
        "accepted": spelled_out(accepted, tolerance, language),
    }
    return render(request, "catalog/panel/answer_trial.html", context)


def _is_tolerance(text: str) -> bool:
    try:
        return bool(text) and tolerance_of(text) >= 0
    except ValueError:
        return False
