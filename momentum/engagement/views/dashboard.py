"""The dashboard, and the celebration of new badges."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from momentum.accounts.models import User
from momentum.accounts.permissions import signed_in, user_of
from momentum.engagement import queries
from momentum.engagement.actions import progress
from momentum.events.queries.public_version import cached
from momentum.learning.queries.outlines import outlines
from momentum.ui.fragments import macro, render_block

NOTHING_NEW = 204


@require_safe
@cache_control(private=True, no_cache=True)
@signed_in
def dashboard(request: HttpRequest) -> HttpResponse:
    """What to do now, and what was done. A page that names the version it shows gets nothing until there is more."""
    user, shown = user_of(request), request.GET.get("version")
    if shown is None:
        return render(request, "engagement/dashboard.html", _board(user))
    if shown == queries.version(user=user):
        return HttpResponse(status=NOTHING_NEW)
    return render_block(request, "engagement/dashboard.html", "board", _board(user))


@require_POST
@signed_in
def celebrations(request: HttpRequest) -> HttpResponse:
    """Say that the learner has seen these badges."""
    progress.mark_seen(user=user_of(request), badges=request.POST.getlist("badge"))
    return HttpResponse() if "HX-Request" in request.headers else redirect("engagement:dashboard")


def _board(user: User) -> dict[str, Any]:
    now, today = timezone.localtime(), queries.today(user=user)
    language = get_language()
    return {
        "today": today,
        "suggestions": [_suggestion(one.course.pk, one.reason, language) for one in today.suggestions],
        "now": now,
        "greeting": _greeting(now.hour) % {"name": user.get_short_name()},
    }


@cached(size=2_000)
def _suggestion(course: UUID, reason: str, language: str | None) -> Markup:
    found = outlines([course]).get(course)
    return macro("components/card.html", "course_line")(found.course, text=reason) if found else Markup()


def _greeting(hour: int) -> str:
    if 5 <= hour < 12:
        return _("Good morning, %(name)s.")
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s.")
    return _("Good evening, %(name)s.")
