"""Kinds of mail in the panel: all of them, and whether they are sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from momentum.accounts.permissions import admin_only, user_of
from momentum.core.errors import InvalidError
from momentum.mail.actions import toggles
from momentum.mail.domain.kinds import kind_named, kinds
from momentum.mail.models import Keeps
from momentum.mail.queries.edits import stored
from momentum.panel.queries.mail_texts import kinds_with_faults


@require_safe
@never_cache
@admin_only
def every(request: HttpRequest) -> HttpResponse:
    """Every kind of mail there is, whether it is sent, and whether it was edited."""
    off, texts = stored()
    context = {
        "kinds": list(kinds().values()),
        "off": off,
        "edited": {kind for kind, _language in texts},
        "faulty": kinds_with_faults(),
        "Keeps": Keeps,
    }
    return render(request, "panel/mail/kinds.html", context)


@require_POST
@admin_only
def state(request: HttpRequest, kind: str) -> HttpResponse:
    """Switch a kind of mail off, or on again."""
    found, asked = kind_named(kind), request.POST.get("state")
    if asked == "off":
        toggles.switch_off(actor=user_of(request), kind=found)
        messages.success(request, _("This email isn’t sent any more."))
    elif asked == "on":
        toggles.switch_on(actor=user_of(request), kind=found)
        messages.success(request, _("This email is sent again."))
    else:
        raise InvalidError(_("Choose on or off."), code="unknown_state")
    return redirect("panel:mail-kind", kind)
