"""Questions in the panel."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import admin_only
from momentum.catalog.domain.numbers import tolerance_of
from momentum.catalog.domain.short_answers import accepts, spelled_out
from momentum.catalog.models import QuestionKind
from momentum.ui.fragments import macro


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
    right = (
        accepts(accepted, tried, tolerance=tolerance, language=language)
        if kind == QuestionKind.SHORT
        else None
    )
    answer_said = macro("catalog/panel/answer_trial.html", "answer_trial")
    return HttpResponse(answer_said(right, spelled_out(accepted, tolerance, language)))


def _is_tolerance(text: str) -> bool:
    try:
        return bool(text) and tolerance_of(text) >= 0
    except ValueError:
        return False
