"""Certificates in the panel: finding one, withdrawing it, letting it count again."""

import uuid

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.core.errors import InvalidError
from momentum.learning.actions.certificates import reinstate_certificate, revoke_certificate
from momentum.learning.models import Certificate
from momentum.ui.listing import FilterForm, choice, page_of, words


class CertificatesForm(FilterForm):
    """Certificates."""

    q = words(gettext_lazy("Number, name, email or course"))
    status = choice(gettext_lazy("Status"), *Certificate.Status.choices)

    def find(self) -> "QuerySet[Certificate]":
        """Return the certificates that are asked for, the latest first."""
        found: QuerySet[Certificate] = Certificate.objects.select_related(
            "enrolment__user", "enrolment__course", "decided_by"
        )
        if text := self.cleaned_data.get("q"):
            by_words = Q(learner_name__icontains=text) | Q(course_title__icontains=text)
            found = found.filter(
                by_words | Q(number__startswith=text.lower()) | Q(enrolment__user__email__iexact=text)
            )
        if status := self.cleaned_data.get("status"):
            found = found.filter(status=status)
        return found


@require_safe
@admin_only
@audited("certificates.listed")
def certificates(request: HttpRequest) -> HttpResponse:
    """All certificates, the latest first, narrowed by number, name, address or course."""
    form = CertificatesForm(request.GET)
    return render(
        request, "learning/panel/certificates.html", {"form": form, **page_of(request, form.find())}
    )


@require_POST
@admin_only
def certificate_status(request: HttpRequest, certificate_id: uuid.UUID) -> HttpResponse:
    """Withdraw a certificate, or let it count again."""
    found = get_object_or_404(Certificate, pk=certificate_id)
    doing = {
        "revoked": (
            revoke_certificate,
            _("Certificate revoked. Anyone who checks it will see this."),
        ),
        "valid": (reinstate_certificate, _("Certificate reinstated.")),
    }
    wanted = request.POST.get("state", "")
    if wanted not in doing:
        raise InvalidError(_("Choose valid or revoked."), code="unknown_state")
    change, sentence = doing[wanted]
    change(actor=user_of(request), certificate=found, reason=request.POST.get("reason", ""))
    messages.success(request, sentence)
    return redirect("panel:learning:certificates")
