"""Reading the mail that a development Momentum keeps on disk instead of sending it."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from momentum.accounts.access import admin_only, audited
from momentum.core.errors import NotFoundError
from momentum.mail.files import Letter, find_letter, newest_letters

# A mail may hold what a stranger wrote: no script, nothing from elsewhere, no form, an origin of its own.
_LETTER_POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": True,
}


@require_safe
@never_cache
@admin_only
@audited("mail.listed")
def letters(request: HttpRequest) -> HttpResponse:
    """List the latest messages."""
    _refuse_unless_kept()
    return render(request, "panel/mail/list.html", {"letters": newest_letters(settings.MAIL_DIRECTORY)})


@require_safe
@never_cache
@admin_only
@audited("letter.read")
def letter(request: HttpRequest, name: uuid.UUID) -> HttpResponse:
    """Show one message: its text with links to follow, and how it looks formatted."""
    return render(request, "panel/mail/letter.html", {"letter": _find(name)})


@require_safe
@never_cache
@admin_only
@xframe_options_sameorigin
@csp_override(_LETTER_POLICY)  # type: ignore[arg-type]  # True, for a directive without values, is missing
@audited("letter.read")
def letter_page(request: HttpRequest, name: uuid.UUID) -> HttpResponse:
    """Answer with the formatted part alone, for the frame on the page above."""
    return HttpResponse(_find(name).html)


def _find(name: uuid.UUID) -> Letter:
    _refuse_unless_kept()
    found = find_letter(settings.MAIL_DIRECTORY, str(name))
    if found is None:
        raise NotFoundError(_("There is no such message."))
    return found


def _refuse_unless_kept() -> None:
    if not (settings.DEVELOPMENT and settings.MAILERS["default"]["BACKEND"] == settings.MAIL_AS_FILES):
        raise NotFoundError(_("Mail is sent for real here, so none is kept to read."))
