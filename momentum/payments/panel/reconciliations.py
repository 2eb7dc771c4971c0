"""Whether our books agree with the provider’s."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from momentum.accounts.permissions import admin_only, user_of
from momentum.payments import actions
from momentum.payments.models import Reconciliation
from momentum.payments.panel.forms import ComparisonForm
from momentum.payments.panel.lists import RECONCILIATIONS
from momentum.ui.form_errors import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
def reconciliations(request: HttpRequest) -> HttpResponse:
    """What comparing our books with the provider's found; POST compares them now."""
    form = ComparisonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        admin, days = user_of(request), form.cleaned_data["days"]
        if made := attempt(form, lambda: actions.request_reconciliation(actor=admin, days=days)):
            messages.success(request, _("Reconciliation started. It takes a moment."))
            return redirect("panel:payments:reconciliation", made.id)
    return RECONCILIATIONS.respond(request, form=form, status=422 if form.is_bound else 200)


@require_safe
@admin_only
def reconciliation(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """One comparison, with every difference that it found."""
    found = get_object_or_404(Reconciliation, pk=report_id)
    return render(request, "payments/panel/reconciliation.html", {"report": found})
