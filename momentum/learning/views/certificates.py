"""Certificates: the page on which anybody checks one, and the paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.permissions import signed_in, user_of
from momentum.core.errors import NotFoundError
from momentum.learning.actions import certificates
from momentum.learning.models import Certificate


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether a certificate is real, and whose: valid, withdrawn, or not one of ours."""
    found = _numbered(number)
    own = found is not None and found.enrolment.user_id == request.user.pk
    context = {"certificate": found, "own": own, "number": number[:40]}
    response = render(request, "learning/certificate.html", context, status=200 if found else 404)
    return _kept_out_of_sight(response)


@require_safe
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Send the certificate to print."""
    found = _numbered(number)
    if found is None:
        raise NotFoundError(_("Certificate not found."))
    response = HttpResponse(certificates.pdf_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{found.number}.pdf"'
    return _kept_out_of_sight(response)


@require_POST
@signed_in
def name(request: HttpRequest, number: str) -> HttpResponse:
    """Put one's name on a certificate that has none."""
    found = _numbered(number)
    if found is None:
        raise NotFoundError
    certificates.name_certificate(user=user_of(request), certificate=found, name=request.POST.get("name", ""))
    messages.success(request, _("Your name has been added to the certificate."))
    return redirect("learning:certificate", found.number)


def _numbered(number: str) -> Certificate | None:
    return (
        Certificate.objects.numbered(number).select_related("enrolment__course__category").first()
        if len(number) <= 40
        else None
    )


def _kept_out_of_sight(response: HttpResponse) -> HttpResponse:
    # It names somebody, and may be withdrawn at any moment: no search engine lists it, no cache answers for us.
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response
