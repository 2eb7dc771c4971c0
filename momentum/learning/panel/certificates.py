"""Certificates in the panel: finding one, withdrawing it, letting it count again."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.access import admin_only, audited, user_of
from momentum.core.errors import InvalidError
from momentum.learning import certifying
from momentum.learning.models import Certificate

PER_PAGE = 30


@require_safe
@admin_only
@audited("certificates.listed")
def certificates(request: HttpRequest) -> HttpResponse:
    """All certificates, the latest first, narrowed by number, name, address or course."""
    text, state = request.GET.get("q", "").strip()[:100], request.GET.get("status", "")
    found = Certificate.objects.select_related("enrolment__user", "decided_by")
    if text:
        by_words = Q(learner_name__icontains=text) | Q(course_title__icontains=text)
        found = found.filter(
            by_words | Q(number__startswith=text.lower()) | Q(enrolment__user__email__iexact=text)
        )
    if state in Certificate.Status.values:
        found = found.filter(status=state)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "text": text, "state": state, "states": Certificate.Status.choices}
    return render(request, "learning/panel/certificates.html", context)


@require_POST
@admin_only
def certificate_status(request: HttpRequest, certificate_id: uuid.UUID) -> HttpResponse:
    """Withdraw a certificate, or let it count again."""
    found = get_object_or_404(Certificate, pk=certificate_id)
    doing = {
        "revoked": (certifying.revoke_certificate, _("Withdrawn. Whoever checks it is told so.")),
        "valid": (certifying.reinstate_certificate, _("It counts again.")),
    }
    wanted = request.POST.get("state", "")
    if wanted not in doing:
        raise InvalidError(_("A certificate is valid or withdrawn."), code="unknown_state")
    change, sentence = doing[wanted]
    change(actor=user_of(request), certificate=found, reason=request.POST.get("reason", ""))
    messages.success(request, sentence)
    return redirect("panel:certificates")
