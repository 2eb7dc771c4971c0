"""What premium costs, in the panel."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from momentum.accounts.permissions import admin_only, user_of
from momentum.core.errors import InvalidError
from momentum.payments import actions
from momentum.payments.models import Plan
from momentum.payments.panel.coupons import BOTH
from momentum.payments.panel.forms import PlanForm
from momentum.payments.queries.prices import running_prices
from momentum.ui.form_errors import attempt


@require_http_methods(BOTH)
@admin_only
def plans(request: HttpRequest) -> HttpResponse:
    """What premium costs, and what people pay who have it."""
    found = list(Plan.objects.all())
    wanted = request.POST.get("plan", "")
    forms = [(plan, PlanForm.of(plan, request.POST if str(plan.pk) == wanted else None)) for plan in found]
    changed = next(((plan, form) for plan, form in forms if form.is_bound), None)
    if request.method == "POST" and changed is None:
        raise InvalidError(_("Plan not found."), code="unknown_plan")
    if changed and changed[1].is_valid():
        plan, form = changed
        admin = user_of(request)
        if attempt(form, lambda: actions.save_plan(actor=admin, plan=plan, **form.for_action())):
            messages.success(request, _("Saved. Current subscribers keep their price."))
            return redirect("panel:payments:plans")
    context = {"forms": forms, "prices": running_prices()}
    return render(request, "payments/panel/plans.html", context, status=422 if changed else 200)
