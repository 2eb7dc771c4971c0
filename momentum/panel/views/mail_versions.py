"""Versions of what a kind of mail says, in the panel."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.permissions import admin_only, user_of
from momentum.mail.actions import texts
from momentum.panel.queries.mail_texts import changes_of, place_of

_DIGITS = 9  # of a version that a form names; more are no version


@require_safe
@never_cache
@admin_only
def version(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One version, and what it changed."""
    place = place_of(kind, request.GET.get("language", ""))
    found = get_object_or_404(place.versions(), version=number)
    context = {"place": place, "found": found, "newest": place.newest(), "changes": changes_of(place, found)}
    return render(request, "panel/mail/version.html", context)


@require_POST
@admin_only
def restoration(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Have a kind say again what it said in a version; for version 0, what we say ourselves."""
    place = place_of(kind, request.GET.get("language", ""))
    seen = request.POST.get("version", "")
    texts.restore_text(
        actor=user_of(request),
        kind=place.kind,
        language=place.language,
        restored=number,
        version=int(seen) if seen.isdecimal() and len(seen) < _DIGITS else 0,
    )
    said = _("Version %(number)d is used again.") if number else _("The standard text is used again.")
    messages.success(request, said % {"number": number} if number else said)
    return redirect(place.address())
