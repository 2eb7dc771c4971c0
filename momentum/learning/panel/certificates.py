"""Certificates in the panel: finding one, withdrawing it, letting it count again."""

import uuid

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.core.errors import InvalidError
from momentum.learning.actions.certificates import reinstate_certificate, revoke_certificate
from momentum.learning.models import Certificate
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import date_words
from momentum.ui.languages import isolated
from momentum.ui.list_page import Cell, Column, ListPage, Nothing
from momentum.ui.listing import FilterForm, choice, words


class CertificatesForm(FilterForm):
    """Certificates."""

    q = words(gettext_lazy("Number, name, email or course"))
    status = choice(gettext_lazy("Status"), *Certificate.Status.choices)

    def rows(self) -> "QuerySet[Certificate]":
        """Return all certificates, with whose they are, the latest first."""
        return Certificate.objects.select_related("enrolment__user", "enrolment__course", "decided_by")

    def find(self) -> "QuerySet[Certificate]":
        """Return the certificates that are asked for."""
        found = self.rows()
        if text := self.cleaned_data.get("q"):
            by_words = Q(learner_name__icontains=text) | Q(course_title__icontains=text)
            found = found.filter(
                by_words | Q(number__startswith=text.lower()) | Q(enrolment__user__email__iexact=text)
            )
        if status := self.cleaned_data.get("status"):
            found = found.filter(status=status)
        return found


def _learner(certificate: Certificate) -> Cell:
    name = certificate.learner_name or _("No name yet")
    address = reverse("learning:certificate", args=[certificate.number])
    return Cell(name, address, note=certificate.enrolment.user.email)


def _course(certificate: Certificate) -> Cell:
    title = isolated(certificate.course_title, certificate.enrolment.course.language)
    return Cell(title, note=certificate.number)


CERTIFICATES = ListPage(
    title=gettext_lazy("Certificates"),
    route="panel:learning:certificates",
    form=CertificatesForm,
    sort="-issued",
    columns=(
        Column(label=gettext_lazy("Learner"), cell=_learner, sort="name", by=("learner_name",)),
        Column(label=gettext_lazy("Course"), cell=_course, sort="course", by=("course_title",)),
        Column(
            label=gettext_lazy("Completed"),
            cell=lambda one: date_words(one.finished_on),
            sort="issued",
            by=("issued_at",),
            newest_first=True,
        ),
        Column(label=gettext_lazy("Status"), template="learning/panel/certificate_status.html"),
    ),
    actions=(
        BulkAction(
            name="revoke",
            label=gettext_lazy("Revoke selected"),
            act=lambda one: revoke_certificate(actor=one.actor, certificate=one.row, reason=one.reason),
            question=ngettext_lazy("Revoke %(num)d certificate?", "Revoke %(num)d certificates?", "num"),
            reason=gettext_lazy("Reason (shown to anyone who checks the certificate)"),
            done=ngettext_lazy("%(num)d certificate revoked.", "%(num)d certificates revoked.", "num"),
            kind="fault",
        ),
        BulkAction(
            name="reinstate",
            label=gettext_lazy("Reinstate selected"),
            act=lambda one: reinstate_certificate(actor=one.actor, certificate=one.row, reason=one.reason),
            question=ngettext_lazy(
                "Reinstate %(num)d certificate?", "Reinstate %(num)d certificates?", "num"
            ),
            reason=gettext_lazy("Reason"),
            done=ngettext_lazy("%(num)d certificate reinstated.", "%(num)d certificates reinstated.", "num"),
        ),
    ),
    count=ngettext_lazy("%(num)d certificate", "%(num)d certificates", "num"),
    nothing=Nothing(
        gettext_lazy("No certificates yet"),
        gettext_lazy("A certificate is issued to each learner who completes a course."),
    ),
    no_match=Nothing(
        gettext_lazy("No matching certificates"), gettext_lazy("Remove a filter or try different words.")
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@audited("certificates.listed")
def certificates(request: HttpRequest) -> HttpResponse:
    """All certificates, narrowed by number, name, address or course; POST revokes or reinstates several."""
    return CERTIFICATES.respond(request)


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
