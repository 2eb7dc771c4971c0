"""Reviews in the panel: what waits for somebody to read it, and what became of the rest."""

import uuid

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.core.errors import InvalidError
from momentum.learning.actions.reviews import hide_review, publish_review
from momentum.learning.forms.review import HidingForm
from momentum.learning.models import Review
from momentum.ui.listing import page_of

PER_PAGE = 25


@require_safe
@admin_only
@audited("reviews.listed")
def reviews(request: HttpRequest) -> HttpResponse:
    """Reviews of one state, those that have waited longest first."""
    asked = request.GET.get("status", "")
    state = asked if asked in Review.Status.values else Review.Status.PENDING.value
    order = "written_at" if state == Review.Status.PENDING else "-written_at"
    found = (
        Review.objects.filter(status=state).select_related("course", "user", "moderated_by").order_by(order)
    )
    counts = dict(Review.objects.order_by().values_list("status").annotate(Count("pk")))
    tabs = [(value, label, counts.get(value, 0)) for value, label in Review.Status.choices]
    context = {"state": state, "tabs": tabs, **page_of(request, found, PER_PAGE)}
    return render(request, "learning/panel/reviews.html", context)


@require_POST
@admin_only
def review_status(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Publish or hide a review; the next one waits on the same page."""
    found = get_object_or_404(Review.objects.select_related("course"), pk=review_id)
    form, before = HidingForm(request.POST), found.status
    wanted = request.POST.get("state", "")
    if not form.is_valid() or wanted not in {"published", "hidden"}:
        raise InvalidError(_("Choose published or hidden."), code="unknown_state")
    version = form.cleaned_data["version"]
    if wanted == "published":
        publish_review(actor=user_of(request), review=found, version=version)
        messages.success(request, _("Review published."))
    else:
        reason = form.cleaned_data["reason"]
        hide_review(actor=user_of(request), review=found, reason=reason, version=version)
        messages.success(request, _("Review hidden. Its author can read the reason."))
    return redirect(f"{reverse('panel:learning:reviews')}?status={before}")
